import type { ListrTask } from 'listr2';
import { check, until } from '../check.ts';
import {
  type CrmUser,
  type Job,
  type Step,
  appointmentsOf,
  asTasks,
  connectTo,
  connectionPath,
  newOffice,
  openOffice,
  settledSync,
} from '../office.ts';
import { type World, aLead, call, madeBy, submit } from './world.ts';

async function connect(world: World): Promise<string> {
  await openOffice(world, [{ name: 'Jo Whitfield', email: `jo-${world.run}@example.com` }]);
  await connectTo(world, 'singleops');
  const { email, token } = world.singleops.control.apiUser();
  const settings = {
    ...{ user_email: email, user_token: token, operation_id: 41, time_zone: 'America/New_York' },
    ...{ lead_source_input_id: 501, lead_source_value: 'Website', several_matches: 'ask' },
  };
  await world.admin.put(`${connectionPath(world)}/settings`, { settings });
  const path = `${connectionPath(world)}/authorize`;
  const { connection } = await world.admin.post<{ connection: { state: string } }>(path);
  check(connection.state === 'healthy', `a healthy connection, not ${connection.state}`);
  const keyFor = async (scope: string) => {
    const ask = { name: `web site: ${scope}`, scopes: [scope] };
    return (await world.admin.post<{ text: string }>(`${connectionPath(world)}/keys`, ask)).text;
  };
  world.keys = { leads: await keyFor('leads'), form: await keyFor('form') };
  return 'divisions and fields were read; two keys for the web site';
}

async function knownClient(world: World): Promise<string> {
  const answer = await submit(world, 'known', aLead(world, { email: 'Rowan@Example.com', phone: '' }));
  const lead = madeBy(world, answer);
  check(lead.clientId === 9001 && !lead.newClient, `the client 9001, not ${lead.clientId}`);
  const again = await submit(world, 'known', aLead(world, { email: 'Rowan@Example.com', phone: '' }));
  check(again.body.lead_id === answer.body.lead_id, 'the same answer to the same lead');
  return `lead ${lead.id} is one of ${lead.clientName}, and was made once`;
}

async function newClientWithTask(world: World): Promise<string> {
  const day = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  const wanted = { task: 'yes', wanted_start: `${day}T09:00`, wanted_end: `${day}T09:30` };
  const lead = madeBy(world, await submit(world, 'new', aLead(world, wanted)));
  check(lead.newClient && lead.state === 'Unconfirmed Client', `an unconfirmed client, not ${lead.state}`);
  check(lead.task?.start === `${day} 09:00:00`, `the account's wall clock, not ${lead.task?.start}`);
  check(world.singleops.control.client(lead.clientId).bill_addr_state === 'GA', 'a state by its code');
  const job = await until('the job in OCC', async () => {
    const jobs = await world.admin.all<Job>(`/v1/orgs/${world.org}/jobs`);
    return jobs.find(({ external_id: id }) => id === String(lead.id));
  });
  const [appointment] = await until('the task in OCC', async () => {
    const found = await appointmentsOf(world);
    return found.length > 0 && found;
  });
  return `${lead.state}, task at ${lead.task.start}; in OCC: ${job.customer_name}, ${appointment!.start_time}`;
}

async function twoMatches(world: World): Promise<string> {
  const [known] = world.singleops.control.clients({ account: 77 }).filter(({ id }) => id === 9006);
  const asked = await submit(world, 'two', aLead(world, { email: known!.email, phone: '' }));
  check(asked.body.outcome === 'awaiting-choice', `a question, not ${asked.body.outcome}`);
  const options = asked.body.choice?.options ?? [];
  const wanted = options.find(({ id }) => id.includes('9006'));
  check(wanted !== undefined, `client 9006 among ${options.map(({ id }) => id).join(', ')}`);
  const choice = { method: 'POST', body: { option: wanted.id } };
  const lead = madeBy(world, await call(world, `leads/${asked.body.run}/choice`, choice));
  check(lead.clientId === 9006, `the chosen client, not ${lead.clientId}`);
  return `two clients have that e-mail: somebody chose ${wanted.title}`;
}

async function longName(world: World): Promise<string> {
  const summary = 'Removal of three large stumps behind the garage and along the fence';
  const lead = madeBy(
    world,
    await submit(world, 'long', aLead(world, { email: `long-${world.run}@example.com`, phone: '', summary })),
  );
  check(lead.name.length <= 41, `at most 41 characters, not ${lead.name.length}`);
  check(lead.notes.includes(summary), 'the whole text in the notes');
  return `"${lead.name}", the whole of it in the notes`;
}

