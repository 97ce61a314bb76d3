import { setTimeout as pause } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import type { World } from '../account/world.ts';
import type { Fault, Faults } from '../faults/faults.ts';
import type { Answer } from './answer.ts';
import type { ApiCall } from './api-call.ts';
import type { CallLog } from './call-log.ts';
import type { Reply } from './spoil.ts';
import { json } from './answer.ts';
import { apiCallOf } from './api-call.ts';
import { accountOf, credentialsIn, withoutCredentials } from './credentials.ts';
import { decide } from './decide.ts';
import { spoilt } from './spoil.ts';

/** What answers the vendor's calls. */
export interface ApiParts {
  world: World;
  faults: Faults;
  log: CallLog;
  /** Fires when the simulator stops, so that no delayed answer outlives it. */
  stopping: AbortSignal;
}

/** Reads a call, lets it meet its faults, decides, records and answers. A caller that has gone away changes nothing. */
export function exchange({ world, faults, log, stopping }: ApiParts): RequestHandler {
  return async (request, response) => {
    const started = performance.now();
    const at = new Date(world.now()).toISOString();
    const call = apiCallOf(request);
    const { delayMs, fault } = faults.take(call.kind);
    if (delayMs > 0) await pause(delayMs, undefined, { signal: stopping }).catch(() => undefined);
    if (stopping.aborted) return;
    const { reply, answer, accountId } = meet(call, world, fault);
    log.add({
      at,
      call: call.kind,
      method: call.method,
      path: call.path,
      accountId,
      credentialsIn: credentialsIn(call),
      params: withoutCredentials(call),
      status: typeof reply === 'string' ? null : reply.status,
      leadId: answer?.leadId ?? null,
      error: answer?.error ?? null,
      fault: fault ? `${fault.kind} ${fault.when}` : delayMs > 0 ? `delay ${delayMs} ms` : null,
      ms: Math.round((performance.now() - started) * 10) / 10,
    });
    send(reply, request, response);
  };
}

interface Met {
  reply: Reply;
  /** Null when the fault came before anything was carried out. */
  answer: Answer | null;
  accountId: number | null;
}

function meet(call: ApiCall, world: World, fault: Fault | null): Met {
  if (fault?.when === 'before') {
    return { reply: spoilt(fault, null), answer: null, accountId: accountOf(call, world)?.id ?? null };
  }
  const { answer, account } = decided(call, world);
  return { reply: fault ? spoilt(fault, answer) : answer, answer, accountId: account?.id ?? null };
}

/** A fault of the simulator itself must be seen as one, not taken for a simulated fault. */
function decided(call: ApiCall, world: World): ReturnType<typeof decide> {
  try {
    return decide(call, world);
  } catch (error) {
    const text = `The simulator itself failed: ${String(error)}`;
    return { answer: json(500, { error: text }, { error: text }), account: null };
  }
}

function send(reply: Reply, request: Request, response: Response): void {
  if (reply === 'swallow') return;
  if (reply === 'cut') {
    request.socket.destroy();
    return;
  }
  response.writeHead(reply.status, {
    'content-type': reply.contentType,
    'content-length': Buffer.byteLength(reply.body),
    ...reply.headers,
  });
  response.end(reply.body);
}
