import { isDuplicateKey } from '@occ-hub/store';
import type { Connection } from 'mongoose';
import { createOutboxStore } from '../outbox/outbox.store.ts';
import type { OutboxEntry } from '../outbox/outbox-entry.ts';
import { createCrmStatusStore } from '../settled/crm-status.store.ts';
import { collection } from '../store/collection.ts';
import { type GivenResultRecord, givenResultIdOf } from './opportunity.ts';

export type GivenResultStore = ReturnType<typeof createGivenResultStore>;

export function createGivenResultStore(connection: Connection) {
  const results = collection<GivenResultRecord>(connection, {
    name: 'opportunity_results',
    indexes: [[{ appointment: 1 }], [{ 'crm.event_id': 1 }, { sparse: true }], [{ 'outbox.at': 1 }, { sparse: true }]],
  });
  return {
    outbox: createOutboxStore('opportunity_results', results),
    crm: createCrmStatusStore(results),
    async find(appointment: string, opportunity: string): Promise<GivenResultRecord | null> {
      return results.findById(givenResultIdOf(appointment, opportunity)).lean<GivenResultRecord>();
    },
    async ofAppointments(appointments: readonly string[]): Promise<readonly GivenResultRecord[]> {
      if (appointments.length === 0) return [];
      return results.find({ appointment: { $in: [...appointments] } }).lean<GivenResultRecord[]>();
    },
    /** The result and its event in one write. False when another result came in between: decide again. */
    async save(held: GivenResultRecord | null, given: GivenResultRecord, entry: OutboxEntry): Promise<boolean> {
      if (held === null) return insert({ ...given, outbox: [entry] });
      const { _id, ...set } = given;
      const filter = { _id, resulted_at: held.resulted_at };
      const update = { $set: set, $push: { outbox: entry } };
      return (await results.collection.updateOne(filter as never, update as never)).matchedCount === 1;
    },
  };

  async function insert(record: GivenResultRecord): Promise<boolean> {
    try {
      await results.collection.insertOne(record as never);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }
}
