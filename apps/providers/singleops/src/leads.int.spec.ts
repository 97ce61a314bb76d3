import {
  AppointmentUpserted,
  JobUpserted,
  LeadSubmitted,
  WriteSettled,
  eventOf,
  leadSubject,
} from '@occ-hub/contracts';
import { eventually } from '@occ-hub/provider-kit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { serversOfThisRun } from './testing/servers.ts';
import { type Reply, type SoHub, aLead, openSoHub } from './testing/so-hub.ts';

let hub: SoHub;
beforeAll(async () => {
  hub = await openSoHub(serversOfThisRun());
});
afterAll(() => hub.close());
afterEach(() => hub.company.control.clearFaults());

const madeBy = ({ body }: Reply) => hub.company.control.lead(Number(body['lead_id']));
const jobOf = (reply: Reply) => {
  const sent = hub.company.control.received('jobs').find(({ leadId }) => leadId === Number(reply.body['lead_id']));
  return sent!.params as Record<string, Record<string, unknown>>;
};
const sentJobs = () => hub.company.control.received('jobs').length;
const heard = (type: string, subjectOrId: (data: never) => boolean) =>
  eventually(
    () => hub.heardOf(type).find(({ data }) => subjectOrId(data as never)),
    (found) => found !== undefined,
  );

describe('a lead of a new client', () => {
  it('is in SingleOps with everything, and the answer has its id', async () => {
    const lead = aLead();
    const reply = await hub.post(lead);
    expect([reply.status, reply.body]).toMatchObject([
      201,
      { outcome: 'delivered', ids: { client: 'new', lead_id: reply.body['lead_id'] } },
    ]);
    expect(madeBy(reply)).toMatchObject({ state: 'Unconfirmed Client', name: 'Stump removal' });
    expect(jobOf(reply)).toMatchObject({
      job: { client_id: null, operation_id: 41, custom_field_values: [{ custom_input_id: 501, value: 'Website' }] },
      portal_lead: { last_name: lead['last_name'], bill_addr_state: 'GA', email: lead['email'] },
      visit: { visit_stage_id: 8 },
    });
    expect(jobOf(reply)['job']!['notes']).toMatch(new RegExp(`^OCC lead ${String(lead['source_id'])}\n`));
  });

  it('goes as layout B where the account takes it so', async () => {
    hub.company.control.configure({ layout: 'B' });
    await hub.set({ layout: 'B' });
    const reply = await hub.post(aLead());
    expect(reply.body['outcome']).toBe('delivered');
    expect(jobOf(reply)['job']).toHaveProperty('portal_lead');
    hub.company.control.configure({ layout: 'A' });
    await hub.set({});
  });

  it('is told on the bus: job, then that it is written', async () => {
    const lead = aLead();
    const { body } = await hub.post(lead);
    await heard(
      WriteSettled.type,
      ({ vendor_ids: ids }: { vendor_ids: Record<string, string> }) => ids['lead_id'] === body['lead_id'],
    );
    const told = await heard(
      JobUpserted.type,
      ({ job }: { job: { external_id: string } }) => job.external_id === body['lead_id'],
    );
    expect(told!.attributes).toMatchObject({ provider: 'singleops', origin: 'crm', causationid: body['run'] });
    expect(told!.data).toMatchObject({
      job: {
        name: 'Stump removal',
        email: lead['email'],
        metadata: { source_id: lead['source_id'], division: 'Tree care' },
      },
    });
    const end = await heard(WriteSettled.type, ({ event_id }: { event_id: string }) => event_id === body['run']);
    expect(end!.data).toMatchObject({ outcome: 'delivered', vendor_ids: { lead_id: body['lead_id'] } });
  });
});

describe('whose lead it is', () => {
  it.each([
    ['an e-mail that one client has', { email: 'rowan@example.com' }, 9001],
    ['an e-mail in other letters', { email: 'MILA@example.COM' }, 9004],
    ['one of two addresses in a field', { email: 'bo@example.com' }, 9003],
    ['a number with an extension behind it', { email: '', phone: '404-555-0112' }, 9002],
    ['a number in brackets', { email: '', phone: '4045550113' }, 9003],
    ['a number without signs', { email: '', phone: '+1 (404) 555-0114' }, 9004],
    ['a client that was merged into another', { email: 'noor@example.com', phone: '404-555-0118' }, 9009],
    ['the last of 53 clients that an address begins', { email: 'office@parkside.example' }, 9153],
  ])('is the client’s: %s', async (_what, contact, id) => {
    const reply = await hub.post(aLead(contact));
    expect(reply.body).toMatchObject({ outcome: 'delivered', ids: { client: 'existing', client_id: String(id) } });
    expect(jobOf(reply)['job']!['client_id']).toBe(id);
    expect(jobOf(reply)).not.toHaveProperty('portal_lead');
  });

  it.each([
    ['the address is only how another one begins', { email: 'kit@shop.example', phone: '' }],
    ['the client is archived', { email: 'otto@example.com', phone: '' }],
    ['the client is not active', { email: 'pia@example.com', phone: '' }],
  ])('is nobody’s yet: %s', async (_what, contact) => {
    expect((await hub.post(aLead(contact))).body).toMatchObject({ outcome: 'delivered', ids: { client: 'new' } });
  });

  it('says in the notes that the client is on hold', async () => {
    const reply = await hub.post(aLead({ email: 'lena@example.com' }));
    expect(reply.body['ids']).toMatchObject({ client_id: '9011' });
    expect(jobOf(reply)['job']!['notes']).toMatch(/on hold/);
  });
});

