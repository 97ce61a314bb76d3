import { until } from '@occ-hub/demo';
import type { Stack } from '@occ-hub/stack';
import { Pool } from 'undici';
import { bareCalls, bareLedger, inParallel } from './bare.ts';
import type { Office } from './office.ts';
import { line, percentile, share } from './print.ts';
import type { Vendor } from './vendor.ts';

interface Appointment {
  id: string;
  job: string;
  external_id: string;
}

export interface WriteBackFacts {
  readonly core: string;
  readonly office: Office;
  readonly stack: Stack;
  readonly vendor: Vendor;
  readonly vendorToken: string;
  readonly writes: number;
}

const atOnce = 64;

/** Notes from the API call to the vendor's receipt: alone for the latency, 64 at once for the rate. */
export async function benchWriteBack(facts: WriteBackFacts): Promise<void> {
  const appointments = await facts.office.admin.get<{ items: Appointment[] }>(
    `/v1/orgs/${facts.office.org}/appointments?limit=1`,
  );
  if (appointments.items.length === 0) throw new Error('no appointments to write to');
  const all = (await onePerJob(facts)).slice(0, facts.writes);
  const sentAt = new Map<string, number>();
  const pool = new Pool(facts.core, { connections: atOnce });
  const write = async (number: number, { id, job }: Appointment) => {
    sentAt.set(String(number), Date.now());
    const headers = { authorization: `Bearer ${facts.office.token}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ note: `bench note ${number}`, appointment: id });
    const answer = await pool.request({
      path: `/v1/orgs/${facts.office.org}/jobs/${job}/notes`,
      method: 'POST',
      headers,
      body,
    });
    await answer.body.dump();
    if (answer.statusCode !== 201) throw new Error(`a note was answered ${answer.statusCode}`);
  };
  const received = (last: number) =>
    until(
      'all receipts',
      async () => {
        const receipts = await facts.vendor.receipts();
        return receipts.size >= last && receipts;
      },
      120_000,
    );

  const alone = 100;
  for (let number = 0; number < alone; number++) await write(number, all[number]!);
  const calm = latencies(await received(alone), sentAt, 0);

  const busy = all.length - alone;
  const start = performance.now();
  await inParallel(busy, atOnce, (index) => write(alone + index, all[alone + index]!));
  const accepted = (performance.now() - start) / 1000;
  const receipts = await received(all.length);
  const lastReceipt = Math.max(...receipts.values());
  const taken =
    (lastReceipt - Math.min(...[...sentAt].filter(([number]) => Number(number) >= alone).map(([, at]) => at))) / 1000;
  const loaded = latencies(receipts, sentAt, alone);
  await pool.close();

  const calls = await bareCalls(facts.vendor.url, { writes: busy, atOnce, token: facts.vendorToken });
  const ledger = await bareLedger(facts.stack.mongoUrl, { writes: busy, atOnce });
  line(
    'one after another',
    `API call to vendor's receipt p50 ${percentile(calm, 0.5)} ms, p99 ${percentile(calm, 0.99)} ms`,
  );
  line(
    '64 at once',
    `${busy} writes in ${taken.toFixed(2)} s = ${Math.round(busy / taken)} writes/s (API accepted ${Math.round(busy / accepted)}/s)`,
  );
  line('  of these', `p50 ${percentile(loaded, 0.5)} ms, p99 ${percentile(loaded, 0.99)} ms`);
  line('bare undici Pool, 2 calls', `${Math.round(busy / calls)} writes/s`);
  line('bare ledger, 2 writes', `${Math.round(busy / ledger)} writes/s`);
  line('share of the slowest', share(Math.max(calls, ledger) / taken));
}

async function onePerJob({ office, vendor }: WriteBackFacts): Promise<Appointment[]> {
  const byJob = new Map<string, Appointment>();
  for (const each of await office.admin.all<Appointment>(`/v1/orgs/${office.org}/appointments`)) {
    if (!vendor.closed.has(each.external_id)) byJob.set(each.job, each);
  }
  return [...byJob.values()];
}

function latencies(receipts: ReadonlyMap<string, number>, sentAt: ReadonlyMap<string, number>, from: number): number[] {
  const all = [...receipts]
    .filter(([number]) => Number(number) >= from)
    .map(([number, at]) => at - (sentAt.get(number) ?? Number.NaN));
  return all.sort((one, other) => one - other);
}
