import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Company } from '../company/company.ts';
import type { Value } from '../records/value.ts';
import type { Answer } from './answer.ts';
import type { Body } from './request-body.ts';
import type { Reply } from './spoil.ts';
import { Refusal } from '../records/refusal.ts';
import { refusalAnswer } from './refusal-answer.ts';
import { readBody } from './request-body.ts';
import { replyOf, spoilt } from './spoil.ts';
import { pathWithoutSecrets, withoutSecrets } from './without-secrets.ts';

/** One request on its way through the company. */
export interface Exchange {
  company: Company;
  request: IncomingMessage;
  response: ServerResponse;
  /** Its name, for faults and the log: `POST /Leads`. */
  call: string;
  /** Fires when the simulator stops, so that no delayed answer outlives it. */
  stopping: AbortSignal;
  /** May throw a Refusal. `secret` keeps body and query out of the log. */
  decide(body: Body): Answer & { secret?: boolean };
}

/** Reads a request, lets it meet its faults, decides, answers and records. Never throws. */
export async function exchange(it: Exchange): Promise<void> {
  const { company, request, response } = it;
  if (company.door === 'closing') {
    request.socket.destroy();
    return;
  }
  const started = performance.now();
  const at = new Date(company.clock.now()).toISOString();
  try {
    const { reply, ...facts } = await pass(it);
    const status = reply.kind === 'http' ? reply.status : null;
    company.log.add({ at, call: it.call, ...facts, status, ms: Math.round((performance.now() - started) * 10) / 10 });
    send(reply, request, response);
  } catch {
    // The caller went away while sending, or the simulator is stopping: there is nobody to answer.
    request.socket.destroy();
  }
}

interface Outcome {
  reply: Reply;
  path: string;
  body: Value;
  applied: boolean;
  error: string | null;
  fault: string | null;
}

async function pass(it: Exchange): Promise<Outcome> {
  const body = await readBody(it.request);
  const { delayMs, fault } = it.company.faults.take(it.call);
  if (delayMs > 0) await pause(delayMs, undefined, { signal: it.stopping });
  const kept = { path: pathWithoutSecrets(it.request.url ?? '/'), body: keptBody(body) };
  if (fault?.when === 'before') {
    const reply = spoilt(fault, { status: 200, body: [], applied: false });
    return { reply, ...kept, applied: false, error: null, fault: `${fault.kind} before` };
  }
  const answer = decided(it, body);
  const reply = fault ? spoilt(fault, answer) : replyOf(answer);
  const met = fault ? `${fault.kind} after` : delayMs > 0 ? `delay ${delayMs} ms` : null;
  const shown = answer.secret ? { path: it.call, body: null } : kept;
  return { reply, ...shown, applied: answer.applied, error: answer.error ?? null, fault: met };
}

/** Forms go to the token endpoint only, and nothing in them needs to be kept but the kind of grant. */
function keptBody(body: Body): Value {
  if (body.kind === 'json') return withoutSecrets(body.value);
  return body.kind === 'form' ? { grant_type: body.form.get('grant_type') } : null;
}

function decided(it: Exchange, body: Body): Answer & { secret?: boolean } {
  try {
    return it.decide(body);
  } catch (error) {
    if (error instanceof Refusal) return refusalAnswer(error, it.company.switches.errorShape);
    // A fault of the simulator itself must be seen as one, not taken for a simulated fault.
    const content = `The simulator itself failed: ${String(error)}`;
    return { status: 500, text: { type: 'text/plain', content }, applied: false, error: content };
  }
}

function send(reply: Reply, request: IncomingMessage, response: ServerResponse): void {
  if (reply.kind === 'silence') return;
  if (reply.kind === 'none') {
    request.socket.destroy();
    return;
  }
  response.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) });
  response.end(reply.body);
}
