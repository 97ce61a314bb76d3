import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Company } from '../company/company.ts';
import type { Answer } from './answers.ts';
import type { Body } from './request-body.ts';
import type { Reply } from './spoil.ts';
import { webApiError } from './answers.ts';
import { loggedParams } from './logged-params.ts';
import { readBody } from './request-body.ts';
import { plainReply, spoiltReply } from './spoil.ts';

/** One request on its way through the company. */
export interface Exchange {
  company: Company;
  request: IncomingMessage;
  response: ServerResponse;
  /** What faults are matched against: `/token` or `Controller/Action`. */
  target: string;
  /** What the log calls it. */
  action: string;
  /** Fires when the simulator stops, so that no delayed answer outlives it. */
  stopping: AbortSignal;
  decide(body: Body): { answer: Answer; user: string | null };
}

/** Reads a request, lets it meet its faults, decides, answers and records. Never throws. */
export async function exchange(it: Exchange): Promise<void> {
  const { company, request, response } = it;
  if (company.door === 'closing') {
    request.socket.destroy();
    return;
  }
  const started = performance.now();
  const at = new Date(company.machineNow()).toISOString();
  let outcome: Outcome;
  try {
    outcome = await pass(it);
  } catch {
    // The caller went away while sending, or the simulator is stopping: there is nobody to answer.
    request.socket.destroy();
    return;
  }
  const { reply, ...facts } = outcome;
  const status = reply.kind === 'http' ? reply.status : null;
  const ms = Math.round((performance.now() - started) * 10) / 10;
  company.log.add({ at, action: it.action, ...facts, status, ms });
  send(reply, request, response);
}

interface Outcome {
  reply: Reply;
  user: string | null;
  params: Record<string, unknown>;
  applied: boolean;
  error: string | null;
  fault: string | null;
}

async function pass(it: Exchange): Promise<Outcome> {
  const { company } = it;
  const body = await readBody(it.request, company.switches.bodyLimit);
  const { delayMs, fault } = company.faults.take(it.target);
  if (delayMs > 0) await pause(delayMs, undefined, { signal: it.stopping });

  const params = loggedParams(body);
  const call = { action: it.action, machineNow: company.machineNow() };
  if (fault?.when === 'before') {
    const standIn: Answer = { status: 200, body: '[]', applied: false };
    return {
      reply: spoiltReply(fault, standIn, call),
      user: null,
      params,
      applied: false,
      error: null,
      fault: `${fault.kind} before`,
    };
  }
  const { answer, user } = decided(it, body);
  const reply = fault ? spoiltReply(fault, answer, call) : plainReply(answer);
  const met = fault ? `${fault.kind} after` : delayMs > 0 ? `delay ${delayMs} ms` : null;
  return { reply, user, params, applied: answer.applied, error: answer.error ?? null, fault: met };
}

/** A fault of the simulator itself must be seen as one, not taken for a simulated fault. */
function decided(it: Exchange, body: Body): ReturnType<Exchange['decide']> {
  try {
    return it.decide(body);
  } catch (error) {
    return { answer: webApiError(500, `The simulator itself failed: ${String(error)}`), user: null };
  }
}

/** Puts a reply on the wire, or withholds it. */
export function send(reply: Reply, request: IncomingMessage, response: ServerResponse): void {
  if (reply.kind === 'silence') return;
  if (reply.kind === 'none') {
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
