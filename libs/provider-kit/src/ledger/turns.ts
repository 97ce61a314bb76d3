import type { Clock } from '@occ-hub/service';
import type { Delivery } from './delivery.ts';
import type { DeliveryStore } from './delivery.store.ts';
import { type Candidate, type Room, headsOf, withinRoom } from './heads.ts';

/** Whose turn it is. */
export interface Turns {
  /** Claims deliveries that may be started now, as they are in the store at that moment. None: nothing is due that may go. */
  take(room: Room, without: readonly string[]): Promise<readonly Delivery[]>;
}

export interface TurnParts {
  readonly store: DeliveryStore;
  readonly clock: Clock;
  readonly owner: string;
}

/** Candidates looked at together. */
const pageSize = 512;
/** Looks in a row when lanes hold back what is in them: thousands of deliveries behind stuck elders hide nobody. */
const mostLooks = 8;

/**
 * Looks at the ledger a page at a time and keeps the names that found no room yet, so that a full house costs one look,
 * not one for each delivery that ends. What is kept is only names: before a claim they are asked about again.
 */
export function createTurns(parts: TurnParts): Turns {
  const { store, clock } = parts;
  let kept: readonly Candidate[] = [];

  return {
    async take(room, without) {
      const out = new Set(without);
      const heldBack = new Set<string>();
      kept = kept.filter((each) => !out.has(each.connection));
      for (let looks = 0; looks <= mostLooks;) {
        if (kept.length === 0) {
          looks += 1;
          kept = await store.due({ now: clock(), limit: pageSize, without, withoutLanes: [...heldBack] });
          if (kept.length === 0) return [];
        }
        const { now, later } = withinRoom(eldestOfEachLane(kept), room);
        if (now.length === 0) return [];
        const tried = new Set(now.map((each) => each.lane));
        kept = later.filter((each) => !tried.has(each.lane));
        for (const lane of tried) heldBack.add(lane);
        const claimed = await claimHeads(parts, now);
        if (claimed.length > 0) return claimed;
      }
      kept = [];
      return [];
    },
  };
}

/** A page comes oldest first; the younger ones of a lane have to wait anyway. */
function eldestOfEachLane(page: readonly Candidate[]): readonly Candidate[] {
  const lanes = new Set<string>();
  return page.filter(({ lane }) => !lanes.has(lane) && lanes.add(lane));
}

/**
 * Claims those that are the heads of their lanes. A replay may put an elder back, or another replica may take it, between
 * the question and the claim: so it is asked once more, and what is no head by then is given back.
 */
async function claimHeads(
  { store, clock, owner }: TurnParts,
  candidates: readonly Candidate[],
): Promise<readonly Delivery[]> {
  const lanesOf = (each: readonly Candidate[]) => each.map(({ lane }) => lane);
  const heads = headsOf(candidates, await store.unsettledIn(lanesOf(candidates)));
  if (heads.length === 0) return [];
  const mine = await store.claim(
    heads.map((each) => each._id),
    owner,
  );
  if (mine.length === 0) return [];
  const stillHeads = new Set(headsOf(mine, await store.unsettledIn(lanesOf(mine))).map((each) => each._id));
  for (const { _id: id, attempts } of mine) {
    if (stillHeads.has(id)) continue;
    const set = { state: 'waiting' as const, owner: null, attempts: attempts - 1, nextAttemptAt: clock() };
    await store.mark({ id, owner, set });
  }
  return mine.filter((each) => stillHeads.has(each._id));
}
