import { createHash } from 'node:crypto';
import type { LeadPerfectionSimulator } from '@occ-hub/simulator-lead-perfection';
import type { ListrTask } from 'listr2';
import { type Api, ApiProblem, apiAs, tokenFor } from './api.ts';
import { check, until } from './check.ts';
import { signedPdf } from './pdf.ts';

interface Job {
  id: string;
  customer_name: string;
  external_id: string;
}
interface Appointment {
  id: string;
  job: string;
  external_id: string;
  crm_user_id: string;
  start_time: string;
  crm_status?: { status: string };
}
interface CrmUser {
  crm_id: string;
  name: string;
  skipped?: number;
  suggestion?: { name: string };
}
interface Run {
  id: string;
  state: string;
  changed: number;
  unchanged: number;
  fetched: number;
  skipped: Record<string, number>;
  skipped_reps: { crm_user_id: string; name: string; count: number }[];
  error?: { message: string };
}
interface Written {
  id: string;
  crm_status?: { status: string };
}

/** What the steps hand on to each other. */
interface World {
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
  document?: Written;
}

type Step = [title: string, work: (world: World) => Promise<string>];

/** The story of one appointment there and back. Each step checks what it claims and says what it saw. */
const steps: readonly Step[] = [
  ['An org is created, with an office admin and ten reps', createOrg],
  ['A pasted URL is refused with a sentence that says what to enter', refuseUrl],
  ['The connection is authorized against LeadPerfection', authorize],
  ['LeadPerfection’s users appear, with suggestions by name', seeUsers],
  ['Ten of the twelve reps are linked', linkReps],
  ['A sync brings their appointments as jobs', sync],
  ['The counts agree with the simulator’s own; skipped ones are explained', compareCounts],
  ['An appointment moved in the CRM moves in OCC', moveAppointment],
  ['An agreement is signed, a note written, a result given', workTheJob],
  ['All three are in LeadPerfection', seeInCrm],
  ['The next poll changes nothing: the hub does not hear its own echo', noEcho],
  ['The CRM goes down, a document is signed, the CRM comes back: it arrives once', outage],
  ['An upload is cut off after LeadPerfection stored it: it is not sent again', cutUpload],
  ['An eleventh rep is linked: the skipped appointments come in at once', linkOneMore],
];

/** The act of LeadPerfection as tasks with progress. */
export function leadPerfectionStory(core: string, crm: LeadPerfectionSimulator): ListrTask[] {
  const empty = { core, crm, run: Date.now().toString(36), org: '', connection: '', members: [], reps: [] };
  const world = { ...empty, admin: apiAs(core, ''), rep: apiAs(core, '') } as World;
  return steps.map(([title, work]) => ({
    title,
    task: async (_context, task) => {
      task.title = `${title} — ${await work(world)}`;
    },
  }));
}

const connectionPath = ({ org, connection }: World) => `/v1/orgs/${org}/connections/${connection}`;

async function createOrg(world: World): Promise<string> {
  const { core, run } = world;
  const operator = apiAs(core, await tokenFor(core, { sub: 'operator', role: 'operator' }));
  const org = await operator.post<{ id: string }>('/v1/orgs', {
    name: `Example Home Improvement ${run}`,
    time_zone: 'America/New_York',
  });
  world.org = org.id;
  world.admin = apiAs(core, await tokenFor(core, { sub: `admin-${run}`, role: 'org-admin', org: org.id }));
  for (const [index, rep] of world.crm.control.lookups().reps.entries()) {
    const [last = '', first = ''] = rep.name.split(', ');
    const body = { name: `${first} ${last}`, email: `rep${index}-${run}@example.com`, role: 'org-user' };
    world.members.push((await world.admin.post<{ id: string }>(`/v1/orgs/${org.id}/members`, body)).id);
  }
  world.rep = apiAs(core, await tokenFor(core, { sub: world.members[0]!, role: 'org-user', org: org.id }));
  return org.id;
}

const settings = {
  client_id: 'demo1',
  password: 'secret',
  time_zone: 'America/New_York',
  document_type_ids: { signed_agreement: 12 },
};

async function refuseUrl(world: World): Promise<string> {
  const { admin, org } = world;
  world.connection = (
    await admin.post<{ id: string }>(`/v1/orgs/${org}/connections`, { provider: 'lead-perfection' })
  ).id;
  try {
    await admin.put(`${connectionPath(world)}/settings`, {
      settings: { ...settings, client_id: 'https://demo1.leadperfection.com' },
    });
  } catch (error) {
    check(
      error instanceof ApiProblem && error.status === 422 && error.message.includes('not the full URL'),
      'a 422 that says what to enter',
    );
    return error.message.replace(/^.*client_id: /, '');
  }
  throw new Error('expected: the URL to be refused');
}

