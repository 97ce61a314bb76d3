import { beginConsent, connectionHealth, describeProvider, disconnect, saveSettings } from '@occ-hub/contracts';
import { isHubError } from '@occ-hub/errors';
import { DEFAULT_APP } from '@occ-hub/simulator-salesforce';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { objects } from './records.ts';
import { allow, openBrowser } from './testing/browser.ts';
import { type I360Hub, openI360Hub, settings } from './testing/i360-hub.ts';
import { ageGrants } from './testing/passing-time.ts';
import { serversOfThisRun } from './testing/servers.ts';

let hub: I360Hub;
let connection: string;
let connections = 0;
let callback: string;

beforeAll(async () => {
  hub = await openI360Hub(serversOfThisRun());
  const { url } = await hub.start();
  callback = `${url}/auth/improveit360/callback`;
});
afterAll(() => hub.close());
beforeEach(() => {
  connection = `${hub.connection}-${(connections += 1)}`;
});
afterEach(() => {
  hub.control.clearFaults();
  hub.control.changeApp(DEFAULT_APP.key, { secret: DEFAULT_APP.secret, callbacks: [callback], requirePkce: false });
});

const save = (more: object = {}) =>
  hub.ask(saveSettings, { org: hub.org, connection, settings: { ...settings, ...more } });
const health = () => hub.ask(connectionHealth, { org: hub.org, connection });
const refusalOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isHubError(error)) throw error;
  return error;
};

describe('the way of an org admin to a connection', () => {
  it('says that consent is asked for and what to enter as callback', async () => {
    const described = await hub.ask(describeProvider, {});
    expect(described).toMatchObject({ authorization: 'consent', callback_url: callback });
  });

  it('ends at a page that says connected, and begins with lists, users and appointments in that order', async () => {
    hub.control.forget();
    const run = await hub.consent(connection, hub.reps());
    expect(run).toMatchObject({ state: 'done', reason: 'authorized' });
    expect(run.changed).toBeGreaterThan(10);
    expect((await health()).state).toBe('healthy');
    const asked = hub.control.calls().map(({ kind, object }) => `${kind} ${object ?? ''}`.trim());
    const inOrder = asked.filter((each) => /describe|query/.test(each));
    expect(inOrder.slice(0, 6)).toEqual([
      `describe ${objects.appointment}`,
      `describe ${objects.opportunity}`,
      `describe ${objects.staff}`,
      `query ${objects.staff}`,
      'describe i360core__Sales_Appointment_Opportunity__c',
      `query ${objects.appointment}`,
    ]);
    // One description an object.
    expect(asked.filter((each) => each.startsWith('describe'))).toHaveLength(4);
    const lists = hub.core.lists.get(connection);
    expect(lists?.lookups['appointment_results']?.map(({ id }) => id)).toContain('Ran');
    expect(lists?.users.length).toBe(hub.reps().length);
  });

  it('refuses Classic with a sentence that says so, before anything is sent', async () => {
    const refused = await refusalOf(save({ platform: 'Classic' }));
    expect(refused.message).toMatch(/Lightning only/);
  });

  it('says what Deny means, and leaves the connection as it was', async () => {
    await save();
    const browser = openBrowser(hub);
    const page = await browser.open(await browser.press('deny', await browser.begin(connection)));
    expect(page.status).toBe(403);
    expect(page.text).toMatch(/Deny was pressed.*press Allow there/);
    expect((await health()).state).toBe('draft');
  });

  it('says that the consumer secret is wrong', async () => {
    await save({ consumer_secret: 'NOT-THE-SECRET' });
    const browser = openBrowser(hub);
    const page = await browser.open(await browser.press('allow', await browser.begin(connection)));
    expect(page.status).toBeGreaterThanOrEqual(400);
    expect(page.text).toMatch(/does not accept the consumer secret/);
    expect(page.text).not.toContain('NOT-THE-SECRET');
  });

  it('says before anybody leaves that the consumer key or the callback is not known', async () => {
    await save({ consumer_key: '3MVG9nobody' });
    expect((await refusalOf(openBrowser(hub).begin(connection))).message).toMatch(/does not know this consumer key/);
    hub.control.changeApp(DEFAULT_APP.key, { callbacks: ['https://elsewhere.example.com/callback'] });
    await save();
    expect((await refusalOf(openBrowser(hub).begin(connection))).message).toContain(callback);
  });

  it('takes an answer once: the same address again, and a code that was used, are refused', async () => {
    await save();
    const browser = openBrowser(hub);
    const back = await browser.press('allow', await browser.begin(connection));
    expect((await browser.open(back)).status).toBe(200);
    const again = await browser.open(back);
    expect(again.status).toBe(400);
    expect(again.text).toMatch(/start again/i);
    const code = new URL(back).searchParams.get('code')!;
    const other = new URL(await browser.press('allow', await browser.begin(connection)));
    other.searchParams.set('code', code);
    expect((await browser.open(other.href)).text).toMatch(/used already or is too old/);
  });

  it('takes an answer only from the browser that began, and only with its state untouched', async () => {
    await save();
    const [mine, foreign] = [openBrowser(hub), openBrowser(hub)];
    const back = await mine.press('allow', await mine.begin(connection));
    expect((await foreign.open(back)).status).toBe(403);
    const second = new URL(await mine.press('allow', await mine.begin(connection)));
    second.searchParams.set('state', `${second.searchParams.get('state')}x`);
    expect((await mine.open(second.href)).status).toBe(400);
    expect((await health()).state).toBe('draft');
  });

  it('proves itself with PKCE, which an office can turn off', async () => {
    hub.control.changeApp(DEFAULT_APP.key, { requirePkce: true });
    expect((await hub.consent(connection, [])).state).toBe('done');
    hub.control.changeApp(DEFAULT_APP.key, { requirePkce: false });
    await save({ pkce: false });
    expect(await openBrowser(hub).begin(connection)).not.toContain('code_challenge');
  });

  it('does not begin before settings are saved, nor for another org', async () => {
    await expect(openBrowser(hub).begin(connection)).rejects.toThrow(/settings/i);
    await save();
    const browser = 'a'.repeat(64);
    const other = hub.ask(beginConsent, { org: 'org-other', connection, browser });
    expect((await refusalOf(other)).code).toBe('connection.unknown');
  });
});

