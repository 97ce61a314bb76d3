import { type TestHub, quietClock } from '@occ-hub/provider-kit/testing';

/** A clock for hub and company that a test can move on. The store has a clock of its own. */
export interface PassingTime {
  readonly now: () => number;
  /** As if so much time had passed: for whoever asks the clock, and for what the store has stamped. */
  pass(hub: Pick<TestHub, 'database'>, ms: number): Promise<void>;
}

/** Like the quiet clock of the other specs, and it can be moved on. */
export function passingTime(): PassingTime {
  const base = quietClock(10);
  let ahead = 0;
  return {
    now: () => base() + ahead,
    async pass({ database }, ms) {
      ahead += ms;
      await ageGrants({ database }, ms);
      await database
        .collection('connections')
        .updateMany({ restUntil: { $exists: true } }, { $inc: { restUntil: -ms }, $currentDate: { changedAt: true } });
    },
  };
}

/** As if every refresh had been so much earlier: a token that is refused right after one is taken for useless, not for old. */
export async function ageGrants({ database }: Pick<TestHub, 'database'>, ms = 60_000): Promise<void> {
  await database.collection('grants').updateMany({}, { $inc: { refreshedAt: -ms } });
}
