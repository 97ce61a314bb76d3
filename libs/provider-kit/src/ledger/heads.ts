/** What is needed to decide whose turn it is. */
export interface Candidate {
  readonly _id: string;
  readonly lane: string;
  readonly order: string;
  readonly connection: string;
}

/**
 * Of the due deliveries those that may go out: of each lane only the eldest unsettled one, so that nothing overtakes.
 * `unsettled` is everything unsettled in the lanes of `due`, what is in somebody's hands and what waits for a retry too:
 * an elder in other hands still holds its lane, so any number of replicas may decide at once.
 */
export function headsOf(due: readonly Candidate[], unsettled: readonly Candidate[]): readonly Candidate[] {
  const eldest = new Map<string, Candidate>();
  for (const each of unsettled) {
    const known = eldest.get(each.lane);
    if (!known || each.order < known.order) eldest.set(each.lane, each);
  }
  return due.filter((each) => eldest.get(each.lane)?._id === each._id);
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
