import { describeProvider, type HubEvent } from '@occ-hub/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertEnv } from '../testing/alert-settings.ts';
import { connectionChanged } from '../testing/connection-changed.ts';
import { eventually } from '../testing/eventually.ts';
import { startHookReceiver } from '../testing/hook-receiver.ts';
import { startMailbox } from '../testing/mailbox.ts';
import { startTestCore, type TestCore } from '../testing/test-core.ts';
import { leadSettled } from '../testing/write-settled.ts';
import type { AlertRecord } from './alert.ts';
import { AlertsView } from './alert-settings.ts';

let core: TestCore;
let mailbox: Awaited<ReturnType<typeof startMailbox>>;
let receiver: Awaited<ReturnType<typeof startHookReceiver>>;
let shift = 0;

beforeAll(async () => {
  [mailbox, receiver] = await Promise.all([startMailbox(), startHookReceiver()]);
  core = await startTestCore({ clock: () => Date.now() + shift }, alertEnv(mailbox.url));
  await core.provide('example-crm', describeProvider, async () => {
    return { id: 'example-crm', title: 'Example CRM', settings: {}, events: [] };
  });
});
afterAll(async () => {
  await core.stop();
  await Promise.all([mailbox.stop(), receiver.stop()]);
});

/** An org whose alerts go elsewhere than the failures of its connection. */
async function orgWith(org: string) {
  const operator = await core.token({ sub: 'op-1', role: 'operator' });
  await core.call('POST', '/v1/orgs', { token: operator, body: { id: org, name: `Org ${org}`, time_zone: 'UTC' } });
  const admin = () => core.token({ sub: `${org}-admin`, role: 'org-admin', org });
  const alerts = { emails: [`alerts@${org}.example.com`], webhook: { url: receiver.url } };
  await core.call('PUT', `/v1/orgs/${org}/alerts`, { token: await admin(), body: alerts });
  const undelivered = async () =>
    (await core.call('GET', `/v1/orgs/${org}/alerts`, { token: await admin() })).as(AlertsView).undelivered;
  return {
    source: { org, provider: 'example-crm', connection: `con-${org}` },
    to: `office@${org}.example.com`,
    undelivered,
  };
}
const alertsOf = (org: string) =>
  core.database.collection<AlertRecord>('alerts').find({ org }).sort({ at: 1 }).toArray();
const mailsTo = (address: string) => mailbox.mails.filter(({ to }) => to.includes(address));
const tell = (...events: HubEvent[]) => core.publisher.publish(events);
const settled = (org: string, count: number) =>
  eventually(
    () => alertsOf(org),
    (alerts) => alerts.filter(({ attempts, due_at }) => attempts > 0 && due_at === undefined).length === count,
  );

describe('a write that failed', () => {
  it('is told by one mail to whom its connection names, and to nobody else; a replay that fails again by another', async () => {
    const { source, to } = await orgWith('fl-once');
    const message = 'Example CRM refused it: enter a zip.';
    const facts = { report_to: to, message, step: 'create-task' };
    const first = leadSettled(source, 'fl-once-1', { ...facts, time: '2030-01-01T00:00:00.000Z' });
    const told = leadSettled(source, 'fl-once-1', { ...facts, time: '2030-01-01T00:00:00.000Z' });
    await tell(first, told);
    await settled('fl-once', 1);
    const again = { ...facts, outcome: 'parked', time: '2030-01-01T01:00:00.000Z' } as const;
    await tell(told, leadSettled(source, 'fl-once-1', again));
    await settled('fl-once', 2);
    const mails = mailsTo(to);
    expect(mails.map(({ subject, to: all }) => [subject, all])).toEqual(
      Array.from({ length: 2 }, () => ['Example CRM: a lead could not be delivered (Org fl-once)', [to]]),
    );
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(2);
    const text = mails[0]?.raw.replaceAll('=\r\n', '') ?? '';
    for (const said of ['Lead 4711', 'create-task', message, 'finished steps are not repeated'])
      expect(text).toContain(said);
    expect(text).toContain('https://app.example.com/integrations?org=3Dfl-once&delivery=3Dfl-once-1');
    expect(mailsTo('alerts@fl-once.example.com')).toEqual([]);
    expect(receiver.hooks.filter(({ body }) => body.includes('fl-once'))).toEqual([]);
  });

  it('is no alert where it was delivered, or where its connection names nobody', async () => {
    const { source, to } = await orgWith('fl-none');
    const time = '2030-01-01T00:00:00.000Z';
    await tell(
      leadSettled(source, 'fl-none-1', { report_to: to, outcome: 'delivered', time }),
      leadSettled(source, 'fl-none-2', { time }),
      leadSettled(source, 'fl-none-3', { report_to: to, outcome: 'aborted', time }),
      leadSettled(source, 'fl-none-4', { report_to: to, time }),
    );
    await settled('fl-none', 1);
    expect((await alertsOf('fl-none')).map(({ _id }) => _id)).toEqual([expect.stringMatching(/^fl-none-4-/)]);
  });

  it('is tried again while the mail server is down, given up after a day, and shown', async () => {
    const { source, to, undelivered } = await orgWith('fl-down');
    mailbox.state.down = true;
    const time = '2030-01-01T00:00:00.000Z';
    await tell(leadSettled(source, 'fl-down-1', { report_to: to, time }));
    await eventually(
      () => alertsOf('fl-down'),
      ([alert]) => alert?.attempts === 1,
    );
    mailbox.state.down = false;
    shift += 6_000;
    await settled('fl-down', 1);
    expect(mailsTo(to)).toHaveLength(1);
    mailbox.state.down = true;
    await tell(leadSettled(source, 'fl-down-2', { report_to: to, time }));
    await eventually(
      () => alertsOf('fl-down'),
      (alerts) => alerts.some(({ _id, attempts }) => _id.startsWith('fl-down-2') && attempts === 1),
    );
    shift += 86_400_000;
    await settled('fl-down', 2);
    mailbox.state.down = false;
    expect(await undelivered()).toMatchObject([
      { kind: 'delivery-failed', delivery: 'fl-down-2', channel: 'email', to },
    ]);
  });

  it('neither hides nor makes news of its connection', async () => {
    const { source, to } = await orgWith('fl-both');
    const at = (second: number) => new Date(Date.UTC(2030, 0, 1) + second * 1_000).toISOString();
    const needs = 'needs-reauthorization' as const;
    await tell(
      connectionChanged(source, { before: 'healthy', state: needs }, at(1)),
      leadSettled(source, 'fl-both-1', { report_to: to, time: at(2) }),
    );
    await settled('fl-both', 2);
    // Over `draft`: only what was said last of the connection tells the recovery.
    await tell(connectionChanged(source, { before: 'draft', state: 'healthy' }, at(3)));
    await settled('fl-both', 3);
    expect((await alertsOf('fl-both')).map(({ kind }) => kind)).toEqual([
      'needs-you',
      'delivery-failed',
      'works-again',
    ]);
  });
});
