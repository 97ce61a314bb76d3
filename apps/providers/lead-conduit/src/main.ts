import { runProvider } from '@occ-hub/provider-kit';
import { leadConduit } from './provider.ts';

await runProvider(leadConduit, process.env);
