import { runProvider } from '@occ-hub/provider-kit';
import { improveit360 } from './provider.ts';

await runProvider(improveit360, process.env);
