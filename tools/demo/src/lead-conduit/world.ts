import type { LeadConduitSimulator } from '@occ-hub/simulator-lead-conduit';
import type { LeadPerfectionSimulator } from '@occ-hub/simulator-lead-perfection';
import type { Office } from '../office.ts';

/** What the steps hand on to each other. */
export interface World extends Office {
  /** LeadPerfection, whose queue the leads go to. */
  readonly crm: LeadPerfectionSimulator;
  readonly platform: LeadConduitSimulator;
  /** The service's own door. */
  readonly door: string;
  /** Ids of LeadConduit's events, by what happened to the lead. */
  events: { accepted: string; merged: string; refused: string };
}

/** A lead of this play; every play has people of its own. */
export function aLead({ run }: World, changes: Record<string, unknown>): Record<string, unknown> {
  const number = Number.parseInt(run, 36) % 10_000;
  return {
    ...{ first_name: 'Pat', last_name: 'Moreno', address_1: `${number} Kestrel Ct`, city: 'Middle River', state: 'MD' },
    ...{ postal_code: '21220', phone_1: `410555${String(number).padStart(4, '0')}`, srs_id: '001488' },
    ...changes,
  };
}
