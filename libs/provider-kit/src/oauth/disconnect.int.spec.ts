import { authorize, connectionHealth, disconnect, pauseConnection, saveSettings } from '@occ-hub/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { ConsentHub, failureOf } from '../testing/consent-hub.ts';
import { eventually } from '../testing/eventually.ts';

let world: ConsentHub;
beforeAll(async () => {
  const [kafkaBrokers, natsUrl, mongoUrl] = [inject('kafkaBrokers'), inject('natsUrl'), inject('mongoUrl')];
  world = await ConsentHub.open({ kafkaBrokers, natsUrl, mongoUrl });
});
afterAll(() => world.close());
beforeEach(() => world.fresh());

describe('a connection that is authorized again', () => {
  it('works again after the vendor had ended its access', async () => {
    await world.connect();
    world.server.endGrants();
    await world.hub.database.collection('grants').updateMany({}, { $inc: { refreshedAt: -3_600_000 } });
    expect(await failureOf(world.hub.ask(authorize, world.which))).toMatchObject({ code: 'consent-crm.grant.ended' });
    expect(await world.hub.ask(connectionHealth, world.which)).toMatchObject({
      state: 'needs-reauthorization',
      reason: expect.stringMatching(/Authorize again/) as string,
    });
    await world.connect();
    expect(await world.hub.ask(authorize, world.which)).toMatchObject({ state: 'healthy' });
  });

  it('stays paused when a person had paused it, and the page says so', async () => {
    await world.hub.ask(pauseConnection, { ...world.which, paused: true });
    const { url, cookie } = await world.begin();
    const { status, text } = await world.come(world.server.allow(url), cookie);
    expect(status).toBe(200);
    expect(text).toMatch(/still paused/);
    expect(await world.state()).toBe('paused');
  });
});

describe('settings that are saved over an authorized connection', () => {
  it('end the access where they name another app', async () => {
    await world.connect();
    const saved = await world.save({ key: 'another-key' });
    expect(saved.state).toBe('draft');
    expect((await failureOf(world.hub.ask(authorize, world.which))).code).toBe('consent-crm.grant.none');
    // Neither does it come back with the app of before.
    await world.save({});
    expect((await failureOf(world.hub.ask(authorize, world.which))).code).toBe('consent-crm.grant.none');
  });

  it('leave it as it is where they name the same app', async () => {
    await world.connect();
    expect((await world.save({ pkce: false })).state).toBe('healthy');
    expect(await world.hub.ask(authorize, world.which)).toMatchObject({ state: 'healthy' });
  });
});

describe('a connection that is disconnected', () => {
  it('has given its access back, has forgotten its secrets, and is a draft', async () => {
    await world.connect();
    const before = world.server.calls.length;
    expect(await world.hub.ask(disconnect, world.which)).toEqual({ state: 'draft' });
    expect(world.server.calls.slice(before)).toEqual(['revoke']);
    expect(await world.hub.ask(connectionHealth, world.which)).toMatchObject({
      state: 'draft',
      reason: expect.stringMatching(/^Disconnected\./) as string,
    });
    const document = await world.hub.database.collection('connections').findOne({ _id: world.connection as never });
    expect(document).toMatchObject({ secrets: null, settings: { key: world.server.app.id } });
    expect(await world.hub.database.collection('grants').findOne({ _id: world.connection as never })).toMatchObject({
      sealed: null,
    });
    expect((await failureOf(world.hub.ask(authorize, world.which))).code).toBe('connection.no-settings');
    const { key } = world.settings;
    expect((await failureOf(world.hub.ask(saveSettings, { ...world.which, settings: { key } }))).code).toBe(
      'settings.invalid',
    );
  });

  it('is connected again by entering the secrets and consenting', async () => {
    await world.connect();
    await world.hub.ask(disconnect, world.which);
    expect((await world.save({})).state).toBe('draft');
    await world.connect();
    expect(await world.hub.ask(authorize, world.which)).toMatchObject({ state: 'healthy' });
  });

  it('is so, too, when the vendor is away: then a person is told what to remove there', async () => {
    await world.connect();
    world.server.mood.revokeFails = true;
    const { state, note } = await world.hub.ask(disconnect, world.which);
    expect(state).toBe('draft');
    expect(note).toMatch(/Consent CRM could not be told.*remove/);
    expect(await world.hub.database.collection('grants').findOne({ _id: world.connection as never })).toMatchObject({
      sealed: null,
    });
  });

  it('is so without a word where the vendor has forgotten the access already, or nobody ever consented', async () => {
    expect(await world.hub.ask(disconnect, world.which)).toEqual({ state: 'draft' });
    await world.save({});
    await world.connect();
    world.server.endGrants();
    expect(await world.hub.ask(disconnect, world.which)).toEqual({ state: 'draft' });
  });

  it('cannot be connected by an authorization that was begun before', async () => {
    const { url, cookie } = await world.begin();
    const back = world.server.allow(url);
    await world.hub.ask(disconnect, world.which);
    expect((await world.come(back, cookie)).status).toBe(400);
    expect(await world.state()).toBe('draft');
  });

  it('is paused no longer', async () => {
    await world.connect();
    await world.hub.ask(pauseConnection, { ...world.which, paused: true });
    expect((await world.hub.ask(disconnect, world.which)).state).toBe('draft');
  });

  it('does not work by itself after a pause and a resume', async () => {
    await world.connect();
    await world.hub.ask(disconnect, world.which);
    await world.hub.ask(pauseConnection, { ...world.which, paused: true });
    await world.hub.ask(pauseConnection, { ...world.which, paused: false });
    expect(await world.state()).toBe('draft');
  });

  it('is told on the topic of changes', async () => {
    await world.connect();
    await world.hub.ask(disconnect, world.which);
    const told = () =>
      world.hub
        .heardOf('occ.connection.changed.v1')
        .filter((each) => each.attributes.connectionid === world.connection);
    const all = await eventually(told, (heard) => heard.length >= 2);
    // Once each: a person's own decision is no trouble that anybody is alerted of.
    expect(all.map(({ data }) => (data as { state: string }).state)).toEqual(['healthy', 'draft']);
  });
});