describe('several clients that match', () => {
  const ada = (changes = {}) => aLead({ first_name: 'Ada', last_name: 'Quill', email: 'ada@example.com', ...changes });

  it('the newest is taken, and that is recorded', async () => {
    const reply = await hub.post(ada());
    expect(reply.body['ids']).toMatchObject({ client_id: '9007', remark: expect.stringMatching(/9006, 9007/) });
    expect(jobOf(reply)['job']!['notes']).toMatch(/the newest, 9007, was taken/);
  });

  it('a person is asked; nothing is sent until they chose, and the lead goes to whom they chose', async () => {
    await hub.set({ several_matches: 'ask' });
    const before = sentJobs();
    const asked = await hub.post(ada());
    expect([asked.status, asked.body]).toMatchObject([202, { outcome: 'awaiting-choice' }]);
    expect(asked.headers.get('location')).toBe(asked.body['status_url']);
    const { options } = asked.body['choice'] as { options: { id: string; details?: Record<string, string> }[] };
    expect(options.map(({ id }) => id)).toEqual(['9006', '9007', 'new']);
    expect((await hub.look(asked.body['run'])).body).toMatchObject({ outcome: 'awaiting-choice' });
    expect((await hub.choose(asked.body['run'], '9001')).status).toBe(422);
    expect(sentJobs()).toBe(before);
    const chosen = await hub.choose(asked.body['run'], '9006');
    expect([chosen.status, chosen.body]).toMatchObject([200, { outcome: 'delivered', ids: { client_id: '9006' } }]);
    expect(jobOf(chosen)['job']!['notes']).toMatch(/a person took 9006/);
    expect((await hub.choose(asked.body['run'], '9007')).status).toBe(422);
    expect(sentJobs()).toBe(before + 1);
  });

  it('a new client is made, and the notes say who matched', async () => {
    await hub.set({ several_matches: 'new-lead' });
    const reply = await hub.post(ada());
    expect(reply.body['ids']).toMatchObject({ client: 'new' });
    expect(jobOf(reply)['job']!['notes']).toMatch(/9006, 9007 match; none was taken/);
  });

  it('or to a new client, also when the process was started anew meanwhile', async () => {
    await hub.set({ several_matches: 'ask' });
    const asked = await hub.post(ada());
    await hub.restart();
    expect((await hub.choose(asked.body['run'], 'new')).body).toMatchObject({
      outcome: 'delivered',
      ids: { client: 'new' },
    });
    await hub.set({});
  });

  it('no status and no choice of a run that is not this connection’s', async () => {
    for (const { status, body } of [await hub.look('evt-nothing'), await hub.choose('evt-nothing', 'new')])
      expect([status, body['code']]).toEqual([404, 'endpoint.run-unknown']);
  });
});

describe('a task', () => {
  it('is made at the account’s wall clock and told as an appointment', async () => {
    const wanted = { task: true, wanted_start: '2027-05-04T13:00:00Z', wanted_end: '2027-05-04T13:30:00Z' };
    const reply = await hub.post(aLead(wanted));
    expect(madeBy(reply).task).toMatchObject({
      start: '2027-05-04 09:00:00',
      stop: '2027-05-04 09:30:00',
      on_site: true,
    });
    expect(reply.body['ids']).toMatchObject({ appointment_external_id: `task-${String(reply.body['lead_id'])}` });
    const told = await heard(
      AppointmentUpserted.type,
      ({ appointment }: { appointment: { job_external_id: string } }) =>
        appointment.job_external_id === reply.body['lead_id'],
    );
    expect(told!.data).toMatchObject({
      appointment: {
        start_time: '2027-05-04T13:00:00Z',
        end_time: '2027-05-04T13:30:00Z',
        time_zone: 'America/New_York',
      },
    });
  });

  it('without times leaves the lead unscheduled once it is confirmed, and is no appointment', async () => {
    const reply = await hub.post(aLead({ task: 'yes' }));
    expect(hub.company.control.confirmLead(Number(reply.body['lead_id'])).state).toBe('Estimate Unscheduled');
    await heard(
      JobUpserted.type,
      ({ job }: { job: { external_id: string } }) => job.external_id === reply.body['lead_id'],
    );
    await hub.mark();
    expect(
      hub
        .heardOf(AppointmentUpserted.type)
        .map(({ data }) => (data as { appointment: { job_external_id: string } }).appointment.job_external_id),
    ).not.toContain(reply.body['lead_id']);
  });
});

