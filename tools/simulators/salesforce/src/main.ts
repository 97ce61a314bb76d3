import { startSalesforceSimulator } from './simulator.ts';
import { DEFAULT_APP } from './settings.ts';

/** Runs the simulator alone. Its few variables are listed in the README; everything else is set while it runs. */
const number = (name: string): number | undefined => {
  const value = process.env[name];
  if (value === undefined || value === '') return undefined;
  if (!/^\d+$/.test(value)) throw new Error(`${name} must be a whole number, not "${value}".`);
  return Number(value);
};
const given = <T>(name: string, value: T | undefined): Record<string, T> =>
  value === undefined ? {} : { [name]: value };

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

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void simulator.stop().then(() => process.exit(0));
  });
}
