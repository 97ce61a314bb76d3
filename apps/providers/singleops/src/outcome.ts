import type { StandingChoice, Submitted } from '@occ-hub/provider-kit';

/** How a lead stands, as its source is answered. */
export interface Outcome {
  /** What a POST of the lead is answered with. */
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** `leads` is the address of all leads: `/v1/orgs/{org}/singleops/leads`. */
export function outcomeOf(submitted: Submitted, leads: string): Outcome {
  const { delivery: run, repeated, state, kind, vendorIds } = submitted;
  const about = { run, status_url: `${leads}/${encodeURIComponent(run)}`, repeated };
  switch (state) {
    case 'delivered':
      return { status: repeated ? 200 : 201, body: { outcome: 'created', ...about, ...vendorIds } };
    case 'awaiting-choice':
      return { status: 202, body: { outcome: 'awaiting-choice', ...about, choice: shown(submitted.choice) } };
    case 'waiting':
    case 'sending':
      return { status: 202, body: { outcome: 'running', ...about, ...troubleOf(submitted) } };
    case 'parked':
      return kind === 'rejected' || kind === 'unreadable'
        ? { status: 422, body: { outcome: 'refused', ...about, ...troubleOf(submitted) } }
        : { status: 202, body: { outcome: 'failed', ...about, ...troubleOf(submitted) } };
    // Uncertain waits for a person; the rest were ended by one.
    default:
      return { status: 202, body: { outcome: state, ...about, ...troubleOf(submitted) } };
  }
}

function troubleOf({ failedStep, code, message }: Submitted): Record<string, string> {
  return {
    ...(failedStep === null ? {} : { step: failedStep }),
    ...(code === null ? {} : { code }),
    ...(message === null ? {} : { message }),
  };
}

function shown(choice: StandingChoice | null): unknown {
  if (choice === null) return undefined;
  const { name, prompt, options, expiresAt } = choice;
  return { name, prompt, options, expires_at: new Date(expiresAt).toISOString() };
}
