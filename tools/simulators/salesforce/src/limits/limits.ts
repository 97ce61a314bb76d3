import type { Clock } from '../clock.ts';
import type { SimulatorOptions } from '../settings.ts';

/** The org's count of API calls over the last 24 hours, rolling. */
export interface Limits {
  count(): void;
  /** Value of `Sforce-Limit-Info`. */
  header(): string;
  used(): number;
  max(): number;
  /** The 403 of an org that has used up its calls; undefined while there are some left. */
  refusal(): { status: number; body: unknown } | undefined;
  /** Sets the allowance, what counts as used now, or both. */
  set(change: { used?: number; max?: number }): void;
}

const DAY = 24 * 3_600_000;
const SLOT = 60_000;

/** Counts by the minute of the org's clock, so that what is older than 24 hours falls out. */
export function createLimits(options: Pick<SimulatorOptions, 'dailyLimit'>, clock: Clock): Limits {
  let max = options.dailyLimit ?? 100_000;
  let slots = new Map<number, number>();
  let sum = 0;
  const slotNow = (): number => Math.floor(clock.now() / SLOT);
  const used = (): number => {
    const oldest = slotNow() - DAY / SLOT;
    for (const [slot, calls] of slots) {
      if (slot > oldest) continue;
      slots.delete(slot);
      sum -= calls;
    }
    return sum;
  };
  const add = (calls: number): void => {
    slots.set(slotNow(), (slots.get(slotNow()) ?? 0) + calls);
    sum += calls;
  };
  return {
    count: () => add(1),
    header: () => `api-usage=${used()}/${max}`,
    used,
    max: () => max,
    refusal: () => (used() < max ? undefined : { status: 403, body: DAILY_LIMIT }),
    set: (change) => {
      max = change.max ?? max;
      if (change.used === undefined) return;
      slots = new Map();
      sum = 0;
      add(change.used);
    },
  };
}

const DAILY_LIMIT = [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }];
