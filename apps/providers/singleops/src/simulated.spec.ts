import { isHubError } from '@occ-hub/errors';
import { type SingleOpsSimulator, type Switches, startSingleOpsSimulator } from '@occ-hub/simulator-singleops';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { placeLead } from './catalogue.ts';
import { recipientOf } from './choose-client.ts';
import { SingleOpsClient } from './client.ts';
import { Env } from './env.ts';
import { jobBody } from './job-body.ts';
import { Lead } from './lead.ts';
import { readyLead } from './ready-lead.ts';
import { findMatches } from './search.ts';
import { settingsWith } from './testing/account.ts';
import { plainIo } from './testing/plain-io.ts';

let vendor: SingleOpsSimulator;
beforeAll(async () => void (vendor = await startSingleOpsSimulator()));
beforeEach(() => vendor.control.reset());
afterAll(() => vendor.stop());

/** An account's client and how a lead goes through it, as the sink does it. */
function account(changed: Readonly<Record<string, unknown>> = {}) {
  const { email, token } = vendor.control.apiUser();
  const settings = settingsWith({ user_email: email, user_token: token, ...changed });
  const io = plainIo();
  const client = new SingleOpsClient(settings, io, Env.parse({ SINGLEOPS_URL: `${vendor.url}/` }));
  const send = async (fields: object) => {
    const lead = readyLead(Lead.parse(fields), { key: 'key-1', settings });
    const placed = await client.decide((catalogue) => placeLead(lead, settings, catalogue));
    const recipient = recipientOf(await findMatches(client, lead.contact), settings.several_matches);
    if (recipient.to === 'ask') throw new Error('Nobody is there to ask.');
    const existing = recipient.to === 'existing' ? recipient.client : undefined;
    const id = await client.createJob(jobBody({ lead, placed, client: existing, remark: recipient.remark, settings }));
    return vendor.control.lead(Number(id));
  };
  return { client, io, send };
}
const failure = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isHubError(error) ? error : expect.unreachable(String(error));
};
const mina = { first_name: 'Mina', last_name: 'Sato', email: 'mina@example.com', phone: '555-010-0155' };
const everything = {
  ...mina,
  ...{ company_name: 'Sato Gardens', mobile: '(555) 010-0156', line_1: '8 Birch Lane', line_2: 'Unit 2' },
  ...{ city: 'Marlow', state: 'Georgia', postal_code: '30000', notes: 'One stump.', source: 'Partner site' },
  ...{ division: 'Plant health care', task: 'yes', wanted_start: '2026-05-04T13:00:00Z', source_id: 'cp-88123' },
};

