import type { ListrTask } from 'listr2';
import { check, until } from '../check.ts';
import {
  type Job,
  type Step,
  appointmentsOf,
  asTasks,
  connectTo,
  connectionPath,
  newOffice,
  openOffice,
} from '../office.ts';
import { type World, aLead, call, disposition, idsOf } from './world.ts';

/** The address of the office, where a failure is told. */
const officeAddress = (world: World) => `dispatch-${world.run}@example.com`;

async function connect(world: World): Promise<string> {
  await openOffice(world, [{ name: 'Jo Whitfield', email: `jo-${world.run}@example.com` }]);
  await connectTo(world, 'pestpac');
  const { apiKey, tenantId, clientId, clientSecret, username, password } = world.pestpac.credentials;
  const settings = {
    ...{ api_key: apiKey, tenant_id: tenantId, client_id: clientId, client_secret: clientSecret, username, password },
    ...{ time_zone: 'America/New_York', failure_email: officeAddress(world) },
    ...{ retry_attempts: 2, retry_interval_seconds: 1 },
  };
  await world.admin.put(`${connectionPath(world)}/settings`, { settings });
  const path = `${connectionPath(world)}/authorize`;
  const { connection } = await world.admin.post<{ connection: { state: string } }>(path);
  check(connection.state === 'healthy', `a healthy connection, not ${connection.state}`);
  const keys = `${connectionPath(world)}/keys`;
  const scopes = ['dispositions'];
  world.key = (await world.admin.post<{ text: string }>(keys, { name: 'ClickPoint', scopes })).text;
  return 'settings tried live, a key for ClickPoint';
}

async function configure(world: World): Promise<string> {
  const steps = { location: true, lead: true, task: true };
  const value = [{ record_type: 'Residential', actions: ['Appointment Set', 'Sold'], steps }];
  await world.admin.put(`${connectionPath(world)}/configuration/triggers`, { value, version: 0 });
  const lost = await disposition(world, 'nobody', { action: 'Wrong Number', fields: aLead(world, {}) });
  check(
    lost.body.outcome === 'ignored',
    `an action without trigger to be ignored, not ${lost.status} ${JSON.stringify(lost.body)}`,
  );
  return 'two actions start a transfer; any other is ignored';
}

async function incomplete(world: World): Promise<string> {
  const before = world.pestpac.control.received().length;
  const { status, body } = await disposition(world, 'new', { fields: aLead(world, { 'Lead Source': '' }) });
  check(status === 422 && body.outcome === 'incomplete', `an incomplete lead to be refused, not ${status}`);
  check(body.fields?.[0]?.clickpoint_field === 'Lead Source', 'the field to be named');
  check(world.pestpac.control.received().length === before, 'no call to PestPac');
  return `nothing was sent, ClickPoint is told: fill "${body.fields?.[0]?.clickpoint_field}"`;
}

async function newCustomer(world: World): Promise<string> {
  const soon = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const fields = aLead(world, { 'Callback Date': `${soon} 15:00` });
  const ids = idsOf(await disposition(world, 'new', { fields }));
  const again = idsOf(await disposition(world, 'new', { fields }));
  check(again['lead_id'] === ids['lead_id'], 'the same answer to the same disposition');
  const leads = world.pestpac.control.records('leads', { LocationID: Number(ids['location_id']) });
  check(leads.length === 1, `one lead in the new location, not ${leads.length}`);
  const job = await until('the job in OCC', async () => {
    const jobs = await world.admin.all<Job>(`/v1/orgs/${world.org}/jobs`);
    return jobs.find(({ external_id: id }) => id === ids['lead_id']);
  });
  return `location ${ids['location_id']}, lead ${ids['lead_id']}, task ${ids['task_id']}; a job in OCC: ${job.customer_name}`;
}

