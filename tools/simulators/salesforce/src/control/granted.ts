import { ControlError } from '@occ-hub/simulator-stage';
import { SalesforceError } from '../records/salesforce-error.ts';

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
