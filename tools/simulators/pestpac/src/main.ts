import { given, stopOnSignal, wholeNumber } from '@occ-hub/simulator-stage';
import { startPestPacSimulator } from './simulator.ts';

/** Runs the simulator alone. Its few variables are listed in the README; everything else is set while it runs. */
const env = (name: string): string | undefined => process.env[name] || undefined;

const simulator = await startPestPacSimulator({
  port: wholeNumber('PORT', env('PORT')) ?? 4040,
  ...given('host', env('HOST')),
  ...given('seed', wholeNumber('SEED', env('SEED'))),
  ...given('customers', wholeNumber('CUSTOMERS', env('CUSTOMERS'))),
  ...given('zone', env('ZONE')),
  ...given('apiKey', env('API_KEY')),
  ...given('tenantId', env('TENANT_ID')),
  ...given('clientId', env('CLIENT_ID')),
  ...given('clientSecret', env('CLIENT_SECRET')),
  ...given('username', env('USER_NAME')),
  ...given('password', env('PASSWORD')),
});
console.log(`Simulated PestPac, invented data: ${simulator.url}`);
stopOnSignal(simulator);
