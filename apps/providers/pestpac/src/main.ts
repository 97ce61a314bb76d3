import { runProvider } from '@occ-hub/provider-kit';
import { pestPac } from './provider.ts';

await runProvider(pestPac, process.env);
