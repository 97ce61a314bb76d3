/** Who waits in this process for the end of a delivery. */
export interface Waiters {
  /** Resolves when the delivery comes to an end in this process, or after so long. */
  until(delivery: string, ms: number): Promise<void>;
  /** A delivery came to an end. */
  ended(delivery: string): void;
}

export function createWaiters(): Waiters {
  const waiting = new Map<string, Set<() => void>>();
  return {
    until(delivery, ms) {
      return new Promise((resolve) => {
        const others = waiting.get(delivery) ?? new Set();
        waiting.set(delivery, others);
        const done = () => {
          clearTimeout(timer);
          others.delete(done);
          if (others.size === 0) waiting.delete(delivery);
          resolve();
        };
        const timer = setTimeout(done, ms);
        others.add(done);
      });
    },
    ended(delivery) {
      for (const done of [...(waiting.get(delivery) ?? [])]) done();
    },
  };
}
