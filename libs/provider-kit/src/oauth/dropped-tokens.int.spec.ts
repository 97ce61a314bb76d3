import { authorize, disconnect } from '@occ-hub/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { ConsentHub } from '../testing/consent-hub.ts';

let world: ConsentHub;
beforeAll(async () => {
  const [kafkaBrokers, natsUrl, mongoUrl] = [inject('kafkaBrokers'), inject('natsUrl'), inject('mongoUrl')];
  world = await ConsentHub.open({ kafkaBrokers, natsUrl, mongoUrl });
});
afterAll(() => world.close());
beforeEach(() => world.fresh());

/** What the vendor is called for from now on. */
function callsFromNow(): () => readonly string[] {
  const before = world.server.calls.length;
  return () => world.server.calls.slice(before);
}
/** Once, between the vendor's decision and its answer. */
function meanwhile(work: () => Promise<unknown>): void {
  world.server.mood.beforeAnswer = async () => {
    world.server.mood.beforeAnswer = undefined;
    await work();
  };
}
const tokenOf = async () =>
  (await world.hub.database.collection('grants').findOne({ _id: world.connection as never }))?.['sealed'] as unknown;

describe('access that the hub does not keep', () => {
  it('is given back where another app was saved during the exchange, and the connection is not healthy by it', async () => {
    const { url, cookie } = await world.begin();
    meanwhile(() => world.save({ key: 'another-key' }));
    const calls = callsFromNow();
    const page = await world.come(world.server.allow(url), cookie);
    expect(page).toMatchObject({ status: 400, heading: 'The settings were changed meanwhile' });
    expect([await world.state(), calls(), await tokenOf()]).toEqual([
      'draft',
      ['authorization_code', 'revoke'],
      undefined,
    ]);
  });

  it('is given back where somebody disconnected during the exchange', async () => {
    const { url, cookie } = await world.begin();
    meanwhile(() => world.hub.ask(disconnect, world.which));
    const calls = callsFromNow();
    expect((await world.come(world.server.allow(url), cookie)).status).toBe(400);
    expect([await world.state(), calls()]).toEqual(['draft', ['authorization_code', 'revoke']]);
  });

  it('is given back where the settings name another app', async () => {
    await world.connect();
    const calls = callsFromNow();
    await world.save({ key: 'another-key' });
    expect(calls()).toEqual(['revoke']);
  });

  it('is given back after a new consent, which goes on to work', async () => {
    await world.connect();
    const calls = callsFromNow();
    await world.connect();
    expect(calls()).toContain('revoke');
    expect(calls().indexOf('revoke')).toBeGreaterThan(calls().indexOf('authorization_code'));
    expect(await world.hub.ask(authorize, world.which)).toMatchObject({ state: 'healthy' });
  });

  it('is given back where it was for a while only', async () => {
    const { url, cookie } = await world.begin();
    world.server.mood.offline = false;
    const calls = callsFromNow();
    expect((await world.come(world.server.allow(url), cookie)).status).toBe(502);
    expect(calls()).toEqual(['authorization_code', 'revoke']);
  });

  it('holds nobody up where the vendor does not take it back', async () => {
    await world.connect();
    world.server.mood.revokeFails = true;
    await world.connect();
    expect(await world.hub.ask(authorize, world.which)).toMatchObject({ state: 'healthy' });
    const warned = world.replicas.flatMap(({ captured }) => captured.of('a token could not be given back'));
    expect(warned.length).toBeGreaterThan(0);
  });
});
