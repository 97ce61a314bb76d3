import { createHash } from 'node:crypto';
import type { ListrTask } from 'listr2';
import { type Api, apiAs, tokenFor } from './api.ts';
import { check, until } from './check.ts';
import { signedPdf } from './pdf.ts';

export interface Job {
  id: string;
  customer_name: string;
  external_id: string;
}
export interface Written {
  id: string;
  crm_status?: { status: string };
}
export interface SalesOpportunity {
  id: string;
  name: string;
  result: string;
  result_detail: string;
  crm_status?: { status: string };
}
export interface Appointment extends Written {
  job: string;
  external_id: string;
  crm_user_id: string;
  start_time: string;
  sales_opportunities: SalesOpportunity[];
}
export interface CrmUser {
  crm_id: string;
  name: string;
  skipped?: number;
  link?: { active: boolean; changed_by: string };
  suggestion?: { name: string };
}
export interface Run {
  id: string;
  state: string;
  changed: number;
  unchanged: number;
  fetched: number;
  removed: number;
  vendor_calls: number;
  skipped: Record<string, number>;
  skipped_reps: { crm_user_id: string; name: string; count: number }[];
  error?: { message: string };
}

export type Signed = Written & { readonly sha256: string };

/** One org in OCC, as the steps of an act use it and hand it on. */
export interface Office {
  readonly core: string;
  /** Tells this play's org from those of earlier ones. */
  readonly run: string;
  org: string;
  connection: string;
  admin: Api;
  rep: Api;
  members: string[];
  job?: Job;
  appointment?: Appointment;
  document?: Signed;
}

/** An office before anything happened. */
export function newOffice(core: string): Office {
  return {
    core,
    run: Date.now().toString(36),
    ...{ org: '', connection: '', members: [] },
    ...{ admin: apiAs(core, ''), rep: apiAs(core, '') },
  };
}

export type Step<World> = [title: string, work: (world: World) => Promise<string>];

/** Steps as tasks with progress; each says what it saw. */
export function asTasks<World>(steps: readonly Step<World>[], world: World): ListrTask[] {
  return steps.map(([title, work]) => ({
    title,
    task: async (_context, task) => {
      task.title = `${title} — ${await work(world)}`;
    },
  }));
}

/** Makes the org with an admin and these reps; the first one works the job. */
export async function openOffice(office: Office, reps: readonly { name: string; email: string }[]): Promise<void> {
  const { core, run } = office;
  const operator = apiAs(core, await tokenFor(core, { sub: 'operator', role: 'operator' }));
  const facts = { name: `Example Home Improvement ${run}`, time_zone: 'America/New_York' };
  office.org = (await operator.post<{ id: string }>('/v1/orgs', facts)).id;
  office.admin = apiAs(core, await tokenFor(core, { sub: `admin-${run}`, role: 'org-admin', org: office.org }));
  for (const rep of reps) {
    const body = { ...rep, role: 'org-user' };
    office.members.push((await office.admin.post<{ id: string }>(`/v1/orgs/${office.org}/members`, body)).id);
  }
  office.rep = apiAs(core, await tokenFor(core, { sub: office.members[0]!, role: 'org-user', org: office.org }));
}

export async function connectTo(office: Office, provider: string): Promise<void> {
  const path = `/v1/orgs/${office.org}/connections`;
  office.connection = (await office.admin.post<{ id: string }>(path, { provider })).id;
}

export const connectionPath = ({ org, connection }: Office) => `/v1/orgs/${org}/connections/${connection}`;

export const appointmentsOf = ({ rep, org }: Office) => rep.all<Appointment>(`/v1/orgs/${org}/appointments`);

export const appointmentOf = ({ rep, org }: Office, id: string) =>
  rep.get<Appointment>(`/v1/orgs/${org}/appointments/${id}`);

export async function syncNow(office: Office): Promise<Run> {
  const { run } = await office.admin.post<{ run: string }>(`${connectionPath(office)}/syncs`);
  const last = await office.admin.follow<Run>(`${connectionPath(office)}/syncs/${run}/events`, () => undefined);
  check(last?.state === 'done', `a finished sync, not ${last?.state}: ${last?.error?.message ?? ''}`);
  return last;
}

/** Links start syncs of their own: asks until one finds everything told and no other is left that could take what happens next. */
export async function settledSync(office: Office): Promise<Run> {
  return until('a sync that finds nothing new', async () => {
    const run = await syncNow(office);
    const { items } = await office.admin.get<{ items: Run[] }>(`${connectionPath(office)}/syncs?limit=20`);
    const isOver = items.every(({ state }) => state === 'done' || state === 'failed');
    return run.changed === 0 && isOver && run;
  });
}

export async function sign(office: Office, title: string): Promise<Signed> {
  const pdf = await signedPdf(title, office.job!.customer_name);
  const fields = { type: 'signed_agreement', title, appointment: office.appointment!.id };
  const document = await office.rep.upload<Written>(
    `/v1/orgs/${office.org}/jobs/${office.job!.id}/documents`,
    pdf,
    fields,
  );
  return { ...document, sha256: createHash('sha256').update(pdf).digest('hex') };
}

/** Waits until OCC knows that a document arrived at the CRM. */
export async function delivered(office: Office, document: Signed): Promise<void> {
  await until('OCC to know that it was delivered', async () => {
    const documents = await office.rep.all<Written>(`/v1/orgs/${office.org}/jobs/${office.job!.id}/documents`);
    return documents.find((each) => each.id === document.id)?.crm_status?.status === 'delivered';
  });
}
