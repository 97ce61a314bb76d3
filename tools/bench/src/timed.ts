import { inParallel, seconds } from './bare.ts';
import { percentile } from './print.ts';

export interface Timed {
  /** A second. */
  readonly rate: number;
  /** Milliseconds of each, sorted. */
  readonly took: readonly number[];
}

/** Does something so many times, so many at once, and takes the time of each. */
export async function timed(
  { times, atOnce }: { readonly times: number; readonly atOnce: number },
  work: (index: number) => Promise<void>,
): Promise<Timed> {
  const took: number[] = [];
  const taken = await seconds(() =>
    inParallel(times, atOnce, async (index) => {
      const begun = performance.now();
      await work(index);
      took.push(performance.now() - begun);
    }),
  );
  return { rate: times / taken, took: took.sort((one, other) => one - other) };
}

/** Milliseconds within which so much of them was done. */
export function within({ took }: Timed, part: number): number {
  return percentile(took, part);
}

export function latencyOf(each: Timed): string {
  const digits = within(each, 0.5) < 10 ? 1 : 0;
  return `p50 ${within(each, 0.5).toFixed(digits)} ms, p99 ${within(each, 0.99).toFixed(digits)} ms`;
}

/** One after another, and many at once. */
export interface Compared {
  readonly alone: Timed;
  readonly busy: Timed;
}

const mostAlone = 200;

/** Does something one after another, then many at once; the work is told which of it this is. */
export async function compared(
  { times, atOnce }: { readonly times: number; readonly atOnce: number },
  work: (stage: string) => Promise<void>,
): Promise<Compared> {
  const alone = await timed({ times: Math.min(times, mostAlone), atOnce: 1 }, () => work('one'));
  const busy = await timed({ times, atOnce }, () => work('many'));
  return { alone, busy };
}

/** Milliseconds that one of so many steps takes longer than its bare calls, one after another. */
export function addedPerStep(through: Compared, bare: Compared, steps: number): number {
  return (within(through.alone, 0.5) - within(bare.alone, 0.5)) / steps;
}