describe('what does not fit', () => {
  it('a name of 60 characters is shortened on a word, and stands whole in the notes', async () => {
    const summary = 'Three oaks and a very old birch beside the northern driveway';
    const reply = await hub.post(aLead({ summary }));
    expect(String(jobOf(reply)['job']!['name']).length).toBeLessThanOrEqual(41);
    expect(summary.startsWith(String(jobOf(reply)['job']!['name']))).toBe(true);
    expect(jobOf(reply)['job']!['notes']).toContain(summary);
  });

  it.each([
    ['no contact', { email: '', phone: '' }, '/email'],
    ['no name', { first_name: '', last_name: '' }, '/last_name'],
    ['an address that is none', { email: 'pat at example' }, '/email'],
    ['a state that has no code', { state: 'Somewhere' }, '/state'],
    ['a city of 256 characters', { city: 'x'.repeat(256) }, '/city'],
    ['a source that is no option', { source: 'Billboard' }, '/source'],
    ['a division that is not there', { division: 'Pools' }, '/division'],
    ['a division that is not active', { division: '43' }, '/division'],
    ['an end before the start', { wanted_start: '2027-05-04T09:00', wanted_end: '2027-05-04T08:00' }, '/wanted_end'],
    ['a field that a lead has not', { colour: 'red' }, '/colour'],
    ['more notes than an event carries', { notes: 'x'.repeat(10_001) }, '/notes'],
  ])('is refused naming the field, and nothing is kept or sent: %s', async (_what, changes, pointer) => {
    const before = [sentJobs(), await hub.database.collection('deliveries').countDocuments()];
    const { status, body } = await hub.post(aLead(changes));
    expect([status, body['code']]).toEqual([422, 'singleops.lead-unfit']);
    expect((body['errors'] as { pointer: string }[]).map((each) => each.pointer)).toEqual([pointer]);
    expect([sentJobs(), await hub.database.collection('deliveries').countDocuments()]).toEqual(before);
  });

  it('a payment card number anywhere is refused without echo', async () => {
    const { status, body, text } = await hub.post(aLead({ notes: 'Card 4111 1111 1111 1111' }));
    expect([status, body['code']]).toEqual([422, 'card-number.refused']);
    expect(text).not.toContain('4111');
  });
});