async function authorize(world: World): Promise<string> {
  await world.admin.put(`${connectionPath(world)}/settings`, { settings });
  const { connection } = await world.admin.post<{ connection: { state: string; secrets: string[]; settings: object } }>(
    `${connectionPath(world)}/authorize`,
  );
  check(connection.state === 'healthy', 'a healthy connection');
  check(!JSON.stringify(connection.settings).includes(settings.password), 'no password in the answer');
  return connection.state;
}

async function seeUsers(world: World): Promise<string> {
  const { items } = await world.admin.get<{ items: CrmUser[] }>(`${connectionPath(world)}/crm-users`);
  world.reps = items;
  check(items.length === world.crm.control.lookups().reps.length, 'all reps of LeadPerfection');
  const suggested = items.filter((user) => user.suggestion).length;
  return `${items.length} users, ${suggested} with a suggestion`;
}

async function linkReps(world: World): Promise<string> {
  for (const [index, rep] of world.reps.slice(0, 10).entries()) {
    await world.admin.put(`${connectionPath(world)}/user-links/${rep.crm_id}`, { member: world.members[index] });
  }
  return '10 of 12';
}

async function syncNow(world: World): Promise<Run> {
  const { run } = await world.admin.post<{ run: string }>(`${connectionPath(world)}/syncs`);
  const last = await world.admin.follow<Run>(`${connectionPath(world)}/syncs/${run}/events`, () => undefined);
  check(last?.state === 'done', `a finished sync, not ${last?.state}: ${last?.error?.message ?? ''}`);
  return last;
}

/** Links start syncs of their own; asking until one finds everything told gives the settled picture. */
async function settledSync(world: World): Promise<Run> {
  return until('a sync that finds nothing new', async () => {
    const run = await syncNow(world);
    return run.changed === 0 && run;
  });
}

async function sync(world: World): Promise<string> {
  const run = await settledSync(world);
  const jobs = await until('jobs in OCC', async () => {
    const found = await world.rep.all<Job>(`/v1/orgs/${world.org}/jobs`);
    return found.length > 0 && found;
  });
  return `${run.fetched} appointments read, ${jobs.length} jobs`;
}

async function compareCounts(world: World): Promise<string> {
  const run = await syncNow(world);
  const crm = world.crm.control.appointmentsInWindow();
  const linked = new Set(world.reps.slice(0, 10).map((rep) => rep.crm_id));
  const own = crm.reps.filter((rep) => linked.has(rep.slrId ?? ''));
  const others = crm.reps.filter((rep) => !linked.has(rep.slrId ?? ''));
  const total = (counts: readonly { appointments: number }[]) =>
    counts.reduce((sum, each) => sum + each.appointments, 0);
  const skipped = run.skipped['rep-not-linked'] ?? 0;
  check(run.fetched === crm.appointments, `${crm.appointments} rows read, not ${run.fetched}`);
  check(run.unchanged === total(own), `${total(own)} appointments of linked reps, not ${run.unchanged}`);
  check(skipped === total(others), `${total(others)} skipped, not ${skipped}`);
  const ids = crmIds(world, linked);
  const jobs = await until('every job in OCC', async () => {
    const found = await world.rep.all<Job>(`/v1/orgs/${world.org}/jobs`);
    return found.length === ids.households && found;
  });
  const appointments = await world.rep.all<Appointment>(`/v1/orgs/${world.org}/appointments`);
  check(appointments.length === ids.dated, `${ids.dated} appointments with a date, not ${appointments.length}`);
  const reasons = run.skipped_reps.map((rep) => `${rep.count} of ${rep.name || 'a rep without name'}`).join(', ');
  return `${jobs.length} jobs, ${appointments.length} appointments; ${skipped} skipped, rep not linked: ${reasons}`;
}

/** The simulator's own count of what must have come: households as jobs, rows with a real date as appointments. */
function crmIds(world: World, linked: ReadonlySet<string>): { households: number; dated: number } {
  const { from, to } = world.crm.control.appointmentsInWindow();
  const rows = world.crm.control
    .appointments({ from, to })
    .map((each) => each.row)
    .filter((row) => linked.has(String(row.slr_id)));
  const household = (row: (typeof rows)[number]) =>
    row.CustName?.trim() && row.Address1?.trim()
      ? [row.CustName, row.Address1, row.CSZ, row.ProductID]
          .map((part) =>
            String(part ?? '')
              .trim()
              .toLowerCase(),
          )
          .join('|')
      : `alone ${row.ID}`;
  const dated = rows.filter((row) => row.ApptDate !== null && row.ApptDate >= '2000').length;
  return { households: new Set(rows.map(household)).size, dated };
}

