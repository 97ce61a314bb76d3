import type { VendorIds } from '@occ-hub/provider-kit';

/**
 * The lead that an earlier sending of the same lead made, as this one is answered; undefined where none did. `before` are
 * the ids of the earlier ones, who may have come as far as finding a client: only what stands with a lead counts.
 */
export function leadThere({ lead_id: lead, client_id: client, ...before }: VendorIds): VendorIds | undefined {
  if (lead === undefined) return undefined;
  const { appointment_external_id: task } = before;
  return {
    lead_id: lead,
    ...(client === undefined ? { client: 'new' } : { client: 'existing', client_id: client }),
    ...(task === undefined ? {} : { appointment_external_id: task }),
    remark: 'The lead was there already: an earlier sending made it, and nothing was sent now.',
  };
}
