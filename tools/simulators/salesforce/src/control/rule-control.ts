import { ControlError } from '@occ-hub/simulator-stage';
import type { AccessSwitches } from '../access/access-control.ts';
import type { CallKind } from '../faults/call-kind.ts';
import type { CallCount, LoggedCall } from '../faults/call-log.ts';
import type { Fault, FaultOrder } from '../faults/fault.ts';
import type { RowLock, RowLockOrder } from '../faults/row-locks.ts';
import type { Switches } from '../settings.ts';
import type { ControlParts } from './parts.ts';

/** Everything that can be switched while the org runs. */
export type AllSwitches = AccessSwitches & Switches;

/** The org's allowance of API calls in 24 hours. */
export interface LimitState {
  used: number;
  max: number;
}

/** Faults, the log of calls, the clock, the daily limit and the switches. */
export interface RuleControl {
  /** Orders a fault for calls to come. */
  fault(order: FaultOrder): Fault;
  /** Orders a lock that the n-th write of a record meets, however it comes in. */
  lockRow(order?: RowLockOrder): RowLock;
  faults(): { faults: Fault[]; locks: RowLock[] };
  clearFaults(): void;
  /** The last calls, oldest first. */
  calls(filter?: { kind?: CallKind; object?: string }): LoggedCall[];
  /** Calls by kind since the start or the last `forget`, bounded log or not. */
  counts(): Partial<Record<CallKind, CallCount>>;
  /** Empties the log and its counts. */
  forget(): void;
  limits(): LimitState;
  setLimits(change: { used?: number; max?: number }): LimitState;
  switches(): AllSwitches;
  configure(changes: Partial<AllSwitches>): AllSwitches;
  /** The org's clock, ISO; stamps, tokens, codes, the limit and the log go by it. */
  clock(): string;
  setClock(at: string | number): string;
  advance(ms: number): string;
  /** Ends every open query: their next pages are refused. */
  expireLocators(): void;
  /** How far `latestDateCovered` of updated and deleted lies behind. */
  lagUpdatedBy(ms: number): void;
}

export function ruleControl({ access, faults, limits, org, clock }: ControlParts): RuleControl {
  const limitState = (): LimitState => ({ used: limits.used(), max: limits.max() });
  const switches = (): AllSwitches => ({ ...access.accessSwitches(), ...org.switches });
  const now = (): string => new Date(clock.now()).toISOString();
  return {
    fault: (order) => {
      positive(order.count, 'A fault');
      return faults.order(order);
    },
    lockRow: (order = {}) => {
      positive(order.count, 'A lock');
      return faults.orderLock(order);
    },
    faults: () => faults.active(),
    clearFaults: () => faults.clear(),
    calls: (filter = {}) => structuredClone(faults.calls.last(filter)),
    counts: () => faults.calls.counts(),
    forget: () => faults.calls.clear(),
    limits: limitState,
    setLimits: (change) => {
      limits.set(change);
      return limitState();
    },
    switches,
    configure: (changes) => {
      const mine = Object.keys(access.accessSwitches());
      const entries = Object.entries(changes);
      access.configureAccess(Object.fromEntries(entries.filter(([name]) => mine.includes(name))));
      org.configure(Object.fromEntries(entries.filter(([name]) => !mine.includes(name))));
      return switches();
    },
    clock: now,
    setClock: (at) => {
      const instant = typeof at === 'number' ? at : Date.parse(at);
      if (!Number.isFinite(instant)) {
        throw new ControlError(400, `"${at}" is not an instant such as 2026-11-20T15:00:00Z.`);
      }
      clock.set(instant);
      return now();
    },
    advance: (ms) => {
      clock.advance(ms);
      return now();
    },
    expireLocators: () => org.expireLocators(),
    lagUpdatedBy: (ms) => org.lagUpdatedBy(ms),
  };
}

function positive(count: number | 'forever' | undefined, what: string): void {
  if (typeof count === 'number' && !(count >= 1)) {
    throw new ControlError(400, `${what} needs a count of 1 or more, or "forever".`);
  }
}
