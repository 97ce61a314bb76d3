import { isDuplicateKey } from '@occ-hub/store';
import type { Connection } from 'mongoose';
import { z } from 'zod';
import { collection } from '../store/collection.ts';

/** What is known of one Idempotency-Key. */
export const KeyRecord = z.object({
  _id: z.string().describe('Hash of org, route and key'),
  fingerprint: z.string(),
  state: z.enum(['running', 'done']),
  status: z.int().optional(),
  body: z.unknown(),
  created_at: z.date(),
});
export type KeyRecord = z.infer<typeof KeyRecord>;

export type IdempotencyStore = ReturnType<typeof createIdempotencyStore>;

const dayInSeconds = 86_400;

/** Keys and the replies given for them; the store forgets them after 24 hours. */
export function createIdempotencyStore(connection: Connection) {
  const keys = collection<KeyRecord>(connection, {
    name: 'idempotency_keys',
    indexes: [[{ created_at: 1 }, { expireAfterSeconds: dayInSeconds }]],
  });
  return {
    /** Takes the key; false when it is known already. */
    async take(record: KeyRecord): Promise<boolean> {
      try {
        await keys.collection.insertOne(record as never);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async find(id: string): Promise<KeyRecord | null> {
      return keys.findById(id).lean<KeyRecord>();
    },
    /** Takes over a key whose first request died in the middle; false when another was quicker. */
    async takeOver(held: KeyRecord, now: Date): Promise<boolean> {
      const filter = { _id: held._id, state: 'running', created_at: held.created_at };
      const result = await keys.collection.updateOne(filter as never, { $set: { created_at: now } });
      return result.modifiedCount === 1;
    },
    async finish(id: string, reply: { status: number; body: unknown }): Promise<void> {
      await keys.collection.updateOne({ _id: id } as never, { $set: { ...reply, state: 'done' } });
    },
    async release(id: string): Promise<void> {
      await keys.collection.deleteOne({ _id: id, state: 'running' } as never);
    },
  };
}
