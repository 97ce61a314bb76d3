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

const come = async () => {
  const { url, cookie } = await world.begin();
  return world.come(world.server.allow(url), cookie);
};
const remembered = () => world.hub.database.collection('digests').countDocuments({ connection: world.connection });
const publishedBefore = () =>
  world.hub.database.collection('digests').insertOne({ connection: world.connection, source: 'visits', entries: [] });

describe('a connection whose data came from one company of the vendor', () => {
  it('takes no access to another one: the page says why and what to do, and the access is given back', async () => {
    await world.connect();
    world.server.mood.company = 'company-2';
    const before = world.server.calls.length;
    const page = await come();
    expect(page).toMatchObject({ status: 403, heading: 'This is another company of Consent CRM' });
    expect(page.text).toMatch(/disconnect first/);
    expect(world.server.calls.slice(before)).toEqual(['authorization_code', 'revoke']);
    // What there was goes on to work.
    expect(await world.hub.ask(authorize, world.which)).toMatchObject({ state: 'healthy' });
    world.server.mood.company = 'company-1';
    expect((await come()).status).toBe(200);
  });

  it('takes none of another one, either, after its settings were saved anew', async () => {
    await world.connect();
    await world.save({ pkce: false });
    world.server.mood.company = 'company-2';
    expect((await come()).status).toBe(403);
  });

  it('changes the company when it was disconnected, and begins from the beginning', async () => {
    await world.connect();
    await publishedBefore();
    await world.hub.ask(disconnect, world.which);
    await world.save({});
    world.server.mood.company = 'company-2';
    expect((await come()).status).toBe(200);
    expect(await remembered()).toBe(0);
  });

  it('remembers what it had when it was disconnected and is connected to the same company again', async () => {
    await world.connect();
    await publishedBefore();
    await world.hub.ask(disconnect, world.which);
    await world.save({});
    expect((await come()).status).toBe(200);
    expect(await remembered()).toBe(1);
  });
});
