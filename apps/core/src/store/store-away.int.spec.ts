import { topics } from '@occ-hub/contracts';
import { subscribe } from '@occ-hub/bus';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Core, startCore } from '../core.ts';
import { jobIdOf } from '../jobs/identity.ts';
import { breakableProxy } from '../testing/breakable-proxy.ts';
import { eventually } from '../testing/eventually.ts';
import { exampleJob, jobEvent } from '../testing/examples.ts';
import { hearOutbound } from '../testing/outbound-ear.ts';
import { seedOrg, type SeededOrg } from '../testing/seed-org.ts';
import { caller, openSurroundings, silent, testEnv } from '../testing/test-core.ts';

// Core reaches its store through a way that the test cuts; the test looks into the store directly.
const direct = new URL(inject('mongoUrl'));
let proxy: Awaited<ReturnType<typeof breakableProxy>>;
let around: ReturnType<typeof openSurroundings>;
let api: ReturnType<typeof caller>;
let core: Core;
let seeded: SeededOrg;

beforeAll(async () => {
  proxy = await breakableProxy({ host: direct.hostname, port: Number(direct.port) });
  proxy.cut();
  const env = testEnv();
  around = openSurroundings(env);
  const address = new URL(direct);
  address.port = String(proxy.port);
  const starting = startCore({ ...env, MONGO_URL: address.href, PORT: await freePort() }, { log: silent });
  await startsWithoutStore(starting);
  core = await starting;
  api = caller(core.url);
  const here = { ...around, ...api, env, url: core.url, stopCore: core.stop, stop: core.stop };
  seeded = await seedOrg(here, 'away-org');
});
afterAll(async () => {
  await core.stop();
  await around.close();
  await proxy.close();
});

const readyz = async (url: string) => {
  const response = await fetch(`${url}/readyz`);
  return { status: response.status, body: (await response.json()) as { checks: { name: string; ok: boolean }[] } };
};
const awayOf = (body: { checks: { name: string; ok: boolean }[] }) =>
  body.checks.filter(({ ok }) => !ok).map(({ name }) => name);

let port = 0;
async function freePort(): Promise<number> {
  const other = await breakableProxy({ host: '127.0.0.1', port: 1 });
  await other.close();
  return (port = other.port);
}

/** Health answers from the first moment and names the store; the API says 503 and not "not found". */
async function startsWithoutStore(starting: Promise<Core>) {
  const url = `http://127.0.0.1:${port}`;
  const health = await eventually(
    () => readyz(url).catch(() => undefined),
    (seen) => seen !== undefined,
  );
  expect(health?.status).toBe(503);
  expect(awayOf(health?.body ?? { checks: [] })).toContain('mongo');
  expect((await fetch(`${url}/livez`)).status).toBe(200);
  expect((await fetch(`${url}/v1/orgs`)).status).toBe(503);
  proxy.mend();
  await starting;
  const ready = await eventually(
    () => readyz(url),
    ({ status }) => status === 200,
  );
  expect(awayOf(ready.body)).toEqual([]);
}

describe('while the store is away', () => {
  it('requests get a 503 problem in time, events wait, and all goes on afterwards', async () => {
    const ears = hearOutbound(around);
    proxy.cut();
    const begun = performance.now();
    const refused = await api.call('GET', seeded.path, { token: seeded.user });
    expect(refused.body).toMatchObject({ status: 503, code: 'store.away', retryable: true });
    expect(refused.headers.get('retry-after')).toBe('2');
    const write = await api.call('POST', `${seeded.path}/notes`, { token: seeded.user, body: { note: 'now?' } });
    expect(write.status).toBe(503);
    expect(performance.now() - begun).toBeLessThan(8_000);
    const health = await eventually(
      () => readyz(core.url),
      ({ status }) => status === 503,
    );
    expect(awayOf(health.body)).toEqual(['mongo']);

    const late = exampleJob({ external_id: '2002', customer_name: 'Came While Away' });
    await around.publisher.publish([jobEvent(seeded.source, late, 1_000)]);
    proxy.mend();
    const path = `/v1/orgs/away-org/jobs/${jobIdOf({ ...seeded.source, externalId: '2002' })}`;
    await eventually(
      () => api.call('GET', path, { token: seeded.user }),
      ({ status }) => status === 200,
      20_000,
    );

    await api.call('POST', `${seeded.path}/notes`, { token: seeded.user, body: { note: 'and now' } });
    const events = await ears.until('away-org', 1);
    expect(events.map(({ data }) => (data as { note: string }).note)).toContain('and now');
    await ears.stop();
    expect(await deadLetters()).toBe(0);
  });
});

/** How many records were parked: none may be lost to a store that was away. */
async function deadLetters(): Promise<number> {
  let count = 0;
  const reading = subscribe(around.kafka, {
    group: 'spec-dead',
    topics: [topics.deadLetter],
    handle: async (batch) => void (count += batch.length),
    deadLetter: async () => void (count += 1),
    clock: Date.now,
  });
  await reading.joined;
  await new Promise((resolve) => setTimeout(resolve, 500));
  await reading.stop();
  return count;
}
