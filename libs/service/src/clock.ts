/** Tells the time in epoch milliseconds. Passed in everywhere, so that tests hold the time in their hand. */
export type Clock = () => number;

/** The machine's clock. Handed in by a `main.ts`; nothing else reads the time. */
// eslint-disable-next-line no-restricted-syntax -- the one place where the machine's time comes in
export const systemClock: Clock = () => Date.now();
