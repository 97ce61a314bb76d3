import type { Submitted } from '@occ-hub/provider-kit';

/** SingleOps' number of the lead, beside what every run is answered with: what a source asks for first. Nothing where there is none. */
export function leadIdOf(submitted: Submitted | undefined): { readonly lead_id?: string } {
  const id = submitted?.vendorIds['lead_id'];
  return id === undefined ? {} : { lead_id: id };
}
