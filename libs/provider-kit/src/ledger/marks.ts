import type mongoose from 'mongoose';
import type { Delivery } from './delivery.ts';
import { createJoinedWrites } from './joined-writes.ts';

/** A change of one delivery, applied only while `owner` has it in hand. */
export interface Mark {
  readonly id: string;
  readonly owner: string;
  readonly update: Readonly<Record<string, unknown>>;
}

interface Numbered extends Mark {
  readonly number: string;
  found: boolean;
}

type Deliveries = mongoose.mongo.Collection<Delivery & { _id: string; mark?: string }>;

/**
 * Writes marks; those that come together share one call. Each carries a number of its own, by which those that found
 * their delivery in their owner's hands are known where not all did.
 */
export function createMarks(deliveries: Deliveries): { write(mark: Mark): Promise<boolean> } {
  let count = 0;
  const joined = createJoinedWrites<Numbered>(async (group) => {
    const operations = group.map(({ id, owner, update, number }) => ({
      updateOne: {
        filter: { _id: id, owner },
        update: { ...update, $set: { ...(update['$set'] as object), mark: number } },
      },
    }));
    const { matchedCount } = await deliveries.bulkWrite(operations as never, { ordered: false });
    if (matchedCount === group.length) return;
    const numbers = group.map((each) => each.number);
    const held = await deliveries
      .find({ _id: { $in: group.map((each) => each.id) }, mark: { $in: numbers } }, { projection: { mark: 1 } })
      .toArray();
    const found = new Set(held.map((each) => each.mark));
    for (const each of group) each.found = found.has(each.number);
  });
  return {
    async write(mark) {
      const numbered = { ...mark, number: `${mark.owner}/${(count += 1)}`, found: true };
      await joined.add(numbered);
      return numbered.found;
    },
  };
}
