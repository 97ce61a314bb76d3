import type { Model } from 'mongoose';
import type { Stored } from '../store/collection.ts';
import type { HasOutbox, OutboxEntry } from './outbox-entry.ts';

/** An entry and the document it waits in. */
export interface Waiting {
  readonly document: string;
  readonly entry: OutboxEntry;
}

export interface OutboxStore {
  readonly name: string;
  /** Entries made up to the cutoff, oldest documents first; `more` when the limit cut the reading short. */
  read(cutoff: Date, limit: number): Promise<{ waiting: readonly Waiting[]; more: boolean }>;
  /** Takes published entries out. Repeating it is harmless. */
  remove(published: readonly Waiting[]): Promise<void>;
}

/** The outbox of one collection: its entries live in the documents whose change caused them. */
export function createOutboxStore<Shape extends Stored & HasOutbox>(name: string, model: Model<Shape>): OutboxStore {
  return {
    name,
    async read(cutoff, limit) {
      const rows = (await model
        .find({ 'outbox.at': { $lte: cutoff } } as never, { outbox: 1 })
        .sort({ 'outbox.at': 1 })
        .limit(limit)
        .lean()) as unknown as Shape[];
      const waiting = rows.flatMap((row) =>
        (row.outbox ?? []).filter((entry) => entry.at <= cutoff).map((entry) => ({ document: row._id, entry })),
      );
      return { waiting, more: rows.length === limit };
    },
    async remove(published) {
      if (published.length === 0) return;
      // One command for all: a write each would cost the store a flush each.
      const documents = published.map(({ document }) => document);
      const ids = published.map(({ entry }) => entry.id);
      await model.collection.updateMany(
        { _id: { $in: documents } } as never,
        { $pull: { outbox: { id: { $in: ids } } } } as never,
      );
    },
  };
}
