import { HubError } from '@occ-hub/errors';
import { HttpProblem } from '@occ-hub/service';
import type { EndpointAnswer, Submitted } from './endpoint.ts';
import type { StandingChoice } from './sink.ts';

/**
 * What whoever handed something over is answered, of every provider in the same words: `outcome`, `run`, `status_url`, and
 * where there is any `repeated`, `ids`, `choice`, `step`, `code` and `message`. 201: delivered now; 200: delivered before, or
 * ended by a person; 202 with `Location`: it goes on, or waits for a person; 422: refused, and waits for a person. `runs` is
 * the address of all runs, `also` what this provider says beside.
 */
export function runAnswer(
  submitted: Submitted,
  runs: string,
  also: Readonly<Record<string, unknown>> = {},
): EndpointAnswer {
  const { status, outcome } = endOf(submitted);
  const { repeated } = submitted;
  const about = { ...aboutOf(submitted, runs), ...(repeated ? { repeated } : {}) };
  const headers: Record<string, string> = status === 202 ? { location: about.status_url } : {};
  return jsonAnswer(status, { outcome, ...about, ...factsOf(submitted), ...also }, headers);
}

/**
 * What whoever asks for a run, or made its choice, is answered: 200 and the same words whatever its outcome, since that is the
 * answer. Fails as problem 404 `endpoint.run-unknown` where there is none.
 */
export function standingAnswer(
  submitted: Submitted | undefined,
  runs: string,
  also: Readonly<Record<string, unknown>> = {},
): EndpointAnswer {
  if (submitted === undefined) throw runUnknown();
  const { outcome } = endOf(submitted);
  return jsonAnswer(200, { outcome, ...aboutOf(submitted, runs), ...factsOf(submitted), ...also });
}

/** To throw where what came before with this key said something else: a conflict (409) that names the run of then. */
export function keyUsed(submitted: Submitted, runs: string): HubError {
  const { run, status_url: statusUrl } = aboutOf(submitted, runs);
  const message = `What came before with this key or id said something else: run ${run}, ${statusUrl}. Nothing of this was taken. Send it with a key and an id of its own.`;
  return new HubError({ kind: 'stale', code: 'endpoint.key-used', message });
}

/** As JSON, not to be kept by anybody in between. */
export function jsonAnswer(status: number, body: unknown, more: Readonly<Record<string, string>> = {}): EndpointAnswer {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...more };
  return { status, headers, body: JSON.stringify(body) };
}

function endOf({ state, kind, repeated }: Submitted): { status: number; outcome: string } {
  switch (state) {
    case 'delivered':
      return { status: repeated ? 200 : 201, outcome: state };
    case 'awaiting-choice':
    case 'uncertain':
      return { status: 202, outcome: state };
    case 'waiting':
    case 'sending':
      return { status: 202, outcome: 'running' };
    case 'parked':
      return kind === 'rejected' || kind === 'unreadable'
        ? { status: 422, outcome: 'refused' }
        : { status: 202, outcome: 'failed' };
    default:
      return { status: 200, outcome: state };
  }
}

function aboutOf({ delivery: run }: Submitted, runs: string): { run: string; status_url: string } {
  return { run, status_url: `${runs}/${encodeURIComponent(run)}` };
}

function factsOf({ state, vendorIds, choice, failedStep, code, message }: Submitted): Record<string, unknown> {
  if (state === 'delivered') return { ids: vendorIds };
  return {
    ...(choice === null ? {} : { choice: shown(choice) }),
    ...(failedStep === null ? {} : { step: failedStep }),
    ...(code === null ? {} : { code }),
    ...(message === null ? {} : { message }),
  };
}

function shown({ name, prompt, options, expiresAt }: StandingChoice): unknown {
  return { name, prompt, options, expires_at: new Date(expiresAt).toISOString() };
}

function runUnknown(): HttpProblem {
  const message = 'This connection has no run of this id.';
  return new HttpProblem({ status: 404, code: 'endpoint.run-unknown', message });
}
