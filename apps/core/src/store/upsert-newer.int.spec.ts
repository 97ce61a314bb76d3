import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { collection, type Stored } from './collection.ts';
import { type Incoming, updateNewer, upsertNewer } from './upsert-newer.ts';

const connection = mongoose.createConnection(inject('mongoUrl'), {
  dbName: `upsert_${crypto.randomUUID().slice(0, 8)}`,
});
const things = collection<Stored>(connection, { name: 'things', indexes: [] });
const now = new Date(0);
const record = (_id: string, revision: number): Incoming => ({ _id, revision, set: { value: revision } });

beforeAll(async () => void (await connection.asPromise()));
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

it('ends with the newest revision of each record when many consumers write the same ones at once', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `thing-${index}`);
  const revisions = Array.from({ length: 12 }, (_, index) => index + 1);
  const order = revisions.map((revision, index) => revisions[(index * 5) % 12] ?? revision);
  await Promise.all(
    order.map((revision) =>
      upsertNewer(
        things,
        names.map((name) => record(name, revision)),
        now,
      ),
    ),
  );
  const rows = await connection.collection('things').find().toArray();
  expect(rows).toHaveLength(40);
  expect(new Set(rows.map((row) => row['value'] as number))).toEqual(new Set([12]));
});

it('counts what was stale and touches no field that is not its own', async () => {
  await connection
    .collection<Stored>('things')
    .insertOne({ _id: 'owned', revision: 5, value: 5, result: 'kept' } as Stored);
  const records = [record('owned', 6), record('thing-0', 12), record('brand-new', 1)];
  expect(await upsertNewer(things, records, now)).toEqual({ stale: 1 });
  expect(await connection.collection<Stored>('things').findOne({ _id: 'owned' })).toMatchObject({
    value: 6,
    result: 'kept',
  });
  expect(await upsertNewer(things, records, now)).toEqual({ stale: 3 });
});

it('writes more than a chunk', async () => {
  const many = Array.from({ length: 1_234 }, (_, index) => record(`many-${index}`, 1));
  expect(await upsertNewer(things, many, now)).toEqual({ stale: 0 });
  expect(await connection.collection('things').countDocuments({ _id: /^many-/ as never })).toBe(1_234);
});

it('updates what is held older, and makes nothing, where that is asked', async () => {
  await upsertNewer(things, [record('held', 5), record('held-newer', 9)], now);
  const records = [record('held', 6), record('held-newer', 6), record('not-held', 6)];
  expect(await updateNewer(things, records, now)).toBe(1);
  const values = await connection
    .collection<Stored>('things')
    .find({ _id: /held/ as never })
    .sort({ _id: 1 })
    .toArray();
  expect(values.map((row) => [row._id, (row as Stored & { value: number }).value])).toEqual([
    ['held', 6],
    ['held-newer', 9],
  ]);
});
