import { given, stopOnSignal, wholeNumber } from '@occ-hub/simulator-stage';
import { startSalesforceSimulator } from './simulator.ts';
import { DEFAULT_APP } from './settings.ts';

/** Runs the simulator alone. Its few variables are listed in the README; everything else is set while it runs. */
const number = (name: string): number | undefined => wholeNumber(name, process.env[name]);

const callbacks = process.env['CALLBACK_URL']?.split(/\s+/).filter((one) => one !== '');
const simulator = await startSalesforceSimulator({
  port: number('PORT') ?? 4080,
  ...given('host', process.env['HOST']),
  ...given('seed', number('SEED')),
  ...given('appointments', number('APPOINTMENTS')),
  ...given('staff', number('STAFF')),
  apps: [
    {
      ...DEFAULT_APP,
      ...given('key', process.env['CONSUMER_KEY']),
      ...given('secret', process.env['CONSUMER_SECRET']),
      ...given('callbacks', callbacks?.length ? callbacks : undefined),
    },
  ],
});
console.log(`Simulated Salesforce org, invented data: ${simulator.url}`);
stopOnSignal(simulator);
