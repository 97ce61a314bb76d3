import { connectionHealth, describeProvider, type HubEvent } from '@occ-hub/contracts';
import { newId } from '@occ-hub/service';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertEnv } from '../testing/alert-settings.ts';
import { connectionChanged } from '../testing/connection-changed.ts';
import { eventually } from '../testing/eventually.ts';
import type { Source } from '../testing/examples.ts';
import { startHookReceiver } from '../testing/hook-receiver.ts';
import { startMailbox } from '../testing/mailbox.ts';
import { startTestCore, type TestCore } from '../testing/test-core.ts';
import type { AlertRecord } from './alert.ts';
import { AlertsSaved, AlertsView } from './alert-settings.ts';

const needs = 'needs-reauthorization' as const;
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
  await core.provide('example-crm', connectionHealth, async () => {
    return { state: needs, since: '2030-01-01T00:00:00.000Z', waiting: 3, parked: 0 };
  });
});
afterAll(async () => {
  await core.stop();
  await Promise.all([mailbox.stop(), receiver.stop()]);
});

/** An org with an admin, and where its alerts go. */
async function orgWith(org: string, body?: object) {
  const operator = await core.token({ sub: 'op-1', role: 'operator' });
  const facts = { id: org, name: `Org ${org}`, time_zone: 'America/New_York' };
  await core.call('POST', '/v1/orgs', { token: operator, body: facts });
  const admin = async (method: string, path = '', put?: unknown) => {
    const token = await core.token({ sub: `${org}-admin`, role: 'org-admin', org });
    const options = put === undefined ? {} : { body: put };
    return core.call(method, `/v1/orgs/${org}/alerts${path}`, { token, ...options });
  };
  const saved = body === undefined ? undefined : (await admin('PUT', '', body)).as(AlertsSaved);
  const source: Source = { org, provider: 'example-crm', connection: `con-${org}` };
  return { org, admin, source, secret: saved?.webhook_secret ?? '' };
}

let tick = Date.UTC(2030, 0, 1);
type Change = Parameters<typeof connectionChanged>[1];
/** Tells a change that comes after all told before. */
async function tell(source: Source, change: Change): Promise<HubEvent> {
  const event = connectionChanged(source, change, new Date((tick += 1_000)).toISOString());
  await core.publisher.publish([event]);
  return event;
}
const alertOf = async ({ attributes }: HubEvent) =>
  core.database.collection<AlertRecord>('alerts').findOne({ _id: attributes.id });
const statesOf = async (event: HubEvent) => (await alertOf(event))?.targets.map(({ state }) => state);
const settledOf = (event: HubEvent) =>
  eventually(
    () => alertOf(event),
    (alert) => alert !== null && alert.attempts > 0 && alert.due_at === undefined,
  );
const mailsTo = (address: string) => mailbox.mails.filter(({ to }) => to.includes(address));
const hooksOf = ({ attributes }: HubEvent) =>
  receiver.hooks.filter(({ headers }) => headers['webhook-id'] === attributes.id);

describe('where alerts go', () => {
  it('is said by the org; the secret of a webhook is shown one time and kept nowhere', async () => {
    const { admin } = await orgWith('al-set');
    expect((await admin('GET')).as(AlertsView)).toMatchObject({
      emails: [],
      email_channel: { on: true },
      webhook_channel: { on: true },
      undelivered: [],
    });
    expect((await admin('POST', '/webhook-secret')).body).toMatchObject({
      status: 422,
      code: 'core.alerts.no-webhook',
    });
    const emails = [' Ada@example.com', 'ada@example.com', 'bob@example.com'];
    const webhook = { url: receiver.url };
    const first = (await admin('PUT', '', { emails, webhook })).as(AlertsSaved);
    expect([first.emails, first.webhook?.url]).toEqual([['ada@example.com', 'bob@example.com'], receiver.url]);
    expect(first.webhook_secret).toMatch(/^whsec_/);
    const again = (await admin('PUT', '', { emails, webhook: { url: `${receiver.url}/2` } })).as(AlertsSaved);
    expect([again.webhook_secret, again.webhook?.url]).toEqual([undefined, `${receiver.url}/2`]);
    const { webhook_secret: rotated } = (await admin('POST', '/webhook-secret')).body as { webhook_secret: string };
    expect(rotated).not.toBe(first.webhook_secret);
    expect(JSON.stringify((await admin('GET')).body)).not.toContain('whsec_');
    const names = (await core.database.listCollections()).map(({ name }) => name);
    const all = await Promise.all(names.map((name) => core.database.collection(name).find().toArray()));
    for (const secret of [first.webhook_secret, rotated]) {
      expect(JSON.stringify(all)).not.toContain(secret?.slice('whsec_'.length));
    }
    expect((await admin('PUT', '', { emails: [] })).as(AlertsView)).not.toHaveProperty('webhook');
    expect((await admin('PUT', '', { emails: [], webhook })).as(AlertsSaved).webhook_secret).toMatch(/^whsec_/);
  });

  it('is refused by field where it cannot be', async () => {
    const { admin } = await orgWith('al-bad');
    const many = Array.from({ length: 21 }, (_, index) => `m${index}@example.com`);
    expect((await admin('PUT', '', { emails: many })).body).toMatchObject({
      status: 422,
      errors: [{ pointer: '/emails' }],
    });
    expect((await admin('PUT', '', { emails: ['no address'] })).status).toBe(422);
    const webhook = { url: 'https://user:word@hooks.example.com' };
    expect((await admin('PUT', '', { emails: [], webhook })).body).toMatchObject({
      code: 'core.alerts.webhook-url',
      errors: [{ pointer: '/webhook/url' }],
    });
  });
});

