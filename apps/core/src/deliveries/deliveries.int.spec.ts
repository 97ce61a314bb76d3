import { replayDeliveries } from '@occ-hub/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleDelivery, startExampleProvider } from '../testing/example-provider.ts';
import { seedOrg, type SeededOrg } from '../testing/seed-org.ts';
import { startTestCore, type TestCore } from '../testing/test-core.ts';

let core: TestCore;
let seeded: SeededOrg;
let provider: Awaited<ReturnType<typeof startExampleProvider>>;

beforeAll(async () => {
  core = await startTestCore();
  seeded = await seedOrg(core, 'org-1');
  provider = await startExampleProvider(core);
  provider.held.deliveries = [exampleDelivery(), exampleDelivery({ id: 'del-2', org: 'org-2' })];
});
afterAll(async () => {
  await provider.stop();
  await core.stop();
});

const ofProvider = '?provider=example-crm';
const replaysAsked = () =>
  provider.asked.filter(({ command }) => command === 'deliveries.replay').map((one) => one.question);

async function audit(path: string, token: string): Promise<unknown[]> {
  return ((await core.call('GET', path, { token })).body as { items: unknown[] }).items;
}

describe('deliveries', () => {
  it('are shown to operators over all orgs and to admins of their own org alone', async () => {
    const all = await core.call('GET', `/v1/deliveries${ofProvider}&state=parked,uncertain`, {
      token: seeded.operator,
    });
    expect(all.body).toMatchObject({ items: [{ id: 'del-1' }, { id: 'del-2' }] });
    const own = await core.call('GET', `/v1/orgs/org-1/deliveries${ofProvider}`, { token: seeded.admin });
    expect((own.body as { items: unknown[] }).items).toMatchObject([
      { id: 'del-1', code: 'example-crm.note.too-long' },
    ]);
    const searches = provider.asked.filter(({ command }) => command === 'deliveries.search');
    expect(searches[0]?.question).toMatchObject({ filter: { state: ['parked', 'uncertain'] } });
    expect(searches[1]?.question).toMatchObject({ org: 'org-1' });
    const foreign = await core.call('GET', `/v1/orgs/org-1/deliveries/del-2${ofProvider}`, { token: seeded.admin });
    expect(foreign.body).toMatchObject({ status: 422, code: 'delivery.unknown' });
  });

  it('are replayed after a plan; the plan changes nothing, the replay is audited with who and what', async () => {
    const body = { provider: 'example-crm', filter: { code: 'example-crm.note' } };
    const ask = (more: object) =>
      core.call('POST', '/v1/deliveries/replays', { token: seeded.operator, body: { ...body, ...more } });
    const plan = (await ask({})).as(replayDeliveries.answer);
    expect(plan).toEqual({ planned: true, replayed: ['del-1', 'del-2'], skipped: [], more: false });
    expect(await audit('/v1/audit', seeded.operator)).toEqual([]);
    const done = (await ask({ plan: false })).as(replayDeliveries.answer);
    expect(done).toEqual({ planned: false, replayed: ['del-1', 'del-2'], skipped: [], more: false });
    expect(replaysAsked().at(-1)).toMatchObject({ by: 'op-1', plan: false, filter: { code: 'example-crm.note' } });
    expect(await audit('/v1/audit', seeded.operator)).toMatchObject([
      { step: 'done', by: 'op-1', affected: ['del-1', 'del-2'] },
      { step: 'asked', by: 'op-1', role: 'operator', action: 'replay', filter: { code: 'example-crm.note' } },
    ]);
  });

  it('need either ids or a filter to be replayed', async () => {
    const both = { provider: 'example-crm', filter: {}, deliveries: ['del-1'] };
    for (const body of [{ provider: 'example-crm' }, both]) {
      const reply = await core.call('POST', '/v1/deliveries/replays', { token: seeded.operator, body });
      expect(reply.status).toBe(422);
    }
  });

  it.each([
    ['deliveries/del-1/choice', { option: '4111 1111 1111 1111' }],
    ['deliveries/del-1/abort', { reason: 'paid with 4111-1111-1111-1111' }],
    ['deliveries/replays', { filter: { subject: 'org-1/example-crm/4111111111111111' }, plan: false }],
  ])('take no card number: %s keeps none in the audit, and asks no provider', async (path, more) => {
    const [asked, before] = [provider.asked.length, await audit('/v1/orgs/org-1/audit', seeded.admin)];
    const body = { provider: 'example-crm', ...more };
    const reply = await core.call('POST', `/v1/orgs/org-1/${path}`, { token: seeded.admin, body });
    expect(reply.body).toMatchObject({ status: 422, code: 'card-number.refused' });
    expect(JSON.stringify(reply.body)).not.toMatch(/4111/);
    expect(await audit('/v1/orgs/org-1/audit', seeded.admin)).toEqual(before);
    expect(provider.asked).toHaveLength(asked);
  });

  it('are aborted with a reason, and a failed abort leaves its trace too', async () => {
    const abort = (id: string) =>
      core.call('POST', `/v1/orgs/org-1/deliveries/${id}/abort`, {
        token: seeded.admin,
        body: { provider: 'example-crm', reason: 'Written by hand' },
      });
    expect((await abort('del-1')).body).toMatchObject({ id: 'del-1', state: 'aborted' });
    expect((await abort('del-2')).status).toBe(422);
    const entries = await audit('/v1/orgs/org-1/audit', seeded.admin);
    expect(entries).toMatchObject([
      { step: 'failed', code: 'delivery.unknown' },
      { step: 'asked', deliveries: ['del-2'] },
      { step: 'done', affected: ['del-1'], by: 'org-1-admin' },
      { step: 'asked', deliveries: ['del-1'], reason: 'Written by hand', role: 'org-admin' },
    ]);
  });

  it('that wait for a choice take one, audited with what was chosen; a second one is refused with its trace', async () => {
    provider.held.deliveries = [exampleDelivery({ id: 'del-3', state: 'awaiting-choice' }), exampleDelivery()];
    const choose = (id: string) =>
      core.call('POST', `/v1/orgs/org-1/deliveries/${id}/choice`, {
        token: seeded.admin,
        body: { provider: 'example-crm', choice: 'location', option: 'loc-2' },
      });
    expect((await choose('del-3')).body).toMatchObject({ id: 'del-3', state: 'waiting' });
    const question = { org: 'org-1', delivery: 'del-3', choice: 'location', option: 'loc-2', by: 'org-1-admin' };
    expect(provider.asked.at(-1)).toEqual({ command: 'deliveries.choose', question });
    const refused = await choose('del-1');
    expect([refused.status, refused.body]).toMatchObject([422, { code: 'ledger.no-choice' }]);
    const entries = await audit('/v1/orgs/org-1/audit?limit=4', seeded.admin);
    expect(entries).toMatchObject([
      { step: 'failed', action: 'choose', code: 'ledger.no-choice' },
      { step: 'asked', action: 'choose', deliveries: ['del-1'] },
      { step: 'done', action: 'choose', affected: ['del-3'], by: 'org-1-admin' },
      { step: 'asked', action: 'choose', choice: 'location', option: 'loc-2', deliveries: ['del-3'] },
    ]);
  });
});