describe('a connection that is there', () => {
  it('is authorized again without losing anything: nothing is published anew', async () => {
    await hub.consent(connection, hub.reps());
    const again = await hub.consent(connection, hub.reps());
    expect(again).toMatchObject({ state: 'done', changed: 0 });
    expect(again.unchanged).toBeGreaterThan(10);
  });

  it('gives the access of before back when it is authorized again, and works with the new one', async () => {
    await hub.consent(connection, hub.reps());
    const before = hub.control.approvals().at(-1)!.id;
    await hub.consent(connection, hub.reps());
    const [former, latest] = [
      hub.control.approvals().find(({ id }) => id === before)!,
      hub.control.approvals().at(-1)!,
    ];
    expect([former.ended, latest.ended]).toEqual(['revoked', null]);
    hub.control.expireAccessTokens();
    await ageGrants(hub);
    expect((await hub.sync(connection)).state).toBe('done');
    expect(hub.control.approvals().at(-1)).toMatchObject({ id: latest.id, refreshes: 1, ended: null });
  });

  it('takes no access to another Salesforce company, and goes on with its own', async () => {
    await hub.consent(connection, hub.reps());
    const identity = 'https://login.salesforce.com/id/00DHs000009Oth3EAC/005Hs00000AdmnQIAR';
    const body = {
      ...{ access_token: 'elsewhere', refresh_token: 'elsewhere', token_type: 'Bearer', id: identity },
      instance_url: hub.simulator.url,
    };
    hub.control.fault({ kind: 'status', calls: 'token', path: 'token', status: 200, body });
    const page = await allow(hub, connection);
    expect(page.status).toBe(403);
    expect(page.text).toMatch(/another company of improveit360.*disconnect first/);
    expect((await health()).state).toBe('healthy');
    expect(await hub.sync(connection)).toMatchObject({ state: 'done', removed: 0 });
  });

  it('gives its access back when it is disconnected, and forgets secret and tokens', async () => {
    await hub.consent(connection, hub.reps());
    const before = hub.control.approvals().filter(({ ended }) => ended === null).length;
    const { state, note } = await hub.ask(disconnect, { org: hub.org, connection });
    expect([state, note]).toEqual(['draft', undefined]);
    expect(hub.control.approvals().filter(({ ended }) => ended === null)).toHaveLength(before - 1);
    const kept = await hub.database.collection('connections').findOne({ _id: connection as never });
    expect(kept?.['secrets'] ?? null).toBeNull();
    expect((await health()).reason).toMatch(/Disconnected/);
    const { consumer_secret: _secret, ...without } = settings;
    const refused = await refusalOf(hub.ask(saveSettings, { org: hub.org, connection, settings: without }));
    expect(refused.fields.map(({ pointer }) => pointer)).toEqual(['/consumer_secret']);
  });

  it('is forgotten here even when Salesforce cannot be told, and says what is left to do', async () => {
    await hub.consent(connection, []);
    hub.control.fault({ kind: 'maintenance', calls: 'token', path: 'revoke', count: 'forever' });
    const { state, note } = await hub.ask(disconnect, { org: hub.org, connection });
    expect(state).toBe('draft');
    expect(note).toBeTruthy();
  });
});
