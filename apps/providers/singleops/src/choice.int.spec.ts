import { replayDeliveries } from '@occ-hub/contracts';
import { eventually } from '@occ-hub/provider-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serversOfThisRun } from './testing/servers.ts';
import { type SoHub, aLead, openSoHub } from './testing/so-hub.ts';

let hub: SoHub;
const clock = { aheadMs: 0 };
beforeAll(async () => {
  hub = await openSoHub(serversOfThisRun(), () => Date.now() + clock.aheadMs);
  await hub.set({ several_matches: 'ask', choice_expires_minutes: 10 });
});
afterAll(() => hub.close());

const outcomeOf = async (run: unknown) => (await hub.look(run)).body;

describe('a client that nobody chose', () => {
  it('is asked for anew when a person replays the lead, among those who match by then', async () => {
    const { body } = await hub.post(aLead({ email: 'ada@example.com' }));
    expect(body['outcome']).toBe('awaiting-choice');
    clock.aheadMs += 11 * 60_000;
    const expired = await eventually(
      () => outcomeOf(body['run']),
      ({ code }) => code === 'ledger.choice-expired',
      30_000,
    );
    expect(expired['choice']).toBeUndefined();
    expect((await hub.choose(body['run'], '9006')).status).toBe(422);
    expect(hub.company.control.received('jobs')).toEqual([]);
    const third = hub.company.control.addClient({ first_name: 'Adele', last_name: 'Quill', email: 'ada@example.com' });
    const ask = { org: hub.org, deliveries: [String(body['run'])], by: 'adm', plan: false, send_again: false };
    await hub.ask(replayDeliveries, ask);
    const again = await eventually(
      () => outcomeOf(body['run']),
      ({ outcome }) => outcome === 'awaiting-choice',
    );
    const { options } = again['choice'] as { options: { id: string }[] };
    expect(options.map(({ id }) => id)).toEqual(['9006', '9007', String(third.id), 'new']);
    expect((await hub.choose(body['run'], String(third.id))).body).toMatchObject({
      ids: { client_id: String(third.id) },
    });
    expect(hub.company.control.received('jobs')).toHaveLength(1);
  });
});
