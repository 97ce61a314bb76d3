/** What one run of a step looked like. Secrets are gone from it. */
export interface Snapshot {
  number: number;
  at: string;
  /** The variables as the step left them, as plain data. */
  vars: unknown;
  /** Null when the step was skipped or could not be built. */
  request: { method: string; url: string; headers: Record<string, string>; body: string } | null;
  response: { status: number; headers: Record<string, string>; body: string } | null;
  appended: Record<string, unknown>;
  /** `skip` when the step's validation found the lead unfit. */
  outcome: 'success' | 'failure' | 'error' | 'skip';
  reason: string | null;
  /** Credentials the module left readable on its variables: a fault of the module. */
  unmasked: string[];
  ms: number;
}

/** One lead at one delivery step. Its id is what feedback names. A delivery posted twice has two runs. */
export interface LeadEvent {
  id: string;
  leadId: string;
  flowId: string;
  step: string;
  at: string;
  runs: Snapshot[];
}
