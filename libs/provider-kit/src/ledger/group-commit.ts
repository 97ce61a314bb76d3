/** Joins writes that come close together into one call to the store; each caller waits for its own write. */
export interface GroupCommit<Write> {
  add(write: Write): Promise<void>;
  /** Resolves when everything added so far is committed. */
  settled(): Promise<void>;
}

/**
 * While one commit is under way the next writes gather; nothing waits for a timer, so a lone write goes out at once. A
 * failed commit fails each of its writers.
 */
export function createGroupCommit<Write>(commit: (writes: readonly Write[]) => Promise<void>): GroupCommit<Write> {
  let gathered: Write[] = [];
  let next: Promise<void> | undefined;
  let current: Promise<void> = Promise.resolve();

  function add(write: Write): Promise<void> {
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
  }

  return {
    add,
    async settled() {
      while (next) await next.catch(() => undefined);
      await current.catch(() => undefined);
    },
  };
}
