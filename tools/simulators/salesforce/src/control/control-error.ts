import { SalesforceError } from '../records/salesforce-error.ts';

/** A wish of the simulator's operator that cannot be granted; `status` is what the HTTP twin answers. */
export class ControlError extends Error {
  readonly status: 400 | 404 | 409;

  constructor(status: 400 | 404 | 409, message: string) {
    super(message);
    this.name = 'ControlError';
    this.status = status;
  }
}

/** Carries out a wish; what the org has against it becomes a ControlError. */
export function granted<T>(wish: () => T): T {
  try {
    return wish();
  } catch (error) {
    if (error instanceof SalesforceError) throw new ControlError(error.status === 404 ? 404 : 400, error.message);
    if (error instanceof Error && /simulated org has no /.test(error.message)) {
      throw new ControlError(404, error.message);
    }
    throw error;
  }
}
