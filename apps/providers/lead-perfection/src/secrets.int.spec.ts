import {
  type HubEvent,
  abortDelivery,
  replayDeliveries,
  syncNow,
  listRuns,
  searchDeliveries,
  getDelivery,
} from '@occ-hub/contracts';
import { type Started, eventually, deliveriesOf } from '@occ-hub/provider-kit/testing';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LpHub, openLpHub, settings } from './testing/lp-hub.ts';
import { serversOfThisRun } from './testing/servers.ts';

const canary = (what: string) => `canary-${what}-${randomBytes(6).toString('hex')}`;
const secrets = {
  password: canary('password'),
  wrong: canary('wrong'),
  appKey: canary('appkey'),
  token: canary('token'),
};
const people = {
  name: `Canary ${randomBytes(4).toString('hex')} Moreno`,
  email: `${canary('mail')}@example.test`,
  phone: '410-555-0166',
  street: `${canary('street')} Ct`,
  crmNote: canary('crm-note'),
  note: canary('note'),
  reason: canary('reason'),
};
let hub: LpHub;
let provider: Started;
let event: Record<'note' | 'document' | 'refused' | 'failing', HubEvent>;

/** Everything that can go well or wrong, once, with something planted everywhere. */
beforeAll(async () => {
  const { password, appKey } = secrets;
  let tokens = 0;
  const newToken = () => `${secrets.token}-${(tokens += 1)}`;
  hub = await openLpHub(serversOfThisRun(), {
    simulator: { password, appKey, newToken, appointments: 60 },
    env: { LEAD_PERFECTION_APP_KEY: appKey },
  });
  const ledger = deliveriesOf(hub);
  provider = await hub.start();
  hub.core.link(
    hub.connection,
    hub.control.lookups().reps.map(({ slrId }) => slrId),
  );
  const today = hub.control.clock().today;
  const planted = {
    ...{
      CustName: people.name,
      Address1: people.street,
      Phone: people.phone,
      email: people.email,
      Notes: people.crmNote,
    },
    ...{ ApptDate: `${today}T14:00:00`, PresNotes: people.crmNote, CanUpdateIndicator: 'Y' as const },
  };
  const [appointment, theirs, third] = [1, 2, 3].map(() => hub.control.add(planted).row.ID) as [number, number, number];
  hub.control.add({ CustName: { first: people.name } as never, Notes: people.crmNote, email: people.email });
  hub.control.add({ ApptDate: people.name, CustName: people.name, email: people.email });

  await hub.connect({ ...settings, password: secrets.wrong }).catch(() => undefined);
  await hub.connect({ ...settings, password });
  for (const kind of [undefined, '500', 'html', 'truncated', 'cut', '401', '403'] as const) {
    if (kind) hub.control.fault({ kind, action: 'GetSalesApptDetailDateRange' });
    const { run } = await hub.ask(syncNow, { org: hub.org, connection: hub.connection, reason: 'person' });
    await eventually(
      () => hub.ask(listRuns, { org: hub.org, connection: hub.connection, run }),
      ({ runs: [one] }) => one?.state === 'done' || one?.state === 'failed',
    );
  }
  const on = { appointment, startTime: `${today}T18:00:00.000Z` };
  const title = `Agreement of ${people.name}`;
  const document = hub.core.keep({ id: 'doc_000001', bytes: Buffer.from(`%PDF-1.7 ${people.name}`), title });
  event = {
    note: hub.events.note(on, people.note),
    failing: hub.events.result({ ...on, appointment: theirs }, 'NS', people.reason),
    refused: hub.events.result({ ...on, appointment: third }, 'Unheard', people.reason),
    document: hub.events.document(on, document),
  };
  for (const kind of ['500', 'html'] as const)
    hub.control.fault({ kind, when: 'after', action: 'UpdateSalesApptDetail' });
  hub.control.fault({ kind: 'cut', when: 'after', action: 'AddSalesmanImages' });
  hub.control.expireTokens();
  await ledger.settle(Object.values(event));
  const ask = { org: hub.org, by: 'ops', delivery: event.refused.attributes.id };
  await hub.ask(replayDeliveries, { org: hub.org, by: 'ops', deliveries: [ask.delivery] });
  await ledger.until(event.refused, ({ state, replays }) => state === 'parked' && replays.length === 1);
  await hub.ask(abortDelivery, { ...ask, reason: 'entered by hand' });
});
afterAll(() => hub.close());

