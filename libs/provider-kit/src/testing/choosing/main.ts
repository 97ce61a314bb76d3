import { runProvider } from '../../run/start-provider.ts';
import { choosingCrm } from './choosing-crm.ts';

await runProvider(choosingCrm, process.env);
