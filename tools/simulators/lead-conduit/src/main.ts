import { given, stopOnSignal, wholeNumber } from '@occ-hub/simulator-stage';
import type { FlowDefinition } from './platform/flow.ts';
import { startLeadConduitSimulator } from './simulator.ts';

/** Runs the simulator alone, with one flow. Its few variables are listed in the README. */
const env = (name: string): string | undefined => process.env[name] || undefined;

const recipient = env('RECIPIENT_URL');
const key = env('RECIPIENT_KEY');
const lead = env('LEAD_PACKAGE');
const vendor = env('LEADPERFECTION_URL');
const variables = { lognumber: 'LC-{{event.id}}', client_id: env('CLIENT_ID') ?? 'demo1' };

const steps: FlowDefinition['steps'] = [
  ...(recipient
    ? [
        {
          name: 'Recipient',
          url: recipient,
          variables,
          ...(key ? { headers: { authorization: `Bearer ${key}` } } : {}),
        },
      ]
    : []),
  ...(lead ? [{ name: 'LeadPerfection Add Lead', module: { path: lead, name: 'add_lead' }, variables }] : []),
];

const simulator = await startLeadConduitSimulator({
  port: wholeNumber('PORT', env('PORT')) ?? 4030,
  ...given('host', env('HOST')),
  ...(vendor ? { hosts: { '*.leadperfection.com': vendor } } : {}),
  flows: [{ id: 'windows', name: 'Windows', sources: [{ id: 'example-media', name: 'Example Media' }], steps }],
});
console.log(`Simulated LeadConduit, invented data: ${simulator.url}`);
stopOnSignal(simulator);