async function returning(world: World): Promise<string> {
  const fields = aLead(world, { 'First Name': 'Ngozi', 'Last Name': 'Okafor', Phone: '(413) 555-0142' });
  const places = world.pestpac.control.records('locations').length;
  const asked = await disposition(world, 'returning', { fields });
  check(asked.body.outcome === 'awaiting-choice', `a question, not ${asked.status} ${asked.body.outcome}`);
  const options = asked.body.choice?.options ?? [];
  const quarry = options.find(({ title }) => title.includes('Quarry'));
  check(quarry !== undefined, `both places to choose from, not ${options.map(({ title }) => title).join(', ')}`);
  const chosen = await call(world, `runs/${asked.body.run}/choice`, { method: 'POST', body: { option: quarry.id } });
  const ids = idsOf(chosen);
  check(world.pestpac.control.records('locations').length === places, 'no new location');
  return `${options.length} choices under ${quarry.group?.title}; lead ${ids['lead_id']} went to ${quarry.title}`;
}

async function cardNumber(world: World): Promise<string> {
  const typed = aLead(world, { Comments: 'Card is 4111 1111 1111 1111, please charge' });
  const { status, body } = await disposition(world, 'card', { fields: typed });
  check(status === 422, `a card number to be refused, not ${status}`);
  check(!JSON.stringify(body).includes('1111'), 'no echo of it');
  return 'a card number in a comment is refused, and not repeated anywhere';
}

async function outage(world: World): Promise<string> {
  await world.pestpac.control.down();
  const fields = aLead(world, { 'First Name': 'Amos', Phone: '978-555-0190' });
  const { body } = await disposition(world, 'outage', { fields });
  world.stopped = body.run;
  const mail = await until('the mail to the office', async () =>
    world.mailbox.mails.find(({ to }) => to.includes(officeAddress(world))),
  );
  return `tried three times, then one mail: "${mail.subject}"`;
}

async function replay(world: World): Promise<string> {
  await world.pestpac.control.up();
  const replays = `/v1/orgs/${world.org}/deliveries/replays`;
  const ask = { provider: 'pestpac', deliveries: [world.stopped] };
  const planned = await world.admin.post<{ replayed: string[] }>(replays, ask);
  check(planned.replayed.length === 1, 'one run to be replayed');
  await world.admin.post(replays, { ...ask, plan: false });
  const run = await until('the replayed run', async () => {
    const answer = await call(world, `runs/${world.stopped}`);
    return answer.body.outcome === 'delivered' && answer;
  });
  const ids = idsOf(run);
  const held = world.pestpac.control.records('leads', { LocationID: Number(ids['location_id']) });
  check(held.length === 1, `one lead at PestPac, not ${held.length}`);
  check(world.mailbox.mails.filter(({ to }) => to.includes(officeAddress(world))).length === 1, 'one mail and no more');
  return `location ${ids['location_id']}, lead ${ids['lead_id']}, each there once`;
}

async function seeTasks(world: World): Promise<string> {
  const appointments = await until('the task in OCC', async () => {
    const found = await appointmentsOf(world);
    return found.length > 0 && found;
  });
  return `${appointments.length} of the tasks has a time: ${appointments[0]!.start_time}`;
}

/** Dispositions become locations, leads and tasks. Each step checks what it claims. */
const steps: readonly Step<World>[] = [
  ['An org connects to PestPac', connect],
  ['It says which dispositions start a transfer', configure],
  ['A lead lacks a field that is required', incomplete],
  ['A new customer', newCustomer],
  ['What has a time is an appointment in OCC', seeTasks],
  ['A returning customer has two places: somebody chooses', returning],
  ['Somebody types a card number', cardNumber],
  ['PestPac is away', outage],
  ['It is back, and the run is replayed', replay],
];

/** The act of ClickPoint and PestPac as tasks with progress. */
export function pestPacStory(core: string, outside: Pick<World, 'pestpac' | 'mailbox' | 'door'>): ListrTask[] {
  return asTasks(steps, { ...newOffice(core), ...outside, key: '', stopped: '' });
}
