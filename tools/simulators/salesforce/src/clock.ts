/** The org's clock, in epoch milliseconds. */
export interface Clock {
  now(): number;
  /** From here on the clock runs from `ms`. */
  set(ms: number): void;
  advance(ms: number): void;
}

/** A clock that follows `start` until it is set or advanced, and then keeps the distance to it. */
export function createClock(start: () => number): Clock {
  let offset = 0;
  return {
    now: () => start() + offset,
    set: (ms) => {
      offset = ms - start();
    },
    advance: (ms) => {
      offset += ms;
    },
  };
}
