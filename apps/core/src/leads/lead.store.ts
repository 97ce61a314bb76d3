import { duplicatesOf, isDuplicateKey } from '@occ-hub/store';
import type { Connection } from 'mongoose';
import { createOutboxStore } from '../outbox/outbox.store.ts';
import type { CrmWrite } from '../settled/crm-status.ts';
import { collection } from '../store/collection.ts';
import { pageOf } from '../store/page-of.ts';
import type { Page, PageQuery } from '../store/page.ts';
import { type LeadFeedbackRecord, leadIdOf, type LeadRecord } from './lead.ts';
import type { LeadKeys } from './lead-keys.ts';
import type { SentJob } from './send-job.ts';

export type LeadStore = ReturnType<typeof createLeadStore>;

/** How the write of a lead ended. */
export interface LeadEnd {
  readonly _id: string;
  readonly end: CrmWrite;
}

/** Appointments by the ids that their CRM gives them. */
export interface AtCrm {
  readonly provider: string;
  readonly external_id: string;
}

export function createLeadStore(connection: Connection) {
  const leads = collection<LeadRecord>(connection, {
    name: 'leads',
    indexes: [
      [{ org: 1, created_at: 1, _id: 1 }],
      [{ org: 1, provider: 1, log_number: 1 }],
      [{ org: 1, log_number: 1 }],
      [{ org: 1, provider: 1, event_id: 1 }],
      [{ org: 1, 'ends.vendor_ids.appointment_external_id': 1 }],
      [{ 'outbox.at': 1 }, { sparse: true }],
    ],
  });
  return {
    outbox: createOutboxStore('leads', leads),
    /** A job of ours as a lead, with its event, in one write. False when somebody else sent it in between: decide again. */
    async submit(held: LeadRecord | null, { lead, entry }: SentJob): Promise<boolean> {
      const { _id, ...set } = lead;
      const filter = {
        _id,
        ...(held === null ? { created_at: { $exists: false } } : { submitted_by: held.submitted_by }),
      };
      try {
        const update = { $set: set, $push: { outbox: entry } };
        const written = await leads.collection.updateOne(filter as never, update as never, { upsert: held === null });
        return written.matchedCount + written.upsertedCount === 1;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    /** Keeps leads as they were handed over last; how their writes ended stays. */
    async keep(records: readonly LeadRecord[]): Promise<void> {
      const notLater = ({ _id, created_at }: LeadRecord) => ({ _id, $nor: [{ created_at: { $gt: created_at } }] });
      await upsert(records.map(({ _id, ...set }) => ({ filter: notLater({ _id, ...set }), update: { $set: set } })));
    },
    /** Notes how writes ended, also of leads that are not there yet; what is older than what is noted of its event changes nothing. */
    async settle(ended: readonly LeadEnd[]): Promise<void> {
      const byLead = Map.groupBy(ended, ({ _id }) => _id);
      await upsert([...byLead].map(([_id, ends]) => ({ filter: { _id }, update: [withEnds(ends)] })));
    },
    async find(org: string, id: string): Promise<LeadRecord | null> {
      return leads.findOne({ _id: id, org, created_at: { $gt: new Date(0) } }).lean<LeadRecord>();
    },
    /** All leads with one of these numbers, whichever source has them. */
    async ofLogNumbers(org: string, logNumbers: readonly string[]): Promise<readonly LeadRecord[]> {
      if (logNumbers.length === 0) return [];
      const filter = { org, log_number: { $in: [...logNumbers] }, created_at: { $gt: new Date(0) } };
      return leads.find(filter as never).lean<LeadRecord[]>();
    },
    /** Newest first. */
    async list(org: string, page: PageQuery): Promise<Page<LeadRecord>> {
      const there = { org, created_at: { $gt: new Date(0) } };
      return pageOf(leads, there, { by: 'created_at', direction: 'newest-first', ...page });
    },
    /** The newest lead that became one of these appointments by how its write ended, or that this feedback is about, or of these. */
    async newestOf(
      org: string,
      {
        became,
        feedback,
        ids,
      }: { became: readonly AtCrm[]; feedback: readonly LeadFeedbackRecord[]; ids: readonly string[] },
    ): Promise<LeadRecord | null> {
      const either = [
        ...ids.map((_id) => ({ _id })),
        ...became.map(({ provider, external_id }) => ({
          crm_provider: provider,
          'ends.vendor_ids.appointment_external_id': external_id,
        })),
        ...feedback.flatMap(({ provider, subject, ...keys }) => [
          { _id: leadIdOf({ org, provider, subject }) },
          ...keysOf(keys).map((key) => ({ provider, ...key })),
        ]),
      ];
      if (either.length === 0) return null;
      const filter = { org, created_at: { $gt: new Date(0) }, $or: either };
      return leads
        .findOne(filter as never)
        .sort({ created_at: -1 })
        .lean<LeadRecord>();
    },
  };

  /** In bulk. What meets one that was made meanwhile is tried again on it: the condition tells late news from a race. */
  async function upsert(changes: readonly { filter: object; update: object }[]): Promise<void> {
    if (changes.length === 0) return;
    const operations = (orMake: boolean, some: typeof changes) =>
      some.map((change) => ({ updateOne: { ...change, upsert: orMake } }));
    const write = (orMake: boolean, some: typeof changes) =>
      leads.collection.bulkWrite(operations(orMake, some) as never, { ordered: false });
    const taken = await write(true, changes).then(() => [], duplicatesOf);
    const again = taken.flatMap((index) => changes[index] ?? []);
    if (again.length > 0) await write(false, again);
  }
}

/** A condition for each key that is there. */
export function keysOf({ log_number, event_id }: LeadKeys): readonly LeadKeys[] {
  return [...(log_number === undefined ? [] : [{ log_number }]), ...(event_id === undefined ? [] : [{ event_id }])];
}

/** The last ends that are kept of a lead. */
const endsKept = 10;

/**
 * One end an event, the later of two, those noted last at the back. The end of the event that the lead was submitted by
 * stays, whatever comes of those before.
 */
function withEnds(ended: readonly LeadEnd[]): object {
  const held = { $ifNull: ['$ends', []] };
  const news = { $literal: ended.map(({ end }) => end) };
  const isOfLast = { $eq: ['$$each.event_id', '$submitted_by'] };
  const only = (cond: object) => ({ $filter: { input: '$$all', as: 'each', cond } });
  const all = { $concatArrays: [unless('$gte', held, news), unless('$gt', news, held)] };
  const kept = { $concatArrays: [{ $slice: [only({ $not: [isOfLast] }), 1 - endsKept] }, only(isOfLast)] };
  return { $set: { ends: { $let: { vars: { all }, in: kept } } } };
}

/** Those of a list of ends of whose event the others hold none that is as late, or later. */
function unless(later: '$gt' | '$gte', ends: object, others: object): object {
  const outdoes = {
    $and: [{ $eq: ['$$other.event_id', '$$each.event_id'] }, { [later]: ['$$other.at', '$$each.at'] }],
  };
  const isOutdone = { $anyElementTrue: [{ $map: { input: others, as: 'other', in: outdoes } }] };
  return { $filter: { input: ends, as: 'each', cond: { $not: [isOutdone] } } };
}
