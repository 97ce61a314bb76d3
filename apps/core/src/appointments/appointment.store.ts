import type { Connection } from 'mongoose';
import type { Page, PageQuery } from '../store/page.ts';
import { createOutboxStore } from '../outbox/outbox.store.ts';
import { createCrmStatusStore } from '../settled/crm-status.store.ts';
import type { OutboxEntry } from '../outbox/outbox-entry.ts';
import { collection } from '../store/collection.ts';
import { pageOf } from '../store/page-of.ts';
import { type Incoming, updateNewer, upsertNewer } from '../store/upsert-newer.ts';
import type { AppointmentRecord } from './appointment.ts';
import type { ResultChange } from './result-appointment.ts';

export interface AppointmentFilter {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Also those that the CRM has deleted. */
  readonly removed?: boolean;
  readonly reps?: readonly { connection: string; crm_user_id: string }[] | undefined;
}

export type AppointmentStore = ReturnType<typeof createAppointmentStore>;

export function createAppointmentStore(connection: Connection) {
  const appointments = collection<AppointmentRecord>(connection, {
    name: 'appointments',
    indexes: [
      [{ org: 1, start_time: 1, _id: 1 }],
      [{ job: 1, start_time: 1 }],
      [{ org: 1, lead_log_number: 1 }, { partialFilterExpression: { lead_log_number: { $type: 'string' } } }],
      [{ 'crm.event_id': 1 }, { sparse: true }],
      [{ 'outbox.at': 1 }, { sparse: true }],
    ],
  });
  return {
    outbox: createOutboxStore('appointments', appointments),
    crm: createCrmStatusStore(appointments),
    async find(org: string, id: string): Promise<AppointmentRecord | null> {
      return appointments.findOne({ _id: id, org }).lean<AppointmentRecord>();
    },
    async findMany(org: string, ids: readonly string[]): Promise<readonly AppointmentRecord[]> {
      return ids.length === 0 ? [] : appointments.find({ _id: { $in: [...ids] }, org }).lean<AppointmentRecord[]>();
    },
    /** Those whose record at the CRM names one of these numbers of a lead source, soonest first. */
    async namingLeads(org: string, logNumbers: readonly string[]): Promise<readonly AppointmentRecord[]> {
      if (logNumbers.length === 0) return [];
      // The type is what lets the partial index be used.
      return appointments
        .find({ org, lead_log_number: { $in: [...logNumbers], $type: 'string' } })
        .sort({ start_time: 1 })
        .lean<AppointmentRecord[]>();
    },
    /** Soonest first. */
    async list(org: string, filter: AppointmentFilter, page: PageQuery): Promise<Page<AppointmentRecord>> {
      const { from, to, reps, removed = false } = filter;
      const start = { ...(from && { $gte: from }), ...(to && { $lt: to }) };
      const conditions = [
        { org },
        ...(removed ? [] : [{ removed_at: null }]),
        ...(from || to ? [{ start_time: start }] : []),
        ...(reps === undefined ? [] : [reps.length === 0 ? { _id: '' } : { $or: reps }]),
      ];
      const order = { by: 'start_time', direction: 'oldest-first' } as const;
      return pageOf(appointments, { $and: conditions }, { ...order, ...page });
    },
    /** All appointments of these jobs, by job and time. */
    async ofJobs(jobs: readonly string[]): Promise<readonly AppointmentRecord[]> {
      if (jobs.length === 0) return [];
      return appointments
        .find({ job: { $in: [...jobs] } })
        .sort({ job: 1, start_time: 1 })
        .lean<AppointmentRecord[]>();
    },
    async upsert(records: readonly Incoming[], now: Date): Promise<{ stale: number }> {
      return upsertNewer(appointments, records, now);
    },
    /** Marks those that are held as deleted at the CRM, where that is newer than what is held. Answers how many. */
    async remove(records: readonly Incoming[], now: Date): Promise<number> {
      return updateNewer(appointments, records, now);
    },
    /** The result and its event in one write. Nothing when another result came in between: decide again. */
    async saveResult(
      held: AppointmentRecord,
      change: ResultChange,
      entry: OutboxEntry,
    ): Promise<AppointmentRecord | null> {
      const filter = { _id: held._id, resulted_at: held.resulted_at ?? null };
      const update = { $set: change, $push: { outbox: entry } };
      return appointments
        .findOneAndUpdate(filter as never, update as never, { returnDocument: 'after' })
        .lean<AppointmentRecord>();
    },
  };
}
