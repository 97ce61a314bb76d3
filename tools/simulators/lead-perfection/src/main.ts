import { given, stopOnSignal, wholeNumber } from '@occ-hub/simulator-stage';
import { startLeadPerfectionSimulator } from './simulator.ts';

/** Runs the simulator alone. Its few variables are listed in the README; everything else is set while it runs. */
const number = (name: string): number | undefined => wholeNumber(name, process.env[name]);

const simulator = await startLeadPerfectionSimulator({
  port: number('PORT') ?? 4010,
  ...given('host', process.env['HOST']),
  ...given('seed', number('SEED')),
  ...given('appointments', number('APPOINTMENTS')),
  ...given('zone', process.env['ZONE']),
  ...given('clientId', process.env['CLIENT_ID']),
  ...given('username', process.env['USER_NAME']),
  ...given('password', process.env['PASSWORD']),
  ...given('appKey', process.env['APP_KEY']),
  posting: { queueSeconds: number('QUEUE_SECONDS') ?? 5, feedbackUrl: process.env['FEEDBACK_URL'] || null },
});
console.log(`Simulated LeadPerfection, invented data: ${simulator.url}`);
stopOnSignal(simulator);