describe('the door', () => {
  it('answers a repeat as before, by its key or by the source’s own id, and sends nothing again', async () => {
    const lead = aLead();
    const headers = { 'idempotency-key': `once-${process.pid}` };
    const [first, same] = await Promise.all([hub.post(lead, { headers }), hub.post(lead, { headers })]);
    const other = await hub.post(lead);
    expect(new Set([first, same, other].map(({ body }) => body['lead_id'])).size).toBe(1);
    expect([other.status, other.body['repeated']]).toEqual([200, true]);
    await hub.restart();
    expect((await hub.post(lead, { headers })).body).toMatchObject({ repeated: true, lead_id: first.body['lead_id'] });
    expect(hub.company.control.leads().filter(({ notes }) => notes.includes(String(lead['source_id'])))).toHaveLength(
      1,
    );
  });

  it('keeps a lead by its source and id, or by its idempotency key: one id of two sources is two leads of OCC, too', async () => {
    const id = `17-${process.pid}`;
    const sent = [
      await hub.post(aLead({ source: 'Website', source_id: id })),
      await hub.post(aLead({ source: 'Mailer', source_id: id })),
      await hub.post(aLead({ source_id: undefined }), { headers: { 'idempotency-key': id } }),
    ];
    const subjects = await Promise.all(
      sent.map(async ({ body }) => {
        const { event } = (await hub.database.collection('deliveries').findOne({ _id: body['run'] as never }))!;
        return (event as { attributes: { subject: string } }).attributes.subject;
      }),
    );
    expect(subjects).toEqual(
      [`source/Website/${id}`, `source/Mailer/${id}`, `key/${id}`].map((key) =>
        leadSubject({ org: hub.org, provider: 'singleops', key }),
      ),
    );
    for (const reply of sent) expect(madeBy(reply).notes).toMatch(new RegExp(`^OCC lead ${id}$`, 'm'));
  });

  it('does not take another lead for a repeat: 409 with how the first one stands', async () => {
    const lead = aLead();
    const headers = { 'idempotency-key': `same-${process.pid}` };
    const first = await hub.post(lead, { headers });
    const before = sentJobs();
    const other = await hub.post(aLead(), { headers });
    const changed = await hub.post({ ...lead, notes: 'In front of the house.' });
    for (const { status, body } of [other, changed]) {
      expect([status, body['code']]).toEqual([409, 'endpoint.key-used']);
      expect(body['detail']).toContain(first.body['status_url']);
    }
    expect(sentJobs()).toBe(before);
  });

  it('answers a repeat as before although the settings would refuse it by now', async () => {
    const lead = aLead();
    const headers = { 'idempotency-key': `before-${process.pid}` };
    const first = await hub.post(lead, { headers });
    await hub.connect({ ...hub.usual, operation_id: null });
    expect((await hub.post(aLead())).status).toBe(422);
    const again = await hub.post(lead, { headers });
    expect([again.status, again.body]).toEqual([200, { ...first.body, repeated: true }]);
    await hub.set({});
  });

  it('asks for a key of the right kind, an idempotency key and JSON', async () => {
    const wrong = async (headers: Record<string, string>, body?: string) =>
      (await hub.post(aLead(), { headers, ...(body === undefined ? {} : { body }) })).status;
    expect(await wrong({ authorization: '' })).toBe(401);
    expect(await wrong({ authorization: `Bearer ${await hub.key('form')}` })).toBe(403);
    expect(await wrong({ 'idempotency-key': '' })).toBe(400);
    expect(await wrong({ 'idempotency-key': 'two words' })).toBe(400);
    expect(await wrong({ 'content-type': 'text/csv' })).toBe(400);
    expect(await wrong({}, '{"a":')).toBe(400);
    expect(await wrong({}, '[]')).toBe(400);
    const key = await hub.key('leads');
    const elsewhere = await fetch(hub.at('/leads', 'org-other'), { method: 'POST', headers: { 'x-api-key': key } });
    expect(elsewhere.status).toBe(401);
  });

  it('answers 202 with where to ask when the source does not want to wait', async () => {
    hub.company.control.fault({ kind: 'delay', call: 'jobs', ms: 1_500 });
    const reply = await hub.post(aLead(), { headers: { prefer: 'wait=0' } });
    expect([reply.status, reply.body['outcome']]).toEqual([202, 'running']);
    const ended = await eventually(
      () => hub.look(reply.body['run']),
      ({ body }) => body['outcome'] === 'delivered',
    );
    expect(ended.body['lead_id']).toMatch(/^\d+$/);
  });
});

describe('a connection without a division', () => {
  it('is authorized with its lists read, and refuses a lead that names no division, saying what to set', async () => {
    const { state, lookups } = await hub.connect({ ...hub.usual, operation_id: null });
    expect(state).toBe('healthy');
    expect(lookups['operations']?.map(({ id }) => id)).toContain('41');
    const before = sentJobs();
    const { status, body } = await hub.post(aLead());
    expect([status, body['code']]).toEqual([422, 'singleops.lead-unfit']);
    expect(body['errors']).toEqual([{ pointer: '/division', message: expect.stringMatching(/settings/) }]);
    expect(sentJobs()).toBe(before);
    expect((await hub.post(aLead({ division: '41' }))).body['outcome']).toBe('delivered');
    await hub.set({});
  });
});

describe('a job that OCC sends', () => {
  it('comes over the bus by the same way', async () => {
    const job = `job-${process.pid}`;
    const variables = {
      source_id: job,
      customer_name: 'Sol Marsh',
      email: 'sol@example.com',
      summary: 'Hedge',
      task: 'no',
    };
    const attributes = {
      ...{
        id: `evt-bus-${process.pid}`,
        source: '/core',
        subject: leadSubject({ org: hub.org, provider: 'singleops', key: job }),
      },
      ...{
        time: new Date().toISOString(),
        orgid: hub.org,
        connectionid: hub.connection,
        provider: 'singleops',
        origin: 'occ' as const,
      },
    };
    await hub.publish([
      eventOf(LeadSubmitted, attributes, { lead_key: job, crm: 'singleops', door: 'lead', variables }),
    ]);
    const made = await eventually(
      () => hub.company.control.leads().find(({ notes }) => notes.includes(job)),
      (found) => found !== undefined,
    );
    expect(made).toMatchObject({ clientName: 'Sol Marsh', name: 'Hedge' });
  });
});
