import { Kafka, Partitioners, logLevel } from 'kafkajs';
import { type Collection, MongoClient } from 'mongodb';
import { Pool } from 'undici';

// What each stage costs with nothing of ours around it: the yardstick of the same run on the same machine.

/** Seconds of a piece of work. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** kafkajs alone: produces messages of a size in batches of 500 while a consumer takes them; done when the last was consumed. */
export async function bareKafka(
  brokers: string[],
  { messages, bytes }: { messages: number; bytes: number },
): Promise<number> {
  const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING });
  const topic = `bench-bare-${Date.now()}`;
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 6 }] });
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    idempotent: true,
    maxInFlightRequests: 1,
  });
  const consumer = kafka.consumer({ groupId: topic, maxWaitTimeInMs: 100 });
  await Promise.all([producer.connect(), consumer.connect()]);
  await consumer.subscribe({ topic, fromBeginning: true });
  let consumed = 0;
  const done = Promise.withResolvers<void>();
  await consumer.run({
    eachBatch: async ({ batch }) => {
      for (const message of batch.messages) JSON.parse(message.value!.toString());
      if ((consumed += batch.messages.length) >= messages) done.resolve();
    },
  });
  const value = JSON.stringify({ padding: 'x'.repeat(bytes) });
  const taken = await seconds(async () => {
    for (let sent = 0; sent < messages; sent += 500) {
      await producer.send({
        topic,
        acks: -1,
        messages: Array.from({ length: Math.min(500, messages - sent) }, (_, i) => ({ key: `k${sent + i}`, value })),
      });
    }
    await done.promise;
  });
  await Promise.all([producer.disconnect(), consumer.disconnect()]);
  await admin.deleteTopics({ topics: [topic] });
  await admin.disconnect();
  return taken;
}

/** The MongoDB driver alone: bulk upserts of documents of a size, 500 a call. */
export async function bareUpserts(
  mongoUrl: string,
  { documents, bytes }: { documents: number; bytes: number },
): Promise<number> {
  return withCollection(mongoUrl, async (collection) => {
    await collection.createIndex({ external_id: 1 }, { unique: true });
    const padding = 'x'.repeat(bytes);
    return seconds(async () => {
      for (let sent = 0; sent < documents; sent += 500) {
        await collection.bulkWrite(
          Array.from({ length: Math.min(500, documents - sent) }, (_, i) => ({
            updateOne: {
              filter: { _id: `d${sent + i}` as never },
              update: { $set: { external_id: `e${sent + i}`, padding } },
              upsert: true,
            },
          })),
          { ordered: false },
        );
      }
    });
  });
}

/** The driver alone as a naive ledger: insert before the call, mark after it (after each step of several), each write on its own. */
export async function bareLedger(
  mongoUrl: string,
  { writes, atOnce, steps = 1 }: { writes: number; atOnce: number; steps?: number },
): Promise<number> {
  return withCollection(mongoUrl, async (collection) => {
    const note = { state: 'waiting', data: 'x'.repeat(600) };
    return seconds(() =>
      inParallel(writes, atOnce, async (index) => {
        const _id = `w${index}` as never;
        await collection.insertOne({ _id, ...note });
        for (let step = 1; step <= steps; step++)
          await collection.updateOne({ _id }, { $set: { state: step === steps ? 'delivered' : `step ${step}` } });
      }),
    );
  });
}

/** An undici Pool alone: the two calls that one write costs at the vendor, so many writes at once. */
export async function bareCalls(
  url: string,
  { writes, atOnce, token }: { writes: number; atOnce: number; token: string },
): Promise<number> {
  const pool = new Pool(url, { connections: atOnce, pipelining: 1 });
  const call = async (path: string, body: string) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await pool.request({ path, method: 'POST', headers, body });
    JSON.parse(await answer.body.text());
  };
  const taken = await seconds(() =>
    inParallel(writes, atOnce, async (index) => {
      const id = 90_001 + (index % 5_000);
      await call('/api/SalesApi/GetSalesApptDetail', `issuedleadid=${id}&apptdate=01/01/2026`);
      await call('/api/SalesApi/UpdateSalesApptDetail', `issuedleadid=${id}&disposition=&presnotes=bare`);
    }),
  );
  await pool.close();
  return taken;
}

/** The vendor's HTTP alone: one window, read and parsed. */
export async function bareFetch(
  url: string,
  token: string,
  days: { from: string; to: string },
): Promise<{ seconds: number; rows: number }> {
  const pool = new Pool(url);
  let rows = 0;
  const taken = await seconds(async () => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' };
    const body = `apptdates=${days.from}&apptdatee=${days.to}`;
    const answer = await pool.request({
      path: '/api/SalesApi/GetSalesApptDetailDateRange',
      method: 'POST',
      headers,
      body,
    });
    rows = ((await answer.body.json()) as unknown[]).length;
  });
  await pool.close();
  return { seconds: taken, rows };
}

/** Does something so many times, so many at once. */
export async function inParallel(times: number, atOnce: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < times) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function withCollection<Result>(
  mongoUrl: string,
  work: (collection: Collection) => Promise<Result>,
): Promise<Result> {
  const client = await MongoClient.connect(mongoUrl);
  const database = client.db('bench_bare');
  try {
    return await work(database.collection(`c${Date.now()}`));
  } finally {
    await database.dropDatabase();
    await client.close();
  }
}
