import { HubError } from '@occ-hub/errors';
import type { AppointmentRecord } from './appointment.ts';

/** Throws HubError(rejected) for an appointment that the CRM has deleted: whatever was sent for it would park. */
export function refuseRemoved({ removed_at }: Pick<AppointmentRecord, 'removed_at'>): void {
  if (removed_at === undefined || removed_at === null) return;
  throw new HubError({
    kind: 'rejected',
    code: 'core.appointment.removed',
    message:
      'This appointment was deleted in the CRM. Choose another one of the job; if it was deleted by mistake, restore it in the CRM and start a sync.',
  });
}
