import { createHash } from 'node:crypto';
import type { LeadPerfectionSimulator } from '@occ-hub/simulator-lead-perfection';
import type { Api } from '../api.ts';
import { check, until } from '../check.ts';
import { signedPdf } from '../pdf.ts';

export interface Job {
  id: string;
  customer_name: string;
  external_id: string;
}
export interface Appointment {
  id: string;
  job: string;
  external_id: string;
  crm_user_id: string;
  start_time: string;
  crm_status?: { status: string };
}
export interface CrmUser {
  crm_id: string;
  name: string;
  skipped?: number;
  suggestion?: { name: string };
}
export interface Run {
  id: string;
  state: string;
  changed: number;
  unchanged: number;
  fetched: number;
  skipped: Record<string, number>;
  skipped_reps: { crm_user_id: string; name: string; count: number }[];
  error?: { message: string };
}
export interface Written {
  id: string;
  crm_status?: { status: string };
}

export type Signed = Written & { readonly sha256: string };

/** What the steps hand on to each other. */
export interface World {
  readonly core: string;
  readonly crm: LeadPerfectionSimulator;
  readonly run: string;
  org: string;
  connection: string;
  admin: Api;
  rep: Api;
  members: string[];
  reps: CrmUser[];
  job?: Job;
  appointment?: Appointment;
  document?: Signed;
}

export const connectionPath = ({ org, connection }: World) => `/v1/orgs/${org}/connections/${connection}`;

export async function syncNow(world: World): Promise<Run> {
  const { run } = await world.admin.post<{ run: string }>(`${connectionPath(world)}/syncs`);
  const last = await world.admin.follow<Run>(`${connectionPath(world)}/syncs/${run}/events`, () => undefined);
  check(last?.state === 'done', `a finished sync, not ${last?.state}: ${last?.error?.message ?? ''}`);
  return last;
}

/** Links start syncs of their own; asking until one finds everything told gives the settled picture. */
export async function settledSync(world: World): Promise<Run> {
  return until('a sync that finds nothing new', async () => {
    const run = await syncNow(world);
    return run.changed === 0 && run;
  });
}

export async function sign(world: World, title: string): Promise<Signed> {
  const pdf = await signedPdf(title, world.job!.customer_name);
  const fields = { type: 'signed_agreement', title, appointment: world.appointment!.id };
  const document = await world.rep.upload<Written>(
    `/v1/orgs/${world.org}/jobs/${world.job!.id}/documents`,
    pdf,
    fields,
  );
  return { ...document, sha256: createHash('sha256').update(pdf).digest('hex') };
}

/** What LeadPerfection holds of a document. An earlier demo's org may still be writing there, so each is known by its id. */
export function copiesOf(world: World, document: Signed) {
  const held = world.crm.control.documents({ ilsid: Number(world.appointment!.external_id) });
  return held.filter((each) => each.filename.includes(document.id));
}
