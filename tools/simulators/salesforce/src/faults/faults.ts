import { setTimeout as pause } from 'node:timers/promises';
import type { NextFunction, Request, Response } from 'express';
import { createFaultQueue } from '@occ-hub/simulator-stage';
import type { Clock } from '../clock.ts';
import type { LoggedCall } from './call-log.ts';
import type { Fault, FaultOrder } from './fault.ts';
import type { LockRefusal, RowLock, RowLockOrder } from './row-locks.ts';
import { callFacts } from './call-kind.ts';
import { CallLog } from './call-log.ts';
import { captured } from './captured.ts';
import { faultOf, fits } from './fault.ts';
import { RowLocks } from './row-locks.ts';
import { answerInstead, spoil } from './spoil.ts';

/** An HTTP handler of the org: a function that answers by itself, or an express router. */
export type Handler = (request: Request, response: Response, next: NextFunction) => unknown;

/** What goes wrong on purpose, and the log of every call. */
export interface Faults {
  /** The same handler, logged, and meeting the faults that are in force. */
  wrap(handler: Handler): (request: Request, response: Response, next: NextFunction) => void;
  /** Asked by every write of records, however it came in; a value refuses it with status 400. */
  lockRow(ids: readonly string[]): LockRefusal | undefined;
  /** Logs a part of a composite call beside the call itself. */
  part(of: Response, call: { method: string; url: string; status: number }): void;
  order(order: FaultOrder): Fault;
  orderLock(order: RowLockOrder): RowLock;
  active(): { faults: Fault[]; locks: RowLock[] };
  clear(): void;
  calls: CallLog;
}

export function createFaults(clock: Clock, { logSize = 1000 }: { logSize?: number } = {}): Faults {
  const calls = new CallLog(logSize);
  const locks = new RowLocks();
  const logged = new WeakMap<Response, LoggedCall>();
  const faults = createFaultQueue<Fault>();
  let lastId = 0;

  return {
    wrap: (handler) => (request, response, next) => {
      const call = callFacts(request.method, request.originalUrl);
      const { delays, fault } = faults.meet((one) => fits(one, call));
      const entry = calls.begin({ ...call, at: new Date(clock.now()).toISOString(), bytesIn: bytesIn(request) });
      entry.fault = toldOf([...delays, ...(fault ? [fault] : [])]);
      logged.set(response, entry);
      watch(response, entry, () => calls.settle(entry));
      const work = (done: Response): unknown => handler(request, done, next);
      meet({ delays, fault }, response, work).catch(next);
    },
    lockRow: (ids) => locks.meet(ids),
    part: (of, { method, url, status }) => {
      const whole = logged.get(of);
      const at = new Date(clock.now()).toISOString();
      const entry = calls.begin({ ...callFacts(method, url), at, bytesIn: null, within: whole?.number ?? null });
      entry.status = status;
      calls.settle(entry);
    },
    order: (order) => {
      lastId += 1;
      const fault = faultOf(lastId, order);
      faults.add(fault);
      return { ...fault };
    },
    orderLock: (order) => locks.order(order),
    active: () => ({ faults: faults.active(), locks: locks.active() }),
    clear: () => {
      faults.clear();
      locks.clear();
    },
    calls,
  };
}

async function meet(
  { delays, fault }: { delays: readonly Fault[]; fault: Fault | undefined },
  response: Response,
  work: (response: Response) => unknown,
): Promise<void> {
  for (const delay of delays) if (delay.when === 'before') await pause(delay.ms, undefined, { ref: false });
  const late = delays.find((delay) => delay.when === 'after');
  if (fault?.when === 'before') return answerInstead(fault, response);
  if (!fault && !late) {
    await work(response);
    return;
  }
  const failed: unknown[] = [];
  const answer = await captured(response, () => {
    void Promise.resolve(work(response)).catch((error: unknown) => {
      failed.push(error);
      if (!response.headersSent) response.status(500).end(String(error));
    });
  });
  if (late && !answer.isGone) await pause(late.ms, undefined, { ref: false });
  if (!fault || failed.length > 0) response.end(answer.body);
  else await spoil(fault, answer, response);
}

/** Fills in the entry when the answer leaves, or when the connection goes without one. */
function watch(response: Response, entry: LoggedCall, settle: () => void): void {
  const started = performance.now();
  let isSettled = false;
  const { end } = response;
  const settleOnce = (): void => {
    if (isSettled) return;
    isSettled = true;
    entry.ms = Math.round((performance.now() - started) * 10) / 10;
    settle();
  };
  const ended = (...given: unknown[]): Response => {
    entry.status = response.statusCode;
    const size = response.getHeader('content-length');
    entry.bytesOut = size === undefined ? sizeOf(given[0]) : Number(size);
    settleOnce();
    return Reflect.apply(end, response, given) as Response;
  };
  Object.assign(response, { end: ended });
  response.on('close', () => {
    if (!isSettled && response.headersSent) entry.status = response.statusCode;
    settleOnce();
  });
}

function sizeOf(chunk: unknown): number {
  return typeof chunk === 'string' || chunk instanceof Uint8Array ? Buffer.byteLength(chunk) : 0;
}

function bytesIn(request: Request): number | null {
  const told = request.headers['content-length'];
  return told === undefined ? null : Number(told);
}

function toldOf(faults: readonly Fault[]): string | null {
  const texts = faults.map((fault) =>
    fault.kind === 'delay' ? `delay ${fault.ms} ms` : `${fault.kind} ${fault.when}`,
  );
  return texts.length === 0 ? null : texts.join(', ');
}
