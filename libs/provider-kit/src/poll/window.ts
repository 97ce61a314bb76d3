import type { SyncRun } from '@occ-hub/contracts';
import { Cron } from 'croner';
import { DateTime } from 'luxon';
import { type DayWindow, daysAround } from './days.ts';
import type { Watermark } from './watermark.store.ts';

/** What a run knows when it plans its window. */
export interface RunFacts {
  /** Epoch ms, by the vendor's clock where the source has one. */
  readonly now: number;
  readonly timeZone: string;
  /** CRM users with an active link. */
  readonly reps: ReadonlySet<string>;
  /** Ids that were published and not told as removed since. */
  readonly known: ReadonlySet<string>;
  /** Ids that were told as removed. */
  readonly removed: ReadonlySet<string>;
  /** How far the last complete run came; undefined before the first one. */
  readonly last: Watermark | undefined;
  /** A person asked for this run, and wants to see everything. */
  readonly asked: boolean;
}

/** A person asked, or authorized: such a run trusts no watermark. */
export function looksAtEverything(reason: SyncRun['reason']): boolean {
  return reason === 'person' || reason === 'authorized';
}

/** How a source's window is found. */
export interface Windowing<Window> {
  readonly plan: (facts: RunFacts) => Window;
  /** For people: what was asked. */
  readonly shown: (window: Window) => { readonly from: string; readonly to: string };
  /** A run sees only some of what there is, so the jobs that records belong to are remembered from run to run. */
  readonly partial: boolean;
  /** How far a complete run came; undefined where nothing has to be remembered. */
  readonly reached: (window: Window, facts: RunFacts) => Watermark | undefined;
}

/** The same days around today every run. */
export function days(around: { before: number; after: number }): Windowing<DayWindow> {
  return {
    plan: ({ now, timeZone }) => daysAround(DateTime.fromMillis(now, { zone: timeZone }).toISODate()!, around),
    shown: (window) => window,
    partial: false,
    reached: () => undefined,
  };
}

/** What changed between two instants (ISO 8601, UTC): `from` included, `to` not. */
export interface ChangeWindow {
  readonly from: string;
  readonly to: string;
  /** As far back as is ever asked: for new reps and in a full pass. */
  readonly oldest: string;
  /** Reps whose changes up to `from` are here already. */
  readonly reps: readonly string[];
  /** Reps linked since the last complete run. */
  readonly newReps: readonly string[];
  /** Ids that were published: whatever becomes of them is followed. */
  readonly known: ReadonlySet<string>;
  /** Ids that were told as removed: a full pass asks for them, too, since what was hidden may come back to sight. */
  readonly removed: ReadonlySet<string>;
  /** Everything is looked at again: what the vendor's stamps do not show, and what vanished. */
  readonly full: boolean;
}

export interface ChangesHow {
  /** How far back changes are asked for at most. */
  readonly days: number;
  /** A change may become visible only a while after its stamp. */
  readonly overlapMinutes: number;
  /** Cron (UTC): the first run after each mark is a full pass. */
  readonly fullPass: string;
}

/** What changed since the last complete run; everything of the last days where there was none, or a person asked. */
export function changes({ days: back, overlapMinutes, fullPass }: ChangesHow): Windowing<ChangeWindow> {
  const mark = new Cron(fullPass, { timezone: 'UTC' });
  const isFull = ({ now, last, asked }: RunFacts) =>
    asked || last === undefined || (mark.nextRun(new Date(last.fullAt))?.getTime() ?? Infinity) <= now;
  return {
    plan: (facts) => {
      const { now, reps, known, removed, last } = facts;
      const full = isFull(facts);
      const oldest = now - back * 86_400_000;
      const from = full ? oldest : Math.max(oldest, last!.to - overlapMinutes * 60_000);
      const before = new Set(last?.reps);
      return {
        ...{ from: iso(from), to: iso(now + soonMs), oldest: iso(oldest), known, removed, full },
        reps: [...reps].filter((rep) => full || before.has(rep)),
        newReps: full ? [] : [...reps].filter((rep) => !before.has(rep)),
      };
    },
    shown: ({ from, to }) => ({ from, to }),
    partial: true,
    reached: ({ full }, { now, reps, last }) => ({ to: now, reps: [...reps], fullAt: full ? now : last!.fullAt }),
  };
}

/** A person syncs right after a change: the two clocks' seconds must not hide it. What the next run sees again is no harm. */
const soonMs = 5_000;

/** Whole seconds: vendors cut them off. The overlap makes good for it. */
function iso(ms: number): string {
  return new Date(Math.floor(ms / 1000) * 1000).toISOString();
}
