import { runProvider } from '@occ-hub/provider-kit';
import { leadPerfection } from './provider.ts';

await runProvider(leadPerfection, process.env);