describe('a connection that needs a person', () => {
  it('is told by mail and signed webhook once, however often the event comes, and so is its recovery', async () => {
    const { source, secret } = await orgWith('al-once', {
      emails: ['ada@once.example.com', 'bob@once.example.com'],
      webhook: { url: receiver.url },
    });
    const reason = 'Example CRM refused the login. Enter the password again.';
    const event = await tell(source, { before: 'healthy', state: needs, reason });
    await settledOf(event);
    await core.publisher.publish([event]);
    for (const state of ['draft', 'paused', 'retrying'] as const) await tell(source, { before: needs, state });
    const recovery = await tell(source, { before: 'draft', state: 'healthy' });
    await settledOf(recovery);

    const mails = mailsTo('bob@once.example.com');
    expect(mails.map(({ subject }) => subject)).toEqual([
      'Example CRM needs you: authorize again (Org al-once)',
      'Example CRM works again (Org al-once)',
    ]);
    expect(mails.map(({ messageId }) => messageId)).toEqual(
      [event, recovery].map(({ attributes }) => `<${attributes.id}@example.com>`),
    );
    expect(mails[0]?.to).toEqual(['ada@once.example.com', 'bob@once.example.com']);
    expect(mails[0]?.raw).toContain(reason);
    expect(mails[0]?.raw).toContain('3 writes');
    expect(mails[0]?.raw.replaceAll('=\r\n', '')).toContain('https://app.example.com/integrations?org=3Dal-once');

    const hooks = [...hooksOf(event), ...hooksOf(recovery)];
    expect(hooks).toHaveLength(2);
    const verified = hooks.map(({ body, headers }) =>
      new Webhook(secret).verify(body, headers as Record<string, string>),
    );
    expect(verified).toMatchObject([
      { type: 'connection.needs-you', data: { org: 'al-once', state: needs, reason, waiting: 3 } },
      { type: 'connection.works-again', data: { connection: 'con-al-once', state: 'healthy' } },
    ]);
    const [one] = hooks;
    const forged = (one?.body ?? '').replace('al-once', 'al-twice');
    expect(() => new Webhook(secret).verify(forged, one?.headers as Record<string, string>)).toThrow();
  });

  it('is told although the provider answers nothing', async () => {
    const { source } = await orgWith('al-silent', { emails: ['ada@silent.example.com'] });
    await settledOf(await tell({ ...source, provider: 'gone-crm' }, { before: 'healthy', state: needs }));
    const [mail] = mailsTo('ada@silent.example.com');
    expect(mail?.subject).toBe('gone-crm needs you: authorize again (Org al-silent)');
    expect(mail?.raw).not.toContain('What waits');
  });

  it('is kept and told to nobody where nobody is to be told', async () => {
    const { source } = await orgWith('al-nobody');
    const event = await tell(source, { before: 'healthy', state: needs });
    const alert = await eventually(
      () => alertOf(event),
      (found) => found !== null,
    );
    expect([alert?.targets, alert?.due_at]).toEqual([[], undefined]);
  });
});

