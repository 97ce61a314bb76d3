import { runProvider } from '@occ-hub/provider-kit';
import { singleOps } from './provider.ts';

await runProvider(singleOps, process.env);
