// Salesforce of the benchmark, in a process of its own so that it does not share a core's turn with what is measured.
import { DEFAULT_APP, startSalesforceSimulator } from '@occ-hub/simulator-salesforce';

const appointment = 'i360core__Sales_Appointment__c';
const simulator = await startSalesforceSimulator({
  appointments: Number(process.argv[2]),
  staff: Number(process.argv[3]),
  dailyLimit: 1_000_000,
});
const { control } = simulator;

type Ask = { readonly what: 'change' | 'stop' } | { readonly what: 'callback'; readonly url: string };

process.on('message', (ask: Ask) => {
  if (ask.what === 'stop') return void simulator.stop().then(() => process.exit(0));
  if (ask.what === 'callback') control.changeApp(DEFAULT_APP.key, { callbacks: [ask.url] });
  else
    for (const { Id } of control.records(appointment))
      control.update(appointment, Id, { fields: { i360core__Type__c: `Changed ${control.clock()}` } });
  process.send?.({ done: ask.what });
});
process.send?.({
  url: simulator.url,
  key: DEFAULT_APP.key,
  secret: DEFAULT_APP.secret,
  token: control.token().accessToken,
  staff: control
    .records('i360core__Staff__c')
    .map((row) => ({ name: String(row['Name']), email: String(row['i360core__Email__c'] ?? '') })),
});
// Killed or not, the bench leaves nobody behind.
process.once('disconnect', () => process.exit());