async function lostAnswer(world: World): Promise<string> {
  world.singleops.control.fault({ kind: 'cut', call: 'jobs', when: 'after' });
  const before = world.singleops.control.leads().length;
  const lost = await submit(world, 'lost', aLead(world, { email: `lost-${world.run}@example.com`, phone: '' }));
  check(lost.body.outcome === 'uncertain', `an uncertain lead, not ${lost.body.outcome}`);
  const held = world.singleops.control.leads().filter(({ notes }) => notes.includes(`${world.run}-lost`));
  check(held.length === 1, 'the lead to be found at SingleOps by its id in the notes');
  await world.admin.post(`/v1/orgs/${world.org}/deliveries/${lost.body.run}/abort`, {
    ...{ provider: 'singleops', reason: `It is there: lead ${held[0]!.id}` },
  });
  check(world.singleops.control.leads().length === before + 1, 'nothing to be sent twice');
  return `nobody knew whether it arrived; a person looked: lead ${held[0]!.id} is there, and nothing was sent again`;
}

async function webForm(world: World): Promise<string> {
  const address = `${world.door}/v1/orgs/${world.org}/singleops/form?key=${world.keys.form}`;
  const page = await (await fetch(address)).text();
  const ticket = /name="form_ticket" value="([^"]*)"/.exec(page)?.[1];
  check(ticket !== undefined, 'a form with its ticket');
  const typed = { first_name: 'Otis', last_name: world.run, email: `otis-${world.run}@example.com`, website: '' };
  const send = (fields: Record<string, string>) =>
    fetch(address, { method: 'POST', body: new URLSearchParams({ ...typed, notes: 'A stump', ...fields }) });
  // People need a moment; what comes at once is a program.
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  const bot = await send({ form_ticket: ticket, website: 'https://spam.example', email: 'bot@example.com' });
  check(bot.ok, 'a program to be thanked, too');
  const answer = await send({ form_ticket: ticket });
  check(answer.ok && (await answer.text()).includes('Thank you'), 'a person to be thanked');
  const leads = await until('the lead of the form', async () => {
    const found = world.singleops.control.leads().filter(({ clientName }) => clientName.includes(`Otis ${world.run}`));
    return found.length > 0 && found;
  });
  check(!world.singleops.control.clients().some(({ email }) => email === 'bot@example.com'), 'no lead of a program');
  return `${leads.length} lead from the web form; a program that filled in everything was thanked, and nothing was sent`;
}

/** Another trade of the same office works with LeadPerfection: one of its customers wants a tree cut. */
async function ownJob(world: World): Promise<string> {
  const { connection } = world;
  await connectTo(world, 'lead-perfection');
  const settings = { client_id: 'demo1', password: 'secret', time_zone: 'America/New_York' };
  await world.admin.put(`${connectionPath(world)}/settings`, {
    settings: { ...settings, document_type_ids: { signed_agreement: 12 } },
  });
  await world.admin.post(`${connectionPath(world)}/authorize`);
  const { items } = await world.admin.get<{ items: CrmUser[] }>(`${connectionPath(world)}/crm-users`);
  await world.admin.put(`${connectionPath(world)}/user-links/${items[0]!.crm_id}`, { member: world.members[0] });
  await settledSync(world);
  const [job] = (await world.admin.all<Job & { provider: string }>(`/v1/orgs/${world.org}/jobs`)).filter(
    ({ provider }) => provider === 'lead-perfection',
  );
  check(job !== undefined, 'a job of LeadPerfection');
  await world.admin.post(`/v1/orgs/${world.org}/jobs/${job.id}/leads`, { connection, notes: 'An elm over the roof' });
  const lead = await until('the lead at SingleOps', async () =>
    world.singleops.control.leads().find(({ notes }) => notes.includes(job.id)),
  );
  return `${job.customer_name} of LeadPerfection is lead ${lead.id} at SingleOps`;
}

/** Leads for known and new clients. Each step checks what it claims. */
const steps: readonly Step<World>[] = [
  ['An org connects to SingleOps', connect],
  ['A lead of a known client comes twice', knownClient],
  ['One of a new client, with a task', newClientWithTask],
  ['Two clients match: somebody chooses', twoMatches],
  ['A name is longer than SingleOps takes', longName],
  ['SingleOps makes a lead, and its answer is lost', lostAnswer],
  ['Somebody fills in the form on the web site', webForm],
  ['A job of another CRM is handed over as a lead', ownJob],
];

/** The act of SingleOps as tasks with progress. */
export function singleOpsStory(core: string, outside: Pick<World, 'singleops' | 'crm' | 'door'>): ListrTask[] {
  return asTasks(steps, { ...newOffice(core), ...outside, keys: { leads: '', form: '' } });
}
