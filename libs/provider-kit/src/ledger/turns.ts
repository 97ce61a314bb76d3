import type { Clock } from '@occ-hub/service';
import type { Delivery } from './delivery.ts';
import type { DeliveryStore } from './delivery.store.ts';
import { type Candidate, type Room, headsOf, withinRoom } from './heads.ts';

/** Whose turn it is. */
export interface Turns {
  /** Claims deliveries that may be started now, as they are in the store at that moment. None: nothing is due that may go. */
  take(room: Room, without: readonly string[]): Promise<readonly Delivery[]>;
}

/** Candidates looked at together. */
const pageSize = 512;
/** Pages read in a row when lanes hold back what is in them: some 4,000 deliveries behind stuck elders hide nobody. */
const mostPages = 8;

/**
 * Reads the ledger a page at a time and keeps the heads that found no room yet, so that a full house costs one look, not
 * one for each delivery that ends. What is kept is only names: a claim takes what is still waiting and due, fresh.
 */
export function createTurns({ store, clock, owner }: { store: DeliveryStore; clock: Clock; owner: string }): Turns {
  let kept: readonly Candidate[] = [];

  async function look(wanted: number, without: readonly string[]): Promise<readonly Candidate[]> {
    const heads: Candidate[] = [];
    const lanes = new Set<string>();
    for (let page = 0; page < mostPages && heads.length < wanted; page++) {
      const due = await store.due({ now: clock(), limit: pageSize, without, withoutLanes: [...lanes] });
      if (due.length === 0) break;
      for (const each of due) lanes.add(each.lane);
      heads.push(...headsOf(due, await store.unsettledIn([...new Set(due.map((each) => each.lane))])));
      if (due.length < pageSize) break;
    }
    return heads;
  }

  return {
    async take(room, without) {
      const out = new Set(without);
      kept = kept.filter((each) => !out.has(each.connection));
      if (kept.length === 0) kept = await look(room.free, without);
      const { now, later } = withinRoom(kept, room);
      kept = later;
      return now.length === 0
        ? []
        : store.claim(
            now.map((each) => each._id),
            owner,
          );
    },
  };
}
