import type { DeliveryState } from '@occ-hub/contracts';

/** What is needed to decide whose turn it is. */
export interface Candidate {
  readonly _id: string;
  readonly lane: string;
  readonly order: string;
  readonly connection: string;
  readonly state: DeliveryState;
}

/**
 * Of the due deliveries those that may go out: of each lane only the eldest unsettled one, and none while another of the
 * lane is in somebody's hands, so that nothing overtakes and no two of a lane are sent at once. `unsettled` is everything
 * unsettled in the lanes of `due`; any number of replicas may decide at once.
 */
export function headsOf<Due extends Candidate>(due: readonly Due[], unsettled: readonly Candidate[]): readonly Due[] {
  const eldest = new Map<string, Candidate>();
  const busy = new Map<string, Set<string>>();
  for (const each of unsettled) {
    if (each.state === 'sending') busy.set(each.lane, (busy.get(each.lane) ?? new Set()).add(each._id));
    const known = eldest.get(each.lane);
    if (!known || each.order < known.order) eldest.set(each.lane, each);
  }
  const othersBusy = ({ lane, _id }: Candidate) => [...(busy.get(lane) ?? [])].some((id) => id !== _id);
  return due.filter((each) => eldest.get(each.lane)?._id === each._id && !othersBusy(each));
}

/** How many deliveries may be started now, in all and per connection. */
export interface Room {
  readonly free: number;
  readonly freeOf: (connection: string) => number;
}

/** Those that there is room for, oldest first, and those that have to wait for it. */
export function withinRoom(
  heads: readonly Candidate[],
  { free, freeOf }: Room,
): { now: Candidate[]; later: Candidate[] } {
  const now: Candidate[] = [];
  const later: Candidate[] = [];
  const started = new Map<string, number>();
  for (const each of heads) {
    const already = started.get(each.connection) ?? 0;
    if (now.length >= free || already >= freeOf(each.connection)) later.push(each);
    else {
      started.set(each.connection, already + 1);
      now.push(each);
    }
  }
  return { now, later };
}
