import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChangeWindow, type RunFacts, changes, days } from './window.ts';
import type { Watermark } from './watermark.store.ts';

const now = Date.parse('2026-03-09T03:30:00Z');
const minute = 60_000;
const day = 24 * 60 * minute;
const windowing = changes({ days: 29, overlapMinutes: 10, fullPass: '30 8 * * *' });
const facts = (more: Partial<RunFacts> = {}): RunFacts => ({
  ...{ now, timeZone: 'America/New_York', reps: new Set(['r1']), known: new Set<string>() },
  ...{ removed: new Set<string>(), last: undefined },
  asked: false,
  ...more,
});
const mark = (ago: number, more: Partial<Watermark> = {}): Watermark => ({
  ...{ to: now - ago, reps: ['r1'], fullAt: now - ago },
  ...more,
});
const at = (iso: string) => Date.parse(iso);
/** The run after `facts`, so much later, and what it remembers. */
function next(windows: { readonly last: Watermark | undefined; readonly now: number; readonly reps?: string[] }) {
  const of = facts({ last: windows.last, now: windows.now, reps: new Set(windows.reps ?? ['r1']) });
  const window = windowing.plan(of);
  return { window, reached: windowing.reached(window, of)! };
}

describe('days', () => {
  const around = days({ before: 1, after: 7 });

  it("are counted around today by the company's calendar, whatever was asked before", () => {
    // Still the 8th in New York, already the 9th in Sydney.
    expect(around.plan(facts())).toEqual({ from: '2026-03-07', to: '2026-03-15' });
    expect(around.plan(facts({ timeZone: 'Australia/Sydney' }))).toEqual({ from: '2026-03-08', to: '2026-03-16' });
    expect(around.plan(facts({ last: mark(minute), asked: true }))).toEqual(around.plan(facts()));
  });

  it('see all there is, so that nothing has to be remembered', () => {
    expect(around.partial).toBe(false);
    expect(around.reached(around.plan(facts()), facts())).toBeUndefined();
  });
});

