import type { CallFacts, CallKind } from './call-kind.ts';

/** The ways a call can go wrong. What each does is told in the README. */
export const FAULT_KINDS = [
  'session',
  'session-for-rest',
  'daily',
  'concurrent',
  'long-running',
  'login-rate',
  'maintenance',
  'error',
  'status',
  'delay',
  'stall',
  'cut',
  'lose',
  'drop',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Which calls a fault is for: one kind, every write, or any (the token endpoint included). */
export type FaultTarget = CallKind | 'write' | 'rest' | 'any';

/** A fault to come. */
export interface FaultOrder {
  kind: FaultKind;
  /** Default `rest`: everything but the token endpoint; for `login-rate` always `token`. */
  calls?: FaultTarget;
  /** Only calls of this object, named in the path or in the FROM of a query. */
  object?: string;
  /** Only calls whose path contains this text. */
  path?: string;
  /** How many calls meet it. Default 1; `forever` until cleared. */
  count?: number | 'forever';
  /** Matching calls that get through first. Default 0. */
  skip?: number;
  /** Whether the org works first. Default before; `stall`, `cut` and `lose` are always after, `drop` always before. */
  when?: 'before' | 'after';
  /** Milliseconds of a delay. Default 2000. */
  ms?: number;
  /** Of kind `status`: the HTTP status. Default 500. */
  status?: number;
  /** Of kind `status`: an object or array is sent as JSON, a text as HTML. Default an UNKNOWN_EXCEPTION. */
  body?: unknown;
}

/** A fault in force. */
export interface Fault {
  id: number;
  kind: FaultKind;
  calls: FaultTarget;
  object: string | null;
  path: string | null;
  left: number | 'forever';
  skip: number;
  when: 'before' | 'after';
  ms: number;
  status: number;
  body: unknown;
  /** How many calls have met it. */
  met: number;
}

const ALWAYS_AFTER: readonly FaultKind[] = ['stall', 'cut', 'lose'];

export function faultOf(id: number, order: FaultOrder): Fault {
  const isAfter = ALWAYS_AFTER.includes(order.kind);
  return {
    id,
    kind: order.kind,
    calls: order.kind === 'login-rate' ? 'token' : (order.calls ?? 'rest'),
    object: order.object ?? null,
    path: order.path ?? null,
    left: order.count ?? 1,
    skip: order.skip ?? 0,
    when: isAfter ? 'after' : order.kind === 'drop' ? 'before' : (order.when ?? 'before'),
    ms: order.ms ?? 2000,
    status: order.status ?? 500,
    body: order.body,
    met: 0,
  };
}

const WRITES: readonly CallKind[] = ['create', 'update', 'delete', 'upload', 'composite'];

export function fits(fault: Fault, call: CallFacts): boolean {
  if (fault.object !== null && fault.object.toLowerCase() !== call.object?.toLowerCase()) return false;
  if (fault.path !== null && !call.path.toLowerCase().includes(fault.path.toLowerCase())) return false;
  if (fault.calls === 'any') return true;
  if (fault.calls === 'rest') return call.kind !== 'token';
  if (fault.calls === 'write') return WRITES.includes(call.kind);
  // A file is created, too, whoever asks for creations.
  return fault.calls === call.kind || (fault.calls === 'create' && call.kind === 'upload');
}
