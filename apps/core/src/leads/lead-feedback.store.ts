import { duplicatesOf } from '@occ-hub/store';
import type { Connection } from 'mongoose';
import { collection } from '../store/collection.ts';
import type { LeadFeedbackRecord, LeadRecord } from './lead.ts';
import { type AtCrm, keysOf } from './lead.store.ts';

export type LeadFeedbackStore = ReturnType<typeof createLeadFeedbackStore>;

export function createLeadFeedbackStore(connection: Connection) {
  const feedback = collection<LeadFeedbackRecord>(connection, {
    name: 'lead_feedback',
    indexes: [
      [{ org: 1, provider: 1, subject: 1 }],
      [{ org: 1, provider: 1, log_number: 1 }],
      [{ org: 1, provider: 1, event_id: 1 }],
      [{ org: 1, appointment_external_id: 1 }],
    ],
  });
  return {
    /** Keeps each once, by its event. */
    async keep(records: readonly LeadFeedbackRecord[]): Promise<void> {
      if (records.length === 0) return;
      await feedback.collection.insertMany(records as never, { ordered: false }).catch(duplicatesOf);
    },
    /** All that was said of these leads, newest first. */
    async ofLeads(org: string, leads: readonly LeadRecord[]): Promise<readonly LeadFeedbackRecord[]> {
      const either = leads.flatMap(({ provider, subject, ...keys }) => [
        { provider, subject },
        ...keysOf(keys).map((key) => ({ provider, ...key })),
      ]);
      return either.length === 0 ? [] : find({ org, $or: either });
    },
    /** What names one of these appointments, newest first. */
    async naming(org: string, appointments: readonly AtCrm[]): Promise<readonly LeadFeedbackRecord[]> {
      const either = appointments.map(({ provider, external_id }) => ({
        crm_provider: provider,
        appointment_external_id: external_id,
      }));
      return either.length === 0 ? [] : find({ org, $or: either });
    },
  };

  function find(filter: object): Promise<LeadFeedbackRecord[]> {
    return feedback
      .find(filter as never)
      .sort({ at: -1, _id: -1 })
      .lean<LeadFeedbackRecord[]>();
  }
}
