import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, systemClock } from './clock.ts';

export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  /** One short line when it is not. */
  readonly why?: string;
}

export interface ReadinessReport {
  readonly ready: boolean;
  readonly checks: readonly CheckResult[];
}

export interface Readiness {
  /** A check resolves when its part is there and throws when it is away. Called at most every half second, 1 s at a time. */
  add(name: string, check: () => Promise<void>): void;
  /** Never throws, and answers within about a second whatever the checks do. */
  report(): Promise<ReadinessReport>;
}

export interface ReadinessOptions {
  readonly clock?: Clock;
  readonly timeoutMs?: number;
  readonly cacheMs?: number;
}

/** Gathers what a process needs to do its work. Results are kept for half a second, so probes cost the parts little. */
export function createReadiness({ clock = systemClock, timeoutMs = 1_000, cacheMs = 500 }: ReadinessOptions = {}) {
  const checks = new Map<string, () => Promise<void>>();
  let kept: { at: number; report: Promise<ReadinessReport> } | undefined;
  const readiness: Readiness = {
    add(name, check) {
      checks.set(name, check);
      kept = undefined;
    },
    report() {
      if (kept === undefined || clock() - kept.at >= cacheMs) {
        kept = { at: clock(), report: reportOf(checks, timeoutMs) };
      }
      return kept.report;
    },
  };
  return readiness;
}

async function reportOf(checks: ReadonlyMap<string, () => Promise<void>>, timeoutMs: number): Promise<ReadinessReport> {
  const results = await Promise.all([...checks].map(([name, check]) => resultOf(name, check, timeoutMs)));
  return { ready: results.every((result) => result.ok), checks: results };
}

async function resultOf(name: string, check: () => Promise<void>, timeoutMs: number): Promise<CheckResult> {
  const giveUp = new AbortController();
  const late = async () => {
    await sleep(timeoutMs, undefined, { signal: giveUp.signal });
    throw new Error(`no answer within ${timeoutMs} ms`);
  };
  try {
    await Promise.race([(async () => check())(), late()]);
    return { name, ok: true };
  } catch (error) {
    return { name, ok: false, why: shortLine(error) };
  } finally {
    giveUp.abort();
  }
}

function shortLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? '').slice(0, 160) || 'away';
}
