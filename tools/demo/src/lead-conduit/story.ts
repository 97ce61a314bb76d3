import type { ListrTask } from 'listr2';
import { check, until } from '../check.ts';
import {
  type Job,
  type Step,
  asTasks,
  connectTo,
  connectionPath,
  newOffice,
  openOffice,
  settledSync,
} from '../office.ts';
import { type World, aLead } from './world.ts';

interface Lead {
  readonly log_number: string;
  readonly crm_status: { readonly status: string; readonly vendor_ids?: Readonly<Record<string, string>> };
  readonly job?: string;
  readonly feedback: readonly { readonly type: string; readonly reason: string }[];
}

async function connect(world: World): Promise<string> {
  await openOffice(world, [{ name: 'Jo Whitfield', email: `jo-${world.run}@example.com` }]);
  await connectTo(world, 'lead-conduit');
  await world.admin.put(`${connectionPath(world)}/settings`, { settings: { client_id: 'demo1' } });
  const { connection } = await world.admin.post<{ connection: { state: string } }>(
    `${connectionPath(world)}/authorize`,
  );
  check(connection.state === 'healthy', `a healthy connection, not ${connection.state}`);
  return world.org;
}

async function openDoors(world: World): Promise<string> {
  const keyFor = async (name: string, scope: string) =>
    (await world.admin.post<{ text: string }>(`${connectionPath(world)}/keys`, { name, scopes: [scope] })).text;
  const [leads, feedback] = [await keyFor('LeadConduit', 'leads'), await keyFor('LeadPerfection', 'feedback')];
  const base = `${world.door}/v1/orgs/${world.org}/lead-conduit`;
  const refused = await fetch(`${base}/add-lead`, { method: 'POST', headers: { 'x-api-key': feedback } });
  check(refused.status === 403, `a key to be good for its own purpose only, not ${refused.status}`);
  world.platform.control.addFlow({
    id: `flow-${world.run}`,
    name: 'Windows',
    sources: [{ id: 'media', name: 'Example Media' }],
    steps: [
      {
        name: 'LeadPerfection',
        url: `${base}/add-lead`,
        headers: { authorization: `Bearer ${leads}` },
        variables: {
          ...{ lognumber: '{{lead.lognumber}}', eventid: '{{event.id}}' },
          ...{ appointment_date: '{{lead.appointment_date}}', appointment_time: '{{lead.appointment_time}}' },
        },
      },
    ],
  });
  world.crm.control.feedbackTo(`${base}/feedback`, { as: 'xml', keys: 'wobble' }, { 'x-api-key': feedback });
  return 'one key for leads, one for feedback';
}

async function submit(world: World, changes: Record<string, unknown>) {
  const { events } = await world.platform.control.submit(aLead(world, changes), { flow: `flow-${world.run}` });
  const event = events[0]!;
  return { id: event.id, appended: event.runs.at(-1)!.appended };
}

async function threeLeads(world: World): Promise<string> {
  const [year, month, day] = world.crm.control.clock().today.split('-');
  const visit = { appointment_date: `${month}/${day}/${year}`, appointment_time: '6:00 PM' };
  const accepted = await submit(world, { lognumber: `LC-${world.run}-1`, ...visit });
  const merged = await submit(world, { lognumber: `LC-${world.run}-2`, first_name: 'Lee' });
  const refused = await submit(world, { lognumber: `LC-${world.run}-3`, srs_id: '000' });
  check(
    accepted.appended['outcome'] === 'success' && accepted.appended['lead_id'] !== undefined,
    'a number in the queue',
  );
  check(refused.appended['outcome'] === 'failure', 'a source of zeros to be refused');
  world.events = { accepted: accepted.id, merged: merged.id, refused: refused.id };
  return `lead ${accepted.appended['lead_id']}, its duplicate ${merged.appended['lead_id']}, and "${refused.appended['reason']}"`;
}

