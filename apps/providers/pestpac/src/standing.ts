import type { StandingChoice, Submitted } from '@occ-hub/provider-kit';

/** How a run stands, as it is answered. */
export interface RunAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** `at` is the address of all runs: `/v1/orgs/{org}/pestpac/runs`. */
export function runAnswer(submitted: Submitted, at: string): RunAnswer {
  const { delivery: run, repeated, state, vendorIds } = submitted;
  const common = { run, status_url: `${at}/${encodeURIComponent(run)}`, ...(repeated ? { repeated } : {}) };
  switch (state) {
    case 'delivered':
      return { status: 201, body: { outcome: 'delivered', ...common, ids: vendorIds } };
    case 'awaiting-choice':
      return { status: 202, body: { outcome: 'awaiting-choice', ...common, choice: choiceShown(submitted.choice) } };
    case 'waiting':
    case 'sending':
      return { status: 202, body: { outcome: 'running', ...common, ...troubleOf(submitted) } };
    default:
      return { status: 200, body: { outcome: 'failed', ...common, state, ...troubleOf(submitted) } };
  }
}

function troubleOf({ failedStep, code, message }: Submitted): Record<string, string> {
  return {
    ...(failedStep === null ? {} : { step: failedStep }),
    ...(code === null ? {} : { code }),
    ...(message === null ? {} : { message }),
  };
}

function choiceShown(choice: StandingChoice | null): unknown {
  if (choice === null) return undefined;
  const { name, prompt, options, expiresAt } = choice;
  return { name, prompt, options, expires_at: new Date(expiresAt).toISOString() };
}

/** As JSON, not to be kept by anybody in between. */
export function jsonAnswer(status: number, body: unknown) {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  return { status, headers, body: JSON.stringify(body) };
}
