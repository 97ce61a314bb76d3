import { HubError } from '@occ-hub/errors';
import type { Clock, NewId } from '@occ-hub/service';
import type { Delivery } from './delivery.ts';
import type { DeliveryModel } from './delivery.store.ts';

export interface ChoiceAsk {
  /** Absent: of any org. */
  readonly org?: string | undefined;
  readonly delivery: string;
  /** The name of the question that is answered; absent: whichever it waits with. */
  readonly choice?: string | undefined;
  readonly option: string;
  readonly by: string;
}

/** The questions that deliveries wait with. Any replica may answer or end them; each is answered or ended once. */
export interface Choices {
  /**
   * Answers a question, and the delivery goes on in its turn. Fails as `rejected`: `ledger.choice-unknown` where the option
   * was not offered, `ledger.no-choice` where it waits for none (any more), `ledger.delivery-unknown`.
   */
  choose(ask: ChoiceAsk): Promise<Delivery>;
  /** Parks what nobody answered in time. Called now and then. */
  expire(): Promise<void>;
}

export interface ChoiceParts {
  readonly clock: Clock;
  readonly newId: NewId;
  /** Something is due again. */
  readonly wake: () => void;
  /** A delivery came to its end here. */
  readonly tell: (delivery: Delivery) => void;
}

export function createChoices(model: DeliveryModel, { clock, newId, wake, tell }: ChoiceParts): Choices {
  return {
    async choose({ delivery: id, org, choice: name, option, by }) {
      const found = await model
        .findOne({ _id: id, ...(org === undefined ? {} : { org }) })
        .lean<Delivery>()
        .exec();
      if (!found) throw refusal('delivery-unknown', 'There is no such delivery.');
      const now = clock();
      const { choice, updatedAt } = found;
      if (!choice || (name !== undefined && name !== choice.name) || choice.expiresAt <= now) throw noChoice();
      if (!choice.options.some((each) => each.id === option)) throw unknownOption();
      const chosen = { name: choice.name, option, by, at: now, finished: Object.keys(found.steps).length };
      const asItWas = { _id: id, state: 'awaiting-choice', updatedAt, 'choice.name': choice.name };
      const after = await model
        .findOneAndUpdate(
          asItWas as object,
          {
            $set: { state: 'waiting', nextAttemptAt: now, updatedAt: now },
            $push: { choices: chosen },
            $unset: { choice: '' },
          },
          { returnDocument: 'after' },
        )
        .lean<Delivery>()
        .exec();
      if (!after) throw noChoice();
      wake();
      return after;
    },
    async expire() {
      for (;;) {
        const now = clock();
        const expired = await model
          .findOneAndUpdate(
            { state: 'awaiting-choice', 'choice.expiresAt': { $lte: now } } as object,
            [{ $set: { failedStep: '$choice.name', ...ended(now, newId) } }, { $unset: 'choice' }],
            { returnDocument: 'after', updatePipeline: true },
          )
          .lean<Delivery>()
          .exec();
        if (!expired) return;
        tell(expired);
        wake();
      }
    },
  };
}

function ended(now: number, newId: NewId): Partial<Delivery> {
  const message =
    'Nobody chose in time, so nothing was sent. Replay it: the question is put anew, with what there is to choose then.';
  return {
    ...{ state: 'parked', kind: 'expired', code: 'ledger.choice-expired', message },
    ...{ updatedAt: now, untold: 'parked', mark: `expired/${newId()}` },
  };
}

function noChoice(): HubError {
  return refusal(
    'no-choice',
    'It waits for no such choice any more: somebody chose before, or the time is over. Look at it again.',
  );
}

function unknownOption(): HubError {
  return refusal('choice-unknown', 'This was not offered. Choose one of the options of the delivery.');
}

function refusal(what: string, message: string): HubError {
  return new HubError({ kind: 'rejected', code: `ledger.${what}`, message });
}