async function moveAppointment(world: World): Promise<string> {
  const appointments = await world.rep.all<Appointment>(`/v1/orgs/${world.org}/appointments`);
  const crmOpen = (each: Appointment) =>
    /^(y|true)$/i.test(String(world.crm.control.appointment(Number(each.external_id)).row.CanUpdateIndicator));
  const chosen = appointments.filter((each) => crmOpen(each))[0];
  check(chosen !== undefined, 'an appointment that LeadPerfection lets us result');
  const day = world.crm.control.clock().today;
  world.crm.control.move(Number(chosen.external_id), `${day}T18:30:00`);
  const run = await syncNow(world);
  check(run.changed === 1, `one changed record, not ${run.changed}`);
  world.appointment = await until('the appointment to move', async () => {
    const now = await world.rep.get<Appointment>(`/v1/orgs/${world.org}/appointments/${chosen.id}`);
    return now.start_time !== chosen.start_time && now;
  });
  world.job = await world.rep.get<Job>(`/v1/orgs/${world.org}/jobs/${chosen.job}`);
  return `18:30 in LeadPerfection = ${world.appointment.start_time}`;
}

async function sign(world: World, title: string): Promise<Written & { sha256: string }> {
  const pdf = await signedPdf(title, world.job!.customer_name);
  const fields = { type: 'signed_agreement', title, appointment_id: world.appointment!.id };
  const document = await world.rep.upload<Written>(
    `/v1/orgs/${world.org}/jobs/${world.job!.id}/documents`,
    pdf,
    fields,
  );
  return { ...document, sha256: createHash('sha256').update(pdf).digest('hex') };
}

async function workTheJob(world: World): Promise<string> {
  const { rep, org } = world;
  const signed = await sign(world, 'Signed Agreement');
  world.document = signed;
  await rep.post(`/v1/orgs/${org}/jobs/${world.job!.id}/notes`, {
    note: 'Dog in the yard, use the side door.',
    appointment_id: world.appointment!.id,
  });
  const { options } = await rep.get<{ options: { id: string; label: string }[] }>(
    `/v1/orgs/${org}/appointments/${world.appointment!.id}/result-options`,
  );
  await rep.post(`/v1/orgs/${org}/appointments/${world.appointment!.id}/result`, {
    result: options[0]!.id,
    result_reason: 'Signed on site',
  });
  return `result ${options[0]!.label}`;
}

async function seeInCrm(world: World): Promise<string> {
  const id = Number(world.appointment!.external_id);
  const row = await until('result and note in LeadPerfection', async () => {
    const now = world.crm.control.appointment(id).row;
    const notes = String(now.PresNotes ?? '');
    return now.Disposition !== null && notes.includes('Dog in the yard') && notes.includes('Signed on site')
      ? now
      : undefined;
  });
  const document = await until(
    'the document in LeadPerfection',
    async () => world.crm.control.documents({ ilsid: id })[0],
  );
  const mine = world.document as Written & { sha256: string };
  console.log(world.crm.control.documents({ ilsid: id }), mine);
  check(document.sha256 === mine.sha256, 'the very bytes that were signed');
  await until('OCC to know that all was delivered', async () => {
    const now = await world.rep.get<Appointment>(`/v1/orgs/${world.org}/appointments/${world.appointment!.id}`);
    return now.crm_status?.status === 'delivered';
  });
  return `Disp ${row.Disposition}, ${document.filename}`;
}

async function noEcho(world: World): Promise<string> {
  const run = await syncNow(world);
  check(run.changed === 0, `no changed record, not ${run.changed}`);
  return `${run.unchanged} unchanged`;
}

async function arrivesOnce(world: World, document: Written & { sha256: string }): Promise<void> {
  const id = Number(world.appointment!.external_id);
  await until('OCC to know that it was delivered', async () => {
    const documents = await world.rep.all<Written>(`/v1/orgs/${world.org}/jobs/${world.job!.id}/documents`);
    return documents.find((each) => each.id === document.id)?.crm_status?.status === 'delivered';
  });
  const copies = world.crm.control.documents({ ilsid: id }).filter((each) => each.sha256 === document.sha256).length;
  check(copies === 1, `exactly one copy in LeadPerfection, not ${copies}`);
}

async function outage(world: World): Promise<string> {
  world.crm.control.down();
  const document = await sign(world, 'Change Order');
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const before = world.crm.control.documents().length;
  world.crm.control.up();
  await arrivesOnce(world, document);
  check(world.crm.control.documents().length === before + 1, 'one document more');
  return 'one copy';
}

async function cutUpload(world: World): Promise<string> {
  world.crm.control.fault({ kind: 'cut', when: 'after', action: 'AddSalesmanImages', count: 1 });
  await arrivesOnce(world, await sign(world, 'Completion Certificate'));
  return 'found by its name, one copy';
}

async function linkOneMore(world: World): Promise<string> {
  const rep = world.reps[10]!;
  const expected =
    world.crm.control.appointmentsInWindow().reps.find((each) => each.slrId === rep.crm_id)?.appointments ?? 0;
  await world.admin.put(`${connectionPath(world)}/user-links/${rep.crm_id}`, { member: world.members[10] });
  await until('the appointments of the newly linked rep', async () => {
    const appointments = await world.rep.all<Appointment>(`/v1/orgs/${world.org}/appointments`);
    return appointments.some((each) => each.crm_user_id === rep.crm_id);
  });
  return `${expected} of ${rep.name}`;
}
