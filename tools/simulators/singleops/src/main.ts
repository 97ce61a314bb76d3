import { given, stopOnSignal, wholeNumber } from '@occ-hub/simulator-stage';
import { startSingleOpsSimulator } from './simulator.ts';

/** Runs the simulator alone. Its few variables are listed in the README. */
const env = (name: string): string | undefined => process.env[name] || undefined;

const simulator = await startSingleOpsSimulator({
  port: wholeNumber('PORT', env('PORT')) ?? 4050,
  ...given('host', env('HOST')),
  ...given('clients', wholeNumber('CLIENTS', env('CLIENTS'))),
  ...given('seed', wholeNumber('SEED', env('SEED'))),
});
console.log(`Simulated SingleOps, invented data: ${simulator.url}`);
stopOnSignal(simulator);