async function everything(): Promise<[collection: string, document: Record<string, unknown>][]> {
  const names = (await hub.database.db!.listCollections().toArray()).map(({ name }) => name);
  const found = await Promise.all(names.map((name) => hub.database.collection(name).find().toArray()));
  return found.flatMap((documents, index) => documents.map((each) => [names[index]!, each] as [string, typeof each]));
}
/** A text in any form in which it could be lying around. */
const formsOf = (text: string) => [
  text,
  encodeURIComponent(text),
  Buffer.from(text).toString('base64').replace(/=+$/, ''),
];
function expectWithout(where: string, planted: Readonly<Record<string, string>>): void {
  const found = Object.entries(planted).filter(([, text]) => formsOf(text).some((form) => where.includes(form)));
  expect(found.map(([what]) => what)).toEqual([]);
}

describe('what was planted', () => {
  it('has been met: the vendor got the secrets and the people, and everything that can fail has failed', async () => {
    expect(hub.control.counts()).toMatchObject({ token: {}, AddSalesmanImages: { applied: 1 } });
    const rows = hub.control.appointments().map(({ row }) => row);
    expect(rows.filter(({ Phone }) => Phone === people.phone).map(({ PresNotes }) => PresNotes)).toEqual([
      `${people.crmNote}\n${people.note}`,
      `${people.crmNote}\nResult reason: ${people.reason}`,
      people.crmNote,
    ]);
    expect(provider.captured.of('delivery attempt failed').length).toBeGreaterThan(3);
    expect(provider.captured.of('poll failed').length).toBeGreaterThan(3);
    expect(provider.captured.of('question refused').length).toBeGreaterThan(0);
  });

  it('is in no log line, of whatever level', () => {
    const { lines } = provider.captured;
    expect(lines.length).toBeGreaterThan(30);
    expectWithout(lines.join('\n'), { ...secrets, ...people, vaultKey: hub.env['VAULT_KEYS']!.split(':')[1]! });
  });

  it('lies nowhere in the store as plain text, as far as it is secret', async () => {
    const all = await everything();
    expect(new Set(all.map(([name]) => name))).toContain('tokens');
    expectWithout(JSON.stringify(all), { ...secrets, vaultKey: hub.env['VAULT_KEYS']!.split(':')[1]! });
  });

  it('is with people in what has to be written, and nowhere else in the store', async () => {
    const all = (await everything()).map(([name, { event: _event, ...rest }]) => [name, rest]);
    const { phone: _short, ...others } = people;
    expectWithout(JSON.stringify(all.filter(([name]) => name !== 'deliveries')), people);
    for (const [name, delivery] of all) {
      if (name !== 'deliveries') continue;
      const { history, message, steps } = delivery as Record<string, unknown>;
      expectWithout(JSON.stringify([history, message]), others);
      expect(JSON.stringify(steps)).not.toContain(people.note);
    }
  });

  it('is in no history that an operator is shown, while paths, statuses and refusals are', async () => {
    const { deliveries } = await hub.ask(searchDeliveries, { org: hub.org, filter: {} });
    const details = await Promise.all(deliveries.map(({ id }) => hub.ask(getDelivery, { org: hub.org, delivery: id })));
    const shown = JSON.stringify(details.map(({ delivery: { history, message } }) => [history, message]));
    expectWithout(shown, { ...secrets, ...people });
    expect(shown).toContain('/api/SalesApi/UpdateSalesApptDetail');
    expect(shown).toContain("Disposition 'Unheard' does not exist.");
    expect(shown).toContain('presnotes=•••');
    expect(shown).toContain('(markup, ');
  });

  it('is in no event but those that are about people', () => {
    const settled = hub.heardOf('occ.write.settled.v1');
    expect(settled.length).toBeGreaterThan(3);
    expectWithout(
      JSON.stringify(
        settled.map(({ data }) => ({ ...(data as object), vendor_ids: 'names of files hold their titles' })),
      ),
      people,
    );
    expectWithout(JSON.stringify(hub.heard), secrets);
  });

  it('is in no metric and no health report', async () => {
    const pages = await Promise.all(['/metrics', '/readyz', '/livez'].map((path) => fetch(provider.url + path)));
    const texts = await Promise.all(pages.map((page) => page.text()));
    expect(texts[0]).toContain('occ_hub_deliveries_total');
    expectWithout(texts.join('\n'), { ...secrets, ...people });
  });
});
