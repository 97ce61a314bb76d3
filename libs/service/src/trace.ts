import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

/** Gives so many random bytes. */
export type RandomBytes = (bytes: number) => Uint8Array;

const shape = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/;
const current = new AsyncLocalStorage<string>();

/** A new W3C trace context, sampled: `00-<trace>-<span>-01`. */
export function newTraceparent(random: RandomBytes = randomBytes): string {
  return `00-${hex(random(16))}-${hex(random(8))}-01`;
}

/** The next span of the same trace; a parent that is absent or not a traceparent starts a new trace. */
export function childTraceparent(parent: string | undefined, random: RandomBytes = randomBytes): string {
  const trace = traceIdOf(parent);
  return trace === undefined ? newTraceparent(random) : `00-${trace}-${hex(random(8))}-01`;
}

/** The 32 hex digits that all spans of a trace share, or undefined for what is not a traceparent. */
export function traceIdOf(traceparent: string | undefined): string | undefined {
  const match = traceparent === undefined ? null : shape.exec(traceparent);
  return match === null || traceparent?.startsWith('ff') ? undefined : match[1];
}

/** Runs the work with this trace context; everything awaited inside sees it. */
export function withTrace<Result>(traceparent: string, work: () => Result): Result {
  return current.run(traceparent, work);
}

/** The trace context of the work under way, if it has one. */
export function currentTraceparent(): string | undefined {
  return current.getStore();
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
