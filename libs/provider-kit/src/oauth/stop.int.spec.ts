import { setTimeout as sleep } from 'node:timers/promises';
import { authorize, syncNow } from '@occ-hub/contracts';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { ConsentHub } from '../testing/consent-hub.ts';

let world: ConsentHub;
beforeEach(async () => {
  const [kafkaBrokers, natsUrl, mongoUrl] = [inject('kafkaBrokers'), inject('natsUrl'), inject('mongoUrl')];
  world = await ConsentHub.open({ kafkaBrokers, natsUrl, mongoUrl });
  await world.fresh();
});
afterEach(() => world.close());

/** Stops both replicas, starts another one, and tests the connection there. */
async function stateAfterRestart(): Promise<string> {
  await Promise.all(world.replicas.map((replica) => replica.stop()));
  Object.assign(world.server.mood, { takes: undefined, beforeAnswer: undefined });
  await world.hub.start();
  const { state } = await world.hub.ask(authorize, world.which);
  return state;
}

describe('a stop of the process', () => {
  it('in mid-refresh of a vendor that rotates keeps the grant', async () => {
    await world.connect();
    // The first poll has ended.
    await sleep(2_000);
    world.server.expireAccess();
    await world.hub.database.collection('grants').updateMany({}, { $inc: { refreshedAt: -3_600_000 } });
    world.server.mood.rotates = true;
    const begun = Promise.withResolvers<void>();
    world.server.mood.takes = async () => {
      begun.resolve();
      await sleep(1_500);
    };
    await world.hub.ask(syncNow, { ...world.which, reason: 'person' });
    await begun.promise;
    expect(await stateAfterRestart()).toBe('healthy');
  });

  it('in mid-exchange of a code keeps what it brings', async () => {
    const { url, cookie } = await world.begin();
    const begun = Promise.withResolvers<void>();
    world.server.mood.beforeAnswer = async () => {
      begun.resolve();
      await sleep(1_500);
    };
    const page = world.come(world.server.allow(url), cookie);
    await begun.promise;
    expect(await stateAfterRestart()).toBe('healthy');
    expect((await page).status).toBe(200);
  });
});
