import { bareLedger } from './bare.ts';
import { type People, type Person, createPeople } from './people.ts';
import { type RecordedRun, bareRuns } from './pestpac-bare.ts';
import { type PestPacOffice, dispose, doorOf, openPestPacOffice } from './pestpac-office.ts';
import type { PestPacVendor } from './pestpac-vendor.ts';
import { line, share } from './print.ts';
import { type Compared, addedPerStep, compared, latencyOf, timed, within } from './timed.ts';

export interface PestPacBench {
  readonly core: string;
  /** The pestpac service. */
  readonly door: string;
  readonly vendor: PestPacVendor;
  /** Another company of the same size: what the runs make must not weigh on the bare calls, nor the other way round. */
  readonly bareVendor: PestPacVendor;
  readonly runs: number;
  readonly mongoUrl: string;
}

const atOnce = 64;
const warm = 60;
/** Location found or not, location, lead, task. */
const steps = 4;

/** Runs of a new customer, from the disposition to the answer with PestPac's numbers, against their calls alone. */
export async function benchPestPac({
  core,
  door,
  vendor,
  bareVendor,
  runs,
  mongoUrl,
}: PestPacBench): Promise<{ office: PestPacOffice; people: People }> {
  const office = await openPestPacOffice(core, { door, vendor: vendor.facts });
  const people = createPeople(office.office.run);
  const pool = doorOf(office, atOnce);
  const through = async (person: Person) => {
    const run = await dispose(office, person, pool);
    if (run.outcome !== 'delivered') throw new Error(`a run ended as ${run.outcome}`);
    return run.ids ?? {};
  };
  await timed({ times: warm, atOnce: 8 }, async () => void (await through(people('warm'))));
  const recorded = await record(vendor, people('recorded'), through);
  const hub = await compared({ times: runs, atOnce }, async (stage) => void (await through(people(stage))));
  await pool.close();

  const strangers = createPeople(`${office.office.run}-bare`);
  const calls = await bareRuns(bareVendor.facts, recorded);
  await timed({ times: warm + 1, atOnce: 8 }, () => calls.run(strangers('warm')));
  const bare = await compared({ times: runs, atOnce }, (stage) => calls.run(strangers(stage)));
  await calls.close();
  const ledger = runs / (await bareLedger(mongoUrl, { writes: runs, atOnce, steps }));
  print({ hub, bare, ledger, recorded });
  return { office, people };
}

async function record(
  vendor: PestPacVendor,
  person: Person,
  through: (person: Person) => Promise<RecordedRun['ids']>,
): Promise<RecordedRun> {
  await vendor.forget();
  const ids = await through(person);
  return { person, ids, calls: await vendor.calls() };
}

interface Figures {
  readonly hub: Compared;
  readonly bare: Compared;
  /** Runs a second that a naive ledger keeps, and nothing else. */
  readonly ledger: number;
  readonly recorded: RecordedRun;
}

function print({ hub, bare, ledger, recorded }: Figures): void {
  line('calls of a run', recorded.calls.map(({ call }) => call).join(', '));
  line('one after another', latencyOf(hub.alone));
  line('bare calls', latencyOf(bare.alone));
  line('share of the bare calls', share(within(bare.alone, 0.5) / within(hub.alone, 0.5)));
  line('added latency a step', `${addedPerStep(hub, bare, steps).toFixed(1)} ms, of ${steps} steps`);
  line(`${atOnce} at once`, `${Math.round(hub.busy.rate)} runs/s, ${latencyOf(hub.busy)}`);
  line(`bare calls, ${atOnce} at once`, `${Math.round(bare.busy.rate)} runs/s, ${latencyOf(bare.busy)}`);
  line('share of the bare calls', share(hub.busy.rate / bare.busy.rate));
  line(`bare ledger, ${steps + 1} writes`, `${Math.round(ledger)} runs/s`);
  line('share of the slowest', share(hub.busy.rate / Math.min(bare.busy.rate, ledger)));
}
