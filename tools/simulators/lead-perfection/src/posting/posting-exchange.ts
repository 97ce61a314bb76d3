import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Reply } from '../api/spoil.ts';
import type { Company } from '../company/company.ts';
import type { Fault } from '../company/faults.ts';
import type { Sent } from './lead-fields.ts';
import type { PostingAnswer } from './posting-answer.ts';
import { send } from '../api/exchange.ts';
import { loggedParams } from '../api/logged-params.ts';
import { readBytes } from '../api/request-body.ts';
import { spoiltReply } from '../api/spoil.ts';
import { maskedSent } from './posting-body.ts';

/** One post on its way through a door. */
export interface PostingCall {
  company: Company;
  request: IncomingMessage;
  response: ServerResponse;
  /** Fires when the simulator stops. */
  stopping: AbortSignal;
  /** What the log calls it and faults are matched against: `addlead`, `addleads.asp`. */
  door: string;
  /** How this door says no, and yes without a number; for the faults that do. */
  words: { refusal: PostingAnswer; numberless: PostingAnswer };
  decide(bytes: Buffer): { answer: PostingAnswer; sent: Sent };
}

/** Reads a post, lets it meet its faults, decides, answers and records. Never throws. */
export async function postingExchange(call: PostingCall): Promise<void> {
  const { company, request, response } = call;
  if (company.door === 'closing') {
    request.socket.destroy();
    return;
  }
  const started = performance.now();
  const at = new Date(company.machineNow()).toISOString();
  try {
    const bytes = await readBytes(request, company.switches.bodyLimit);
    const { delayMs, fault } = company.faults.take(call.door);
    if (delayMs > 0) await pause(delayMs, undefined, { signal: call.stopping });
    const carriedOut = fault?.when !== 'before';
    const { answer, sent } = carriedOut
      ? decided(call, bytes)
      : { answer: call.words.refusal, sent: new Map<string, string>() };
    const reply = fault ? spoilt(call, fault, answer) : asReply(answer);
    company.log.add({
      at,
      action: call.door,
      user: null,
      params: loggedParams({ kind: 'form', params: maskedSent(sent) }),
      status: reply.kind === 'http' ? reply.status : null,
      applied: carriedOut && answer.applied,
      error: (carriedOut && answer.error) || null,
      fault: fault ? `${fault.kind} ${fault.when}` : delayMs > 0 ? `delay ${delayMs} ms` : null,
      ms: Math.round((performance.now() - started) * 10) / 10,
    });
    send(reply, request, response);
  } catch {
    // The caller went away while sending, or the simulator is stopping: there is nobody to answer.
    request.socket.destroy();
  }
}

/** A fault of the simulator itself must be seen as one, not taken for a simulated fault. */
function decided(call: PostingCall, bytes: Buffer | 'too-large'): ReturnType<PostingCall['decide']> {
  if (bytes === 'too-large') return { answer: tooLarge, sent: new Map() };
  try {
    return call.decide(bytes);
  } catch (error) {
    const body = `The simulator itself failed: ${String(error)}`;
    const answer = { status: 500, contentType: 'text/plain', body, applied: false, error: body };
    return { answer, sent: new Map() };
  }
}

const tooLarge: PostingAnswer = {
  status: 413,
  contentType: 'text/html',
  body: 'Maximum request length exceeded.',
  applied: false,
  error: 'Maximum request length exceeded.',
};

function asReply({ status, contentType, body }: PostingAnswer): Reply {
  return { kind: 'http', status, contentType, headers: {}, body };
}

function spoilt(call: PostingCall, fault: Fault, answer: PostingAnswer): Reply {
  if (fault.kind === 'refused') return asReply(call.words.refusal);
  if (fault.kind === 'no-number') return asReply(answer.applied ? call.words.numberless : answer);
  const about = { action: call.door, machineNow: call.company.machineNow() };
  const reply = spoiltReply(fault, answer, about);
  // Half of an answer keeps the type of the whole one.
  return fault.kind === 'truncated' && reply.kind === 'http' ? { ...reply, contentType: answer.contentType } : reply;
}