describe('a channel that fails', () => {
  it('does not hold up the other, and is tried again under the same id', async () => {
    const { source } = await orgWith('al-hook', { emails: ['ada@hook.example.com'], webhook: { url: receiver.url } });
    receiver.state.status = 500;
    const event = await tell(source, { before: 'healthy', state: needs });
    await eventually(
      () => statesOf(event),
      (states) => states?.[0] === 'sent' && hooksOf(event).length === 1,
    );
    await eventually(
      () => alertOf(event),
      (alert) => alert?.attempts === 1,
    );
    expect(await statesOf(event)).toEqual(['sent', 'waiting']);
    receiver.state.status = 204;
    shift += 6_000;
    expect((await settledOf(event))?.targets.map(({ state }) => state)).toEqual(['sent', 'sent']);
    expect(hooksOf(event)).toHaveLength(2);
    expect(mailsTo('ada@hook.example.com')).toHaveLength(1);
  });

  it('of mail refuses one address for good and takes the other; the refusal is shown', async () => {
    const { admin, source } = await orgWith('al-550', { emails: ['nobody@550.example.com', 'ada@550.example.com'] });
    const event = await tell(source, { before: 'healthy', state: needs });
    expect((await settledOf(event))?.targets.map(({ state }) => state)).toEqual(['undelivered', 'sent']);
    expect((await admin('GET')).as(AlertsView).undelivered).toMatchObject([
      { event: event.attributes.id, kind: 'needs-you', channel: 'email', to: 'nobody@550.example.com' },
    ]);
  });

  it('is not tried any more for what later news overtook', async () => {
    const { source } = await orgWith('al-over', { emails: ['ada@over.example.com'] });
    mailbox.state.down = true;
    const event = await tell(source, { before: 'healthy', state: needs });
    await eventually(
      () => alertOf(event),
      (alert) => alert?.attempts === 1,
    );
    mailbox.state.down = false;
    const recovery = await tell(source, { before: needs, state: 'healthy' });
    await settledOf(recovery);
    shift += 6_000;
    expect((await settledOf(event))?.targets.map(({ state }) => state)).toEqual(['dropped']);
    expect(mailsTo('ada@over.example.com').map(({ subject }) => subject)).toEqual([
      'Example CRM works again (Org al-over)',
    ]);
  });

  it('is given up after a day, and shown', async () => {
    const { admin, source } = await orgWith('al-day', { emails: [], webhook: { url: 'http://127.0.0.1:1/occ' } });
    const event = await tell(source, { before: 'healthy', state: needs });
    await eventually(
      () => alertOf(event),
      (alert) => alert?.attempts === 1,
    );
    expect(await statesOf(event)).toEqual(['waiting']);
    shift += 86_400_000;
    expect((await settledOf(event))?.targets.map(({ state }) => state)).toEqual(['undelivered']);
    const { undelivered } = (await admin('GET')).as(AlertsView);
    expect(undelivered).toMatchObject([{ channel: 'webhook', note: expect.stringContaining('ECONNREFUSED') }]);
  });
});

describe('a hub whose webhooks are for the internet', () => {
  it('refuses addresses inside when they are entered, and names that lead inside when it connects', async () => {
    const strict = await startTestCore({}, { ...alertEnv(mailbox.url), ALERT_WEBHOOKS_ANY: 'off' });
    const operator = await strict.token({ sub: 'op-1', role: 'operator' });
    const facts = { id: 'al-in', name: 'Inside', time_zone: 'UTC' };
    await strict.call('POST', '/v1/orgs', { token: operator, body: facts });
    const token = await strict.token({ sub: 'ada', role: 'org-admin', org: 'al-in' });
    const put = (url: string) =>
      strict.call('PUT', '/v1/orgs/al-in/alerts', { token, body: { emails: [], webhook: { url } } });
    expect((await put(receiver.url)).body).toMatchObject({ code: 'core.alerts.webhook-url' });
    const { port } = new URL(receiver.url);
    expect((await put(`https://localhost:${port}/occ`)).status).toBe(200);
    const source = { org: 'al-in', provider: 'example-crm', connection: newId('con') };
    const event = connectionChanged(source, { before: 'healthy', state: needs }, '2030-01-01T00:00:00.000Z');
    await strict.publisher.publish([event]);
    const alerts = strict.database.collection<AlertRecord>('alerts');
    const alert = await eventually(
      () => alerts.findOne({ _id: event.attributes.id }),
      (found) => found?.attempts === 1,
    );
    expect(alert?.targets).toMatchObject([{ state: 'waiting', note: expect.stringContaining('inside') }]);
    expect(hooksOf(event)).toEqual([]);
    await strict.stop();
  });
});

describe('a hub without a mail server', () => {
  it('says so, and gives up at once what it cannot send', async () => {
    const bare = await startTestCore();
    const operator = await bare.token({ sub: 'op-1', role: 'operator' });
    const facts = { id: 'al-off', name: 'Off', time_zone: 'UTC' };
    await bare.call('POST', '/v1/orgs', { token: operator, body: facts });
    const token = await bare.token({ sub: 'ada', role: 'org-admin', org: 'al-off' });
    const body = { emails: ['ada@off.example.com'], webhook: { url: 'https://hooks.example.com/occ' } };
    const saved = (await bare.call('PUT', '/v1/orgs/al-off/alerts', { token, body })).as(AlertsSaved);
    expect([saved.email_channel.on, saved.webhook_channel.on, saved.webhook_secret]).toEqual([false, false, undefined]);
    expect(saved.email_channel.note).toContain('SMTP_URL');
    const source = { org: 'al-off', provider: 'example-crm', connection: newId('con') };
    const event = connectionChanged(source, { before: 'healthy', state: needs }, '2030-01-01T00:00:00.000Z');
    await bare.publisher.publish([event]);
    const look = async () => {
      return (await bare.call('GET', '/v1/orgs/al-off/alerts', { token })).as(AlertsView).undelivered;
    };
    const undelivered = await eventually(look, ({ length }) => length === 2);
    expect(undelivered.map(({ channel }) => channel).sort()).toEqual(['email', 'webhook']);
    await bare.stop();
  });

  it('does not start with half of the settings', async () => {
    const half = startTestCore({}, { SMTP_URL: mailbox.url });
    await expect(half).rejects.toMatchObject({ kind: 'config', code: 'core.alert-from' });
  });
});