async function postedTwice(world: World): Promise<string> {
  const again = await world.platform.control.resubmit(world.events.accepted);
  const held = world.crm.control.leads({ logNumber: `LC-${world.run}-1` });
  check(held.length === 1, `one lead in LeadPerfection's queue, not ${held.length}`);
  check(again.runs.at(-1)!.appended['lead_id'] === String(held[0]!.in1Id), 'the same answer');
  return `delivered once, answered alike: ${held[0]!.in1Id}`;
}

async function feedback(world: World): Promise<string> {
  const { control } = world.crm;
  const [first, second] = [1, 2].map((n) => control.leads({ logNumber: `LC-${world.run}-${n}` })[0]!);
  await control.processQueue({ in1Id: first!.in1Id, verdict: 'add' });
  await control.processQueue({ in1Id: second!.in1Id, verdict: 'merge' });
  await control.advanceLead(first!.in1Id, { dispo: 'Sale', everSet: true, everDemo: true, sold: true, gross: 12_500 });
  const told = await until('the conversion at LeadConduit', async () => {
    const received = world.platform.control.feedback({ eventId: world.events.accepted });
    return received.length > 0 && received;
  });
  check(told.length === 1 && told[0]!.type === 'conversion', 'one conversion');
  check(world.platform.control.feedback({ eventId: world.events.merged }).length === 0, 'nothing about the merged one');
  return `added, merged, sold: ${told[0]!.type} "${told[0]!.feedbackReason}"`;
}

async function seeLeads(world: World): Promise<string> {
  const leads = await until('what became of the leads in OCC', async () => {
    const found = await world.admin.all<Lead>(`/v1/orgs/${world.org}/leads`);
    return found.length === 2 && found.some((lead) => lead.feedback.length === 2) && found;
  });
  const shown = ({ log_number: number, crm_status: crm, feedback: told }: Lead) =>
    `${number} is lead ${crm.vendor_ids?.['lead_id']}: ${told.map(({ type }) => type).join(', ')}`;
  return leads.map(shown).join('; ');
}

async function oneJob(world: World): Promise<string> {
  const [inbound] = world.crm.control.leads({ logNumber: `LC-${world.run}-1` });
  const { row } = world.crm.control.appointment(inbound!.appointmentId!);
  await connectTo(world, 'lead-perfection');
  const facts = { client_id: 'demo1', password: 'secret', time_zone: 'America/New_York' };
  const settings = { ...facts, document_type_ids: { signed_agreement: 12 } };
  await world.admin.put(`${connectionPath(world)}/settings`, { settings });
  await world.admin.post(`${connectionPath(world)}/authorize`);
  await world.admin.put(`${connectionPath(world)}/user-links/${row.slr_id}`, { member: world.members[0] });
  await settledSync(world);
  const lead = await until('the lead to have its job', async () => {
    const leads = await world.admin.all<Lead>(`/v1/orgs/${world.org}/leads`);
    return leads.find((each) => each.log_number === `LC-${world.run}-1` && each.job !== undefined);
  });
  const job = await world.admin.get<Job & { lead?: Lead }>(`/v1/orgs/${world.org}/jobs/${lead.job}`);
  check(job.lead?.log_number === lead.log_number, 'the job to show its lead');
  check(job.external_id === String(row.ID), `the job of appointment ${row.ID}, not ${job.external_id}`);
  return `${lead.log_number} is the job of ${job.customer_name}, by the number in the notes`;
}

/** Three leads there and back. Each step checks what it claims. */
const steps: readonly Step<World>[] = [
  ['An org connects to LeadConduit', connect],
  ['It makes keys, and gives them to both sides', openDoors],
  ['Three leads come: one is new, one is known, one has no source', threeLeads],
  ['LeadConduit posts one a second time', postedTwice],
  ['LeadPerfection works its queue, and sells: the source is told', feedback],
  ['OCC shows what became of them', seeLeads],
  ['The calendar brings the appointment of one of them: lead and job are one', oneJob],
];

/** The act of LeadConduit as tasks with progress. */
export function leadConduitStory(core: string, outside: Pick<World, 'crm' | 'platform' | 'door'>): ListrTask[] {
  return asTasks(steps, { ...newOffice(core), ...outside, events: { accepted: '', merged: '', refused: '' } });
}
