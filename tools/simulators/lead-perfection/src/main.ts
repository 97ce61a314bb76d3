import { startLeadPerfectionSimulator } from './simulator.ts';

/** Runs the simulator alone. Its few variables are listed in the README; everything else is set while it runs. */
const number = (name: string): number | undefined => {
  const value = process.env[name];
  if (value === undefined || value === '') return undefined;
  if (!/^\d+$/.test(value)) throw new Error(`${name} must be a whole number, not "${value}".`);
  return Number(value);
};
const given = <T>(name: string, value: T | undefined): Record<string, T> =>
  value === undefined ? {} : { [name]: value };

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

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void simulator.stop().then(() => process.exit(0));
  });
}
