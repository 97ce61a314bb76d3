/** Joins writes that come close together into one call to the store; each caller waits for its own write. */
export interface JoinedWrites<Write> {
  add(write: Write): Promise<void>;
}

/**
 * While one commit is under way the next writes gather; nothing waits for a timer, so a lone write goes out at once. A
 * failed commit fails each of its writers.
 */
export function createJoinedWrites<Write>(commit: (writes: readonly Write[]) => Promise<void>): JoinedWrites<Write> {
  let gathered: Write[] = [];
  let next: Promise<void> | undefined;
  let current: Promise<void> = Promise.resolve();

  return {
    add(write) {
      gathered.push(write);
      next ??= current
        .catch(() => undefined)
        .then(() => {
          const writes = gathered;
          gathered = [];
          current = next!;
          next = undefined;
          return commit(writes);
        });
      return next;
    },
  };
}
