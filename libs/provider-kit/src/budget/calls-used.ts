/** What the vendor said of the calls made so far, as it is kept. */
export interface CallsUsed {
  readonly used: number;
  readonly limit: number;
  /** When it said so, by the store's clock, epoch ms. */
  readonly at: number;
}

/** What is left from here on is for write-backs and for what people ask for. */
const nearlyAll = 0.95;
/** Whoever stops asking hears nothing new: after an hour one run goes, and hears it. */
const believedMs = 60 * 60_000;

/** Whether so few calls are left that scheduled runs leave them to others. What was heard long ago counts no more. */
export function isNearlyUsed(calls: CallsUsed | undefined, now: number): calls is CallsUsed {
  if (!calls || calls.limit <= 0) return false;
  return calls.used >= calls.limit * nearlyAll && now - calls.at < believedMs;
}
