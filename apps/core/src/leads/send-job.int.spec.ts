import { LeadSubmitted, isEvent } from '@occ-hub/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectExample } from '../testing/connect-example.ts';
import { eventually } from '../testing/eventually.ts';
import { settledEvent } from '../testing/examples.ts';
import { hearOutbound } from '../testing/outbound-ear.ts';
import { seedOrg, type SeededOrg } from '../testing/seed-org.ts';
import { startTestCore, type TestCore } from '../testing/test-core.ts';
import { LeadView } from './lead.ts';

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

const send = (key?: string) =>
  core.call('POST', `${seeded.path}/leads`, {
    token: seeded.user,
    body: { connection: other.connection, task: true },
    ...(key === undefined ? {} : { key }),
  });
const heard = () => ear.of('send-org').filter((event) => isEvent(event, LeadSubmitted));

describe('a job of OCC’s for another CRM', () => {
  it('is refused where that CRM takes none, and nothing is sent', async () => {
    const { status, body } = await send();
    expect({ status, body }).toMatchObject({ status: 422, body: { code: 'core.job.not-taken' } });
    expect(heard()).toEqual([]);
  });

  it('goes out once, shows how it ended, and is not sent twice', async () => {
    other.provider.held.jobDoor = 'lead';
    const made = (await send('key-1')).as(LeadView);
    expect(made.crm_status.status).toBe('pending');
    expect((await send('key-1')).as(LeadView).id).toBe(made.id);
    await ear.until('send-org', 1);
    const [event] = heard();
    expect(event?.attributes).toMatchObject({ provider: 'example-crm', connectionid: other.connection, origin: 'occ' });

    await core.publisher.publish([
      settledEvent(event!, 'delivered', { time: '2031-01-01T00:00:00.000Z', vendorIds: { lead_id: '9' } }),
    ]);
    const path = `/v1/orgs/send-org/leads/${made.id}`;
    const ended = await eventually(
      async () => (await core.call('GET', path, { token: seeded.user })).as(LeadView),
      ({ crm_status }) => crm_status.status === 'delivered',
    );
    expect(ended.crm_status.vendor_ids).toEqual({ lead_id: '9' });
    expect((await send('key-2')).status).toBe(422);
    expect(heard()).toHaveLength(1);
  });
});
