import type { DeliveryFilter, DeliveryState } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import type { Clock } from '@occ-hub/service';
import { decodeCursor, encodeCursor, literalPattern } from '@occ-hub/store';
import type mongoose from 'mongoose';
import { type Delivery, parkedStates } from './delivery.ts';
import { type DeliveryModel, keptMs } from './delivery.store.ts';
import { keptByReplay } from './kept-by-replay.ts';

/** Whose deliveries: one org's, or all for an operator. */
export interface Whose {
  readonly org?: string | undefined;
}

export interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface ReplayAsk extends Whose {
  readonly deliveries?: readonly string[] | undefined;
  readonly filter?: DeliveryFilter | undefined;
  readonly plan: boolean;
  readonly by: string;
  readonly sendAgain: boolean;
}

export interface Replayed {
  readonly replayed: readonly string[];
  readonly skipped: readonly { readonly delivery: string; readonly reason: string }[];
  /** More match than are replayed at once. */
  readonly more: boolean;
}

/** Where a person looks into the ledger and puts parked work right. */
export interface Desk {
  /** Newest first. The cursor is opaque. */
  search(
    ask: Whose & Page & { filter: DeliveryFilter },
  ): Promise<{ deliveries: readonly Delivery[]; next: string | undefined }>;
  /** Fails as `rejected` when there is none of that id in that org. */
  get(ask: Whose & { delivery: string }): Promise<Delivery>;
  /** Puts parked deliveries back into the ledger, with what `keptByReplay` keeps of them. A second replay of the same finds nothing parked. */
  replay(ask: ReplayAsk): Promise<Replayed>;
  abort(ask: Whose & { delivery: string; by: string; reason: string }): Promise<Delivery>;
}

/** What waits for a person. */
const abortable: readonly DeliveryState[] = [...parkedStates, 'awaiting-choice'];

/** More than this at once is a decision to be made in parts. */
const mostReplayed = 1000;

export interface DeskParts {
  readonly clock: Clock;
  /** Something is due again. */
  readonly wake: () => void;
  /** A delivery came to its end here. */
  readonly tell: (delivery: Delivery) => void;
}

export function createDesk(model: DeliveryModel, { clock, wake, tell }: DeskParts): Desk {
  async function toReplay(ask: ReplayAsk): Promise<readonly Delivery[]> {
    const filter = ask.deliveries
      ? { _id: { $in: ask.deliveries } }
      : { ...filterOf(ask.filter ?? {}), ...parked(ask.filter) };
    return model
      .find({ ...filter, ...whose(ask) } as object)
      .sort({ order: 1 })
      .limit(mostReplayed + 1)
      .lean<Delivery[]>()
      .exec();
  }

  async function putBack(delivery: Delivery, { by, sendAgain }: ReplayAsk): Promise<boolean> {
    const now = clock();
    const set = { ...keptByReplay(delivery), state: 'waiting', nextAttemptAt: now, updatedAt: now, attempts: 0 };
    const changed = await model.updateOne(
      { _id: delivery._id, state: delivery.state, updatedAt: delivery.updatedAt },
      {
        $set: sendAgain ? { ...set, inDoubt: false } : set,
        $push: { replays: { at: now, by, sendAgain } },
        $unset: { untold: '', expiresAt: '' },
      },
    );
    return changed.modifiedCount === 1;
  }

  return {
    async search({ filter, limit, cursor, org }) {
      const conditions = { ...filterOf(filter), ...whose({ org }), ...after(cursor) };
      const found = await model
        .find(conditions as object)
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit + 1)
        .lean<Delivery[]>()
        .exec();
      const deliveries = found.slice(0, limit);
      const last = found.length > limit ? deliveries.at(-1) : undefined;
      return { deliveries, next: last && encodeCursor({ at: last.createdAt, id: last._id }) };
    },
    async get({ delivery, org }) {
      const found = await model
        .findOne({ _id: delivery, ...whose({ org }) } as object)
        .lean<Delivery>()
        .exec();
      if (!found) throw refusal('delivery-unknown', 'There is no such delivery.');
      return found;
    },
    async replay(ask) {
      if (ask.sendAgain && !ask.deliveries) {
        const message = '"Send again" is for deliveries that somebody looked for at the CRM: name them by their ids.';
        throw refusal('send-again-needs-ids', message);
      }
      const replayed: string[] = [];
      const skipped: { delivery: string; reason: string }[] = [];
      const matching = await toReplay(ask);
      const found = matching.slice(0, mostReplayed);
      for (const delivery of found) {
        const isParked = parkedStates.includes(delivery.state);
        if (isParked && (ask.plan || (await putBack(delivery, ask)))) replayed.push(delivery._id);
        else
          skipped.push({
            delivery: delivery._id,
            reason: isParked
              ? 'Somebody else put it back a moment ago.'
              : delivery.state === 'awaiting-choice'
                ? 'It waits for a choice: choose, and it goes on by itself.'
                : `It is ${delivery.state}: only parked and uncertain deliveries are replayed.`,
          });
      }
      const foundIds = new Set(found.map((each) => each._id));
      for (const id of ask.deliveries ?? [])
        if (!foundIds.has(id)) skipped.push({ delivery: id, reason: 'There is no such delivery.' });
      if (!ask.plan) wake();
      return { replayed, skipped, more: matching.length > found.length };
    },
    async abort({ delivery, org, by, reason }) {
      const now = clock();
      const changed = await model.findOneAndUpdate(
        { _id: delivery, state: { $in: abortable }, ...whose({ org }) } as object,
        {
          $set: {
            state: 'aborted',
            message: `Aborted by ${by}: ${reason}`,
            updatedAt: now,
            untold: 'aborted',
            mark: `aborted/${now}`,
            expiresAt: new Date(now + keptMs),
          },
          $unset: { choice: '', 'event.data.sealed': '' },
        },
        { returnDocument: 'after', lean: true },
      );
      if (!changed)
        throw refusal(
          'delivery-not-parked',
          'Only a delivery that is parked or uncertain, or waits for a choice, can be aborted.',
        );
      const aborted = changed as unknown as Delivery;
      tell(aborted);
      return aborted;
    },
  };
}

function parked(filter: DeliveryFilter | undefined): object {
  return { state: { $in: (filter?.state ?? parkedStates).filter((state) => parkedStates.includes(state)) } };
}

function whose({ org }: Whose): object {
  return org === undefined ? {} : { org };
}

function filterOf(filter: DeliveryFilter): mongoose.mongo.Filter<Delivery> {
  const { state, connection, code, event_type: eventType, subject, since, until } = filter;
  const created = { ...(since ? { $gte: Date.parse(since) } : {}), ...(until ? { $lte: Date.parse(until) } : {}) };
  return {
    ...(state ? { state: { $in: state } } : {}),
    ...(connection ? { connection } : {}),
    ...(code ? { code: { $regex: `^${literalPattern(code)}` } } : {}),
    ...(eventType ? { eventType } : {}),
    ...(subject ? { lane: subject } : {}),
    ...(since || until ? { createdAt: created } : {}),
  } as mongoose.mongo.Filter<Delivery>;
}

function after(cursor: string | undefined): object {
  if (cursor === undefined) return {};
  const { at, id } = decodeCursor(cursor);
  return { $or: [{ createdAt: { $lt: at } }, { createdAt: at, _id: { $lt: id } }] };
}

function refusal(what: string, message: string): HubError {
  return new HubError({ kind: 'rejected', code: `ledger.${what}`, message });
}
