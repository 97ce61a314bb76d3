import type { LeadPerfectionSimulator } from '@occ-hub/simulator-lead-perfection';
import type { CrmUser, Office, Signed } from '../office.ts';

/** What the steps hand on to each other. */
export interface World extends Office {
  readonly crm: LeadPerfectionSimulator;
  reps: CrmUser[];
}

/** What LeadPerfection holds of a document. An earlier demo's org may still be writing there, so each is known by its id. */
export function copiesOf(world: World, document: Signed) {
  const held = world.crm.control.documents({ ilsid: Number(world.appointment!.external_id) });
  return held.filter((each) => each.filename.includes(document.id));
}
