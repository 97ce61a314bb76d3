import { eventually } from '@occ-hub/provider-kit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { serversOfThisRun } from './testing/servers.ts';
import { type Reply, type SoHub, aLead, openSoHub } from './testing/so-hub.ts';

let hub: SoHub;
beforeAll(async () => {
  hub = await openSoHub(serversOfThisRun());
});
afterAll(() => hub.close());
afterEach(() => {
  hub.company.control.reset();
  const { token } = hub.company.control.apiUser();
  return hub.set({ user_token: token });
});

const ada = { first_name: 'Ada', last_name: 'Quill', email: 'ada@example.com' };
/** A lead of whom two clients match, and somebody has to say which. */
async function asked(): Promise<Reply> {
  await hub.set({ several_matches: 'ask' });
  const reply = await hub.post(aLead(ada));
  expect(reply.body['outcome']).toBe('awaiting-choice');
  return reply;
}
const notesOf = ({ body }: Reply) => hub.company.control.lead(Number(body['lead_id'])).notes;

describe('a client that a person chose', () => {
  it.each([
    ['another one is the only one that still matches', { email: 'ada.quill@example.net', phone: '' }],
    ['they were archived', { is_archived: true, active: false }],
  ])('gets the lead, and nobody else, although meanwhile %s', async (_what, changes) => {
    const { body } = await asked();
    hub.company.control.changeClient(9006, changes);
    const chosen = await hub.choose(body['run'], '9006');
    expect(chosen.body).toMatchObject({ outcome: 'delivered', ids: { client_id: '9006' } });
    expect(notesOf(chosen)).toMatch(/a person took (client )?9006/i);
  });

  it('gets it as the one that they were merged into meanwhile', async () => {
    const { body } = await asked();
    hub.company.control.mergeClient(9006, 9007);
    const chosen = await hub.choose(body['run'], '9006');
    expect(chosen.body).toMatchObject({ outcome: 'delivered', ids: { client_id: '9007' } });
  });
});

describe('a client that was found', () => {
  const solo = () => {
    const email = `solo-${process.pid}@example.com`;
    return { id: hub.company.control.addClient({ first_name: 'So', last_name: 'Lo', email }).id, email };
  };

  it('stays the one while the lead is tried again, whoever matches by then', async () => {
    const { id, email } = solo();
    hub.company.control.fault({ kind: '429', call: 'jobs', retryAfter: 3 });
    const { body } = await hub.post(aLead({ email, phone: '' }), { headers: { prefer: 'wait=0' } });
    await eventually(
      () => hub.company.control.faults().length,
      (left) => left === 0,
    );
    hub.company.control.changeClient(id, { email: 'solo.new@example.com' });
    hub.company.control.addClient({ first_name: 'Other', last_name: 'Person', email });
    const ended = await eventually(
      () => hub.look(body['run']),
      (reply) => reply.body['outcome'] === 'delivered',
      20_000,
    );
    expect(ended.body['ids']).toMatchObject({ client_id: String(id) });
  });

  it('and was merged before the lead is tried again: it is placed anew once SingleOps refused it, and arrives once', async () => {
    const { id, email } = solo();
    const other = hub.company.control.addClient({ first_name: 'So', last_name: 'Lo', email: 'lo@example.com' });
    hub.company.control.fault({ kind: '429', call: 'jobs', retryAfter: 3 });
    const lead = aLead({ email, phone: '' });
    const { body } = await hub.post(lead, { headers: { prefer: 'wait=0' } });
    await eventually(
      () => hub.company.control.faults().length,
      (left) => left === 0,
    );
    hub.company.control.mergeClient(id, other.id);
    const ended = await eventually(
      () => hub.look(body['run']),
      (reply) => reply.body['outcome'] === 'delivered',
      20_000,
    );
    expect(ended.body['ids']).toMatchObject({ client_id: String(other.id) });
    const made = hub.company.control.leads().filter(({ notes }) => notes.includes(String(lead['source_id'])));
    expect(made).toHaveLength(1);
  });

  it('is flagged or left out as the one that they were merged into is, where any search shows that one', async () => {
    const contact = { email: 'noor@example.com', phone: '404-555-0118' };
    hub.company.control.changeClient(9009, { on_hold: true });
    const held = await hub.post(aLead(contact));
    expect(held.body['ids']).toMatchObject({ client_id: '9009' });
    expect(notesOf(held)).toMatch(/on hold/);
    hub.company.control.changeClient(9009, { on_hold: false, is_archived: true, active: false });
    expect((await hub.post(aLead(contact))).body['ids']).toMatchObject({ client: 'new' });
  });
});