describe('a lead at the simulated SingleOps', () => {
  it.each([
    ['who is there', { email: 'rowan@example.com' }, 9001],
    ['whose number has an extension behind it', { phone: '(404) 555-0112' }, 9002],
    ['who has two addresses', { email: 'bo@example.com' }, 9003],
    ['whose number is written with brackets', { phone: '404.555.0113' }, 9003],
    ['whose address is written in capitals', { email: 'mila@example.com' }, 9004],
    ['whose number is written without signs', { phone: '+1 404 555 0114' }, 9004],
    ['who is the newer of two', { email: 'ada@example.com' }, 9007],
    ['into whom another was merged, by the address of the other', { email: 'noor@example.com' }, 9009],
    ['into whom another was merged, by the number of both', { phone: '404-555-0118' }, 9009],
    ['who is on hold', { email: 'lena@example.com' }, 9011],
    ['who stands on the second page', { email: 'office@parkside.example' }, 9153],
  ])('goes to the client %s', async (_who, contact, id) => {
    const lead = await account().send({ last_name: 'Somebody', ...contact });
    expect(lead).toMatchObject({ clientId: id, newClient: false, ignored: [] });
  });

  it.each([
    ['nobody has', { email: 'mina@example.com' }],
    ['merely begins another', { email: 'kit@shop.example' }],
    ['an archived client has', { email: 'otto@example.com' }],
    ['an inactive client has', { phone: '404-555-0121' }],
  ])('is of a new client where the contact is one that %s', async (_who, contact) => {
    const lead = await account().send({ last_name: 'Somebody', ...contact });
    expect(lead).toMatchObject({ newClient: true, state: 'Unconfirmed Client', ignored: [] });
  });

  it.each(['A', 'B'] as const)('arrives whole in layout %s, nothing of it ignored', async (layout) => {
    vendor.control.configure({ layout });
    const lead = await account({ layout }).send(everything);
    expect(lead).toMatchObject({
      ...{
        name: 'Partner site: Plant health care',
        notes: 'OCC lead cp-88123\nOne stump.',
        operationId: 42,
        ignored: [],
      },
      ...{ visitStageId: 8, customFieldValues: [{ custom_input_id: 501, value: 'partner' }] },
      task: { start: '2026-05-04 09:00:00', stop: '2026-05-04 09:30:00', on_site: true, all_day: false },
    });
    expect(vendor.control.client(lead.clientId)).toMatchObject({
      ...{ first_name: 'Mina', last_name: 'Sato', company_name: 'Sato Gardens', email: 'mina@example.com' },
      ...{ phone: '555-010-0155', mobile: '555-010-0156', bill_addr_1: '8 Birch Lane', bill_addr_2: 'Unit 2' },
      ...{ bill_addr_city: 'Marlow', bill_addr_state: 'GA', bill_addr_postal_code: '30000' },
    });
  });

  it('is scheduled by a task with times once a person confirmed, and not by one without', async () => {
    const { send } = account();
    const states = [];
    for (const more of [
      {},
      { wanted_start: undefined, last_name: 'Other', email: 'o@example.com', phone: undefined },
    ]) {
      const { id } = await send({ ...everything, ...more });
      states.push(vendor.control.confirmLead(id).state);
    }
    expect(states).toEqual(['Estimate Scheduled', 'Estimate Unscheduled']);
  });

  it('with the longest of everything is taken as it is', async () => {
    const long = { summary: '🌳 '.repeat(60), notes: '🌳'.repeat(5000), city: 'é'.repeat(255), task: 'yes' };
    vendor.control.configure({ overLimit: 'refuse' });
    const { name, notes } = await account().send({ ...mina, ...long });
    expect([[...name].length <= 41, [...notes].length]).toEqual([true, 4000]);
  });

  it.each([
    ['text', 200],
    ['list', 422],
    ['object', 200],
  ] as const)('that is refused in a %s with %i fails in the words of SingleOps', async (errorAs, failureStatus) => {
    vendor.control.configure({ errorAs, failureStatus });
    const { kind, message } = await failure(account({ visit_stage_id: 5 }).send(mina));
    expect([kind, message]).toEqual(['rejected', 'SingleOps refused the lead: Visit stage must exist']);
    expect(vendor.control.leads()).toEqual([]);
  });

  it.each([
    ['500', true],
    ['html', true],
    ['truncated', true],
    ['cut', true],
    ['swallow', true],
  ] as const)('whose answer is spoilt (%s) is there once and may have been made', async (kind, mayHaveApplied) => {
    vendor.control.fault({ kind, call: 'jobs', when: 'after' });
    expect(await failure(account().send(mina))).toMatchObject({ kind: 'transient', mayHaveApplied });
    expect([vendor.control.leads().length, vendor.control.received('jobs').length]).toEqual([1, 1]);
  });

  it.each([
    ['401', 'credential', false],
    ['403', 'rejected', false],
    ['429', 'transient', false],
    ['refused', 'rejected', false],
    ['refused-list', 'rejected', false],
  ] as const)('that meets %s is not there, and surely not', async (fault, kind, mayHaveApplied) => {
    vendor.control.fault({ kind: fault, call: 'jobs' });
    expect(await failure(account().send(mina))).toMatchObject({ kind, mayHaveApplied });
    expect(vendor.control.leads()).toEqual([]);
  });

  it('of a division that the account made a minute ago is taken, the lists read once more', async () => {
    const { client, io, send } = account();
    await client.catalogue();
    vendor.control.setOperation({ id: 44, name: 'Ponds' });
    io.pass(60_000);
    expect(await send({ ...mina, division: 'Ponds' })).toMatchObject({ operationId: 44 });
    expect(vendor.control.received('operations')).toHaveLength(2);
  });
});

describe('the API user at the simulated SingleOps', () => {
  it.each<[Switches['htmlLogin']]>([['never'], ['unless-json'], ['always']])(
    'with a wrong token is refused as a credential (login page: %s)',
    async (htmlLogin) => {
      vendor.control.configure({ htmlLogin });
      const { client } = account({ user_token: 'wrong' });
      expect((await failure(client.probe())).kind).toBe('credential');
    },
  );

  it('proves the account that its settings name, and not a sister’s', async () => {
    await expect(account().client.probe()).resolves.toBeUndefined();
    expect(await failure(account({ operation_id: 61 }).client.probe())).toMatchObject({
      ...{ code: 'singleops.settings-unfit', fields: [{ pointer: '/operation_id' }] },
    });
  });

  it('is never in the address of a lead, nor in anything shown', async () => {
    const { io, send } = account();
    await send(everything);
    const { email, token } = vendor.control.apiUser();
    const posts = io.calls.filter(({ method }) => method === 'POST');
    expect(posts.map(({ url }) => url)).toEqual([`${vendor.url}/api/v1/jobs`]);
    const shown = io.calls.map((call) => call.shown).join('\n');
    for (const hidden of [email, token, 'mina', '0155', 'Sato']) expect(shown).not.toContain(hidden);
  });
});
