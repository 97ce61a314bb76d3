import { type HubEvent, LeadSubmitted, isEvent } from '@occ-hub/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectExample } from '../testing/connect-example.ts';
import { eventually } from '../testing/eventually.ts';
import { settledEvent } from '../testing/examples.ts';
import { hearOutbound } from '../testing/outbound-ear.ts';
import { seedOrg, type SeededOrg } from '../testing/seed-org.ts';
import { startTestCore, type TestCore } from '../testing/test-core.ts';
import { leadIdOf, LeadView } from './lead.ts';

let core: TestCore;
let seeded: SeededOrg;
let other: Awaited<ReturnType<typeof connectExample>>;
let ear: ReturnType<typeof hearOutbound>;

beforeAll(async () => {
  core = await startTestCore();
  seeded = await seedOrg(core, 'send-org', 'first-crm');
  other = await connectExample(core, seeded);
  ear = hearOutbound(core);
});
afterAll(async () => {
  await ear.stop();
  await other.provider.stop();
  await core.stop();
});

const send = (key?: string, more: object = {}) =>
  core.call('POST', `${seeded.path}/leads`, {
    token: seeded.user,
    body: { connection: other.connection, task: true, ...more },
    ...(key === undefined ? {} : { key }),
  });
const heard = () => ear.of('send-org').filter((event) => isEvent(event, LeadSubmitted));
const untilIt = (id: string, status: string) =>
  eventually(
    async () => (await core.call('GET', `/v1/orgs/send-org/leads/${id}`, { token: seeded.user })).as(LeadView),
    ({ crm_status }) => crm_status.status === status,
  );
const at = (minute: number) => `2031-01-01T00:0${minute}:00.000Z`;
const attributesOf = ({ attributes: { orgid: org, provider, subject } }: HubEvent) => ({ org, provider, subject });

describe('a job of OCC’s for another CRM', () => {
  it('is refused where that CRM takes none, and nothing is sent', async () => {
    const { status, body } = await send();
    expect({ status, body }).toMatchObject({ status: 422, body: { code: 'core.job.not-taken' } });
    expect(heard()).toEqual([]);
  });

  it('is refused with a card number in its notes, and nothing of it is kept or sent', async () => {
    other.provider.held.jobDoor = 'lead';
    const { status, body } = await send('key-card', { notes: 'card 4111 1111 1111 1111' });
    expect({ status, body }).toMatchObject({ status: 422, body: { code: 'card-number.refused' } });
    expect(JSON.stringify(body)).not.toMatch(/4111/);
    expect(await core.database.collection('leads').countDocuments({ org: 'send-org' })).toBe(0);
    expect(heard()).toEqual([]);
  });

  it('goes out once, and goes anew after a person ended it only when it is said that it is not there', async () => {
    other.provider.held.jobDoor = 'lead';
    const made = (await send('key-1')).as(LeadView);
    expect(made.crm_status.status).toBe('pending');
    expect((await send('key-1')).as(LeadView).id).toBe(made.id);
    await ear.until('send-org', 1);
    const [event] = heard();
    expect(event?.attributes).toMatchObject({ provider: 'example-crm', connectionid: other.connection, origin: 'occ' });
    // Whether it is there was not known; somebody looked, and it was.
    await core.publisher.publish([settledEvent(event!, 'parked', { time: at(0) })]);
    await untilIt(made.id, 'parked');
    await core.publisher.publish([settledEvent(event!, 'aborted', { time: at(1) })]);
    await untilIt(made.id, 'aborted');
    expect((await send('key-2')).body).toMatchObject({ status: 422, code: 'core.job.may-be-there' });
    expect(heard()).toHaveLength(1);
    expect((await send('key-3', { send_again: true })).as(LeadView)).toMatchObject({
      id: made.id,
      crm_status: { status: 'pending' },
    });
    await ear.until('send-org', 2);
  });

  it('shows how its last sending ended, whatever becomes of the first, and is not sent once more', async () => {
    const [first, second] = heard();
    const ids = { lead_id: '9' };
    await core.publisher.publish([settledEvent(second!, 'delivered', { time: at(2), vendorIds: ids })]);
    const { id } = await untilIt(leadIdOf(attributesOf(second!)), 'delivered');
    await core.publisher.publish([settledEvent(first!, 'rejected', { time: at(3) })]);
    await eventually(
      () => core.database.collection('leads').findOne({ _id: id as never, 'ends.status': 'rejected' }),
      (held) => held !== null,
    );
    expect((await untilIt(id, 'delivered')).crm_status.vendor_ids).toEqual(ids);
    expect((await send('key-4', { send_again: true })).body).toMatchObject({ code: 'core.job.sent-already' });
    expect(heard()).toHaveLength(2);
  });
});
