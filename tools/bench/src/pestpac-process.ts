// PestPac of the benchmark, in a process of its own so that it does not share a core's turn with what is measured.
import { startPestPacSimulator } from '@occ-hub/simulator-pestpac';
import type { PestPacAsk, PestPacFacts, PlaceHeld } from './pestpac-vendor.ts';

const simulator = await startPestPacSimulator({ dailyQuota: null, burstLimit: null, logSize: 50 });
const { control } = simulator;
const { url, apiUrl, tokenUrl, credentials } = simulator;

/** Locations made for leads whose id begins so, each with what it has. */
function placesOf(prefix: string): PlaceHeld[] {
  const at = (kind: 'leads' | 'tasks') => Map.groupBy(control.records(kind), (record) => Number(record['LocationID']));
  const [leads, tasks] = [at('leads'), at('tasks')];
  return control.records('locations').flatMap((location) => {
    const lead = String(location['InternalIdentifier'] ?? '').replace(/^cp:/, '');
    const id = Number(location['LocationID']);
    const held = { lead, leads: leads.get(id)?.length ?? 0, tasks: tasks.get(id)?.length ?? 0 };
    return lead.startsWith(prefix) ? [held] : [];
  });
}

function answerTo(ask: Exclude<PestPacAsk, { what: 'stop' }>): unknown {
  if (ask.what === 'calls') return control.received();
  if (ask.what === 'places') return placesOf(ask.prefix);
  control.forget();
  return {};
}

process.on('message', (ask: PestPacAsk) => {
  if (ask.what === 'stop') return void simulator.stop().then(() => process.exit(0));
  process.send?.(answerTo(ask));
});
process.send?.({ url, apiUrl, tokenUrl, credentials } satisfies PestPacFacts);
// Killed or not, the bench leaves nobody behind.
process.once('disconnect', () => process.exit());
