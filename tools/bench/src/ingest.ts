import { until } from '@occ-hub/demo';
import type { Stack } from '@occ-hub/stack';
import { MongoClient } from 'mongodb';
import { bareFetch, bareKafka, bareUpserts } from './bare.ts';
import type { Office } from './office.ts';
import { line, share } from './print.ts';
import type { Vendor } from './vendor.ts';

interface Run {
  state: string;
  fetched: number;
  changed: number;
  unchanged: number;
  started_at: string;
  ended_at?: string;
  error?: { code: string };
}

/** First sync and unchanged re-poll of a window, from the vendor's HTTP to committed in MongoDB. */
export async function benchIngest({
  office,
  stack,
  vendor,
  vendorToken,
}: {
  office: Office;
  stack: Stack;
  vendor: Vendor;
  vendorToken: string;
}): Promise<void> {
  const { admin, org, connection } = office;
  const path = `/v1/orgs/${org}/connections/${connection}`;
  const client = await MongoClient.connect(stack.mongoUrl);
  const core = client.db('occ_core');
  const count = async (collection: string) => core.collection(collection).countDocuments({ org });
  const follow = async (run: string) => {
    const last = await admin.follow<Run>(`${path}/syncs/${run}/events`, () => undefined);
    if (last?.state !== 'done') throw new Error(`the run ended as ${last?.state}: ${JSON.stringify(last?.error)}`);
    return last;
  };
  const sync = async () => follow((await admin.post<{ run: string }>(`${path}/syncs`)).run);

  await quiet(admin, path);
  const start = performance.now();
  const authorized = await admin.post<{ sync: { run: string } }>(`${path}/authorize`);
  const first = await follow(authorized.sync.run);
  const told = performance.now();
  const taken = ((await lastGrowth(() => count('appointments'))) - start) / 1000;
  const documents = (await count('jobs')) + (await count('appointments')) + (await count('notes'));
  const records = first.changed + first.unchanged;

  const again: number[] = [];
  for (let round = 0; round < 3; round++) {
    const begun = performance.now();
    const run = await sync();
    if (run.changed > 0) throw new Error(`an unchanged re-poll published ${run.changed} records`);
    again.push((performance.now() - begun) / 1000);
  }
  const repoll = again.sort((one, other) => one - other)[1]!;
  await client.close();

  const [from, to] = ['01/01/2020', '12/31/2035'];
  const http = await bareFetch(vendor.url, vendorToken, { from, to });
  const events = records * 2;
  const kafka = await bareKafka(stack.kafkaBrokers, { messages: events, bytes: 700 });
  const store = await bareUpserts(stack.mongoUrl, { documents, bytes: 600 });
  const slowest = Math.max(kafka, store);

  line(
    'first sync',
    `${records} records in ${taken.toFixed(2)} s = ${Math.round(records / taken)} records/s (published after ${((told - start) / 1000).toFixed(2)} s)`,
  );
  line('bare vendor HTTP', `${http.rows} rows in ${http.seconds.toFixed(2)} s`);
  line('bare kafkajs', `${events} events produced and consumed in ${kafka.toFixed(2)} s`);
  line('bare bulk upsert', `${documents} documents in ${store.toFixed(2)} s`);
  line('share of the slowest', share(slowest / taken));
  line('unchanged re-poll', `${repoll.toFixed(2)} s = ${Math.round(records / repoll)} records/s, nothing published`);
}

/** Linking reps asked for runs that a draft connection refuses: they must be over before anything is measured. */
async function quiet(admin: Office['admin'], path: string): Promise<void> {
  await until('no run under way', async () => {
    const { items } = await admin.get<{ items: Run[] }>(`${path}/syncs?limit=20`);
    return items.every((run) => run.state === 'failed' || run.state === 'done');
  });
}

/** When a count grew for the last time: it is over when nothing came for a second. */
async function lastGrowth(count: () => Promise<number>): Promise<number> {
  let known = -1;
  let grewAt = performance.now();
  while (performance.now() - grewAt < 1_000) {
    const now = await count();
    if (now > known) [known, grewAt] = [now, performance.now()];
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return grewAt;
}