describe('changes', () => {
  it('are all of the last days at first', () => {
    expect(windowing.plan(facts())).toEqual({
      ...{ from: '2026-02-08T03:30:00.000Z', to: '2026-03-09T03:30:05.000Z', oldest: '2026-02-08T03:30:00.000Z' },
      ...{ reps: ['r1'], newReps: [], known: new Set(), removed: new Set(), full: true },
    });
  });

  it('are asked for from ten minutes before the last complete run on', () => {
    const window = windowing.plan(facts({ last: mark(15 * minute), known: new Set(['7']) }));
    expect(window).toMatchObject({ from: '2026-03-09T03:05:00.000Z', full: false, known: new Set(['7']) });
  });

  it('are asked for no further back than the days, where a look at the whole is rarer than that', () => {
    const rare = changes({ days: 29, overlapMinutes: 10, fullPass: '0 8 1 1 *' });
    const window = rare.plan(facts({ last: mark(40 * day) }));
    expect(window).toMatchObject({ from: '2026-02-08T03:30:00.000Z', full: false });
  });

  it('are all asked for again when a person asks', () => {
    const window = windowing.plan(facts({ last: mark(15 * minute), asked: true, reps: new Set(['r1', 'r2']) }));
    expect(window).toMatchObject({ from: '2026-02-08T03:30:00.000Z', full: true, reps: ['r1', 'r2'], newReps: [] });
  });

  it('tell the reps linked since from those whose changes are here, and forget the ones whose link ended', () => {
    const last = mark(15 * minute, { reps: ['r1', 'gone'] });
    const { window, reached } = next({ last, now, reps: ['r1', 'r2'] });
    expect(window).toMatchObject({ reps: ['r1'], newReps: ['r2'], full: false });
    expect(reached).toEqual({ to: now, reps: ['r1', 'r2'], fullAt: last.fullAt });
    // Linked again later, whatever happened between is asked for.
    expect(next({ last: reached, now: now + minute, reps: ['r2', 'gone'] }).window.newReps).toEqual(['gone']);
  });

  it('are looked at as a whole by the first run at or after each mark, once', () => {
    const before = { to: at('2026-03-09T08:29:00Z'), reps: ['r1'], fullAt: at('2026-03-08T08:30:00Z') };
    expect(next({ last: before, now: at('2026-03-09T08:29:59Z') }).window.full).toBe(false);
    const first = next({ last: before, now: at('2026-03-09T08:30:00Z') });
    expect([first.window.full, first.reached.fullAt]).toEqual([true, at('2026-03-09T08:30:00Z')]);
    expect(next({ last: first.reached, now: at('2026-03-10T08:29:59Z') }).window.full).toBe(false);
    expect(next({ last: first.reached, now: at('2026-03-10T08:31:00Z') }).window.full).toBe(true);
  });

  it('count a run that a person asked for as the look at the whole: the mark before it is done', () => {
    const asked = facts({ last: mark(2 * day), asked: true, now: at('2026-03-09T09:00:00Z') });
    const reached = windowing.reached(windowing.plan(asked), asked);
    expect(next({ last: reached, now: at('2026-03-09T09:15:00Z') }).window.full).toBe(false);
  });

  const runs = fc.array(
    fc.record({
      later: fc.integer({ min: 1_000, max: 40 * day }),
      reps: fc.uniqueArray(fc.constantFrom('r1', 'r2', 'r3')),
      fails: fc.boolean(),
      asked: fc.boolean(),
    }),
    { minLength: 1, maxLength: 30 },
  );

  /** Plays runs one after the other; a run that fails remembers nothing. */
  function played(each: typeof runs extends fc.Arbitrary<infer List> ? List : never) {
    const done: { window: ChangeWindow; facts: RunFacts }[] = [];
    let last: Watermark | undefined;
    let time = now;
    for (const { later, reps, fails, asked } of each) {
      time += later;
      const of = facts({ now: time, reps: new Set(reps), last, asked });
      const window = windowing.plan(of);
      done.push({ window, facts: of });
      if (!fails) last = windowing.reached(window, of);
    }
    return done;
  }

  it('leave no gap: each run begins at least the overlap before the last complete one ended, or as far back as is ever asked', () => {
    fc.assert(
      fc.property(runs, (each) => {
        for (const { window, facts: of } of played(each)) {
          const wanted = of.last === undefined ? -Infinity : of.last.to - 10 * minute;
          expect(at(window.from)).toBeLessThanOrEqual(Math.max(wanted, of.now - 29 * day));
          expect(at(window.from)).toBeGreaterThan(of.now - 29 * day - 1_000);
          // A change of this very moment is seen, whatever the seconds of the clocks.
          expect(at(window.to) - of.now).toBeGreaterThan(4_000);
          expect(at(window.to) - of.now).toBeLessThanOrEqual(5_000);
          expect(at(window.oldest)).toBe(Math.floor((of.now - 29 * day) / 1_000) * 1_000);
        }
      }),
    );
  });

  it('ask for every linked rep once: as one whose changes are here, or as a new one', () => {
    fc.assert(
      fc.property(runs, (each) => {
        for (const { window, facts: of } of played(each)) {
          expect([...window.reps, ...window.newReps].sort()).toEqual([...of.reps].sort());
          const here = new Set(of.last?.reps);
          if (!window.full) expect(window.newReps.filter((rep) => here.has(rep))).toEqual([]);
          if (!window.full) expect(window.reps.filter((rep) => !here.has(rep))).toEqual([]);
        }
      }),
    );
  });

  it('are looked at as a whole where there was no complete run, a person asked, or a mark has passed since; never else', () => {
    const marksBetween = (from: number, to: number) => {
      const first = Math.floor((from - 8.5 * 60 * minute) / day) + 1;
      return first * day + 8.5 * 60 * minute <= to;
    };
    fc.assert(
      fc.property(runs, (each) => {
        for (const { window, facts: of } of played(each)) {
          const due = of.last === undefined || of.asked || marksBetween(of.last.fullAt, of.now);
          expect(window.full).toBe(due);
        }
      }),
    );
  });
});
