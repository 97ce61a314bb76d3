import type { OutboundRequest, OutboundResponse, Vars } from '../module/contract.ts';
import type { Snapshot } from './event.ts';
import type { Step } from './flow.ts';
import type { Hosts } from './http-call.ts';
import { deliverable, plain } from '../typed/typed-value.ts';
import { httpCall, NoAnswer } from './http-call.ts';
import { putAt, valueAt } from './paths.ts';
import { recipientRequest, recipientResponse } from './recipient.ts';
import { credentialNames } from './step-vars.ts';
import { withoutSecrets } from './without-secrets.ts';

/** What running a step needs from the platform. */
export interface RunConditions {
  hosts: Hosts;
  stopping: AbortSignal;
}

type Run = Omit<Snapshot, 'number' | 'at'>;
type Result = Pick<Run, 'request' | 'response' | 'appended' | 'outcome' | 'reason'>;

/** Runs one delivery step the way the platform does: validate, request, HTTP within the timeout, response. Never rejects. */
export async function runStep(step: Step, vars: Vars, conditions: RunConditions): Promise<Run> {
  const started = performance.now();
  const names = credentialNames(step);
  const secrets = new Map(names.map((name) => [name, String(deliverable(valueAt(vars, name)) ?? '')]));
  const result = await attempt(step, vars, conditions);
  const ms = Math.round((performance.now() - started) * 10) / 10;
  const request = result.request && withoutSecrets(result.request, [...secrets.values()]);
  // A module masks its own secrets once its request is built. Whether it did is told, but none is ever kept.
  const readable = [...secrets].filter(
    ([name, secret]) => secret !== '' && deliverable(valueAt(vars, name)) === secret,
  );
  const unmasked = step.module && request ? readable.map(([name]) => name) : [];
  for (const [name, secret] of readable) putAt(vars, name, '*'.repeat(secret.length));
  return { ...result, vars: plain(vars), request, unmasked, ms };
}

async function attempt(step: Step, vars: Vars, conditions: RunConditions): Promise<Result> {
  let request: OutboundRequest | null = null;
  let response: OutboundResponse | null = null;
  try {
    const unfit = step.module?.validate?.(vars);
    if (unfit) return skipped(unfit);
    request = step.module ? step.module.request(vars) : recipientRequest(step, vars);
    response = await httpCall(request, { timeoutSeconds: secondsOf(step, vars), ...conditions });
    const appended = step.module ? step.module.response(vars, request, response) : recipientResponse(response);
    return { request: shown(request), response, ...judged({ ...appended }) };
  } catch (error) {
    const reason = error instanceof NoAnswer ? error.message : `The integration failed: ${String(error)}`;
    const appended = { outcome: 'error', reason };
    return { request: request && shown(request), response, appended, outcome: 'error', reason };
  }
}

function skipped(reason: string): Result {
  return { request: null, response: null, appended: { outcome: 'skip', reason }, outcome: 'skip', reason };
}

/** A step may set the timeout by its variable; the platform's own is the last word otherwise. */
function secondsOf(step: Step, vars: Vars): number {
  const own = Number(deliverable(vars['timeout_seconds']));
  return Number.isFinite(own) && own > 0 ? own : step.timeoutSeconds;
}

/** The outcome stands flat, or one level down in the integration's own namespace. */
function judged(appended: Record<string, unknown>): Pick<Result, 'appended' | 'outcome' | 'reason'> {
  const nested = Object.values(appended).find(
    (one): one is Record<string, unknown> => typeof one === 'object' && one !== null && 'outcome' in one,
  );
  const { outcome, reason } = 'outcome' in appended ? appended : (nested ?? {});
  if (outcome === 'success' || outcome === 'failure' || outcome === 'error') {
    return { appended, outcome, reason: reason === undefined || reason === null ? null : String(reason) };
  }
  return { appended, outcome: 'error', reason: `The integration appended no outcome (${String(outcome)})` };
}

function shown(request: OutboundRequest): NonNullable<Result['request']> {
  return { method: request.method, url: request.url, headers: { ...request.headers }, body: request.body ?? '' };
}
