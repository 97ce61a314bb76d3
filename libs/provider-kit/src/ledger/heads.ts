/** What is needed to decide whose turn it is. */
export interface Candidate {
  readonly _id: string;
  readonly lane: string;
  readonly order: string;
  readonly connection: string;
}

export interface Turn {
  /** Due deliveries, oldest first. */
  readonly due: readonly Candidate[];
  /** Every unsettled delivery of the lanes of `due`, those in somebody's hands and those that wait for a retry too. */
  readonly unsettled: readonly Candidate[];
  /** Deliveries that may be started now, in all and per connection. */
  readonly free: number;
  readonly freeOf: (connection: string) => number;
}

/**
 * The due deliveries that may go out now: of each lane only the eldest unsettled one, so that nothing overtakes. Pure,
 * and safe with any number of replicas: an elder that is in other hands still holds its lane.
 */
export function chooseHeads({ due, unsettled, free, freeOf }: Turn): readonly string[] {
  const eldest = new Map<string, Candidate>();
  for (const each of unsettled) {
    const known = eldest.get(each.lane);
    if (!known || each.order < known.order) eldest.set(each.lane, each);
  }
  const chosen: string[] = [];
  const started = new Map<string, number>();
  for (const each of due) {
    if (chosen.length >= free) break;
    if (eldest.get(each.lane)?._id !== each._id) continue;
    const already = started.get(each.connection) ?? 0;
    if (already >= freeOf(each.connection)) continue;
    started.set(each.connection, already + 1);
    chosen.push(each._id);
  }
  return chosen;
}
