// The simulator is the other side of these tests; nothing that ships may enter its room.
import { type FaultOrder, type PestPacSimulator, startPestPacSimulator } from '@occ-hub/simulator-pestpac';
import type { HubError } from '@occ-hub/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PestPacClient } from './client.ts';
import { Env } from './env.ts';
import { Settings } from './settings.ts';
import { plainIo } from './testing/plain-io.ts';
import { settingsFor } from './testing/settings.ts';
import { findLead, findLocation, findOrder, findSetup, findTask } from './finds.ts';

let simulator: PestPacSimulator;
beforeEach(async () => {
  simulator = await startPestPacSimulator({ now: () => Date.parse('2026-04-02T16:00:00Z') });
});
afterEach(() => simulator.stop());

function open(more: object = {}) {
  const env = z.object(Env.shape).parse({ PESTPAC_URL: simulator.apiUrl, PESTPAC_TOKEN_URL: simulator.tokenUrl });
  const plain = plainIo({ timeoutMs: 500 });
  const settings = Settings.parse({ ...settingsFor(simulator), ...more });
  return { ...plain, client: new PestPacClient(settings, plain.io, env) };
}
const refused = (work: Promise<unknown>): Promise<HubError> =>
  work.then(
    (given) => Promise.reject(new Error(`nothing was thrown: ${JSON.stringify(given)}`)),
    (error: unknown) => error as HubError,
  );
const place = {
  ...{ Branch: 'North', Division: 'RES', Source: 'WEB', Type: 'R', FirstName: 'Amara', LastName: 'Oduya' },
  ...{ Address: '7 Fern Ct', City: 'Marlow', State: 'MA', Zip: '01000', Phone: '4135550188' },
  ...{ EnteredDate: '2026-04-02', Active: true, InternalIdentifier: 'cp:88123' },
};
const mark = '[cp:run-1]';

describe('Authorize', () => {
  it('is passed with good credentials, by one login and one call', async () => {
    const { client, sent } = open();
    await client.probe();
    expect(sent.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
      'POST /oauth2/token',
      'GET /pestpac/v1/lookups/Branches',
    ]);
  });

  it.each([
    [{ client_secret: 'wrong' }, 'pestpac.client-refused'],
    [{ password: 'wrong' }, 'pestpac.user-refused'],
    [{ api_key: 'wrong' }, 'pestpac.unauthorized'],
    [{ tenant_id: '999999' }, 'pestpac.unauthorized'],
  ])('says what to check where %j', async (more, code) => {
    const { client, logins } = open(more);
    const error = await refused(client.probe());
    expect(error).toMatchObject({ kind: 'credential', code });
    expect(error.message).not.toContain('sim-');
    expect(logins()).toBeLessThanOrEqual(2);
  });
});

describe('a refused token', () => {
  it('is renewed once and the call repeated once', async () => {
    const { client, logins } = open();
    await client.probe();
    simulator.control.expireTokens();
    const made = await client.createLocation(place);
    expect(made).toMatchObject({ LocationID: expect.any(Number) as number, InternalIdentifier: 'cp:88123' });
    expect(logins()).toBe(2);
    expect(simulator.control.counts()['POST /Locations']).toMatchObject({ calls: 2, applied: 1 });
  });

  it('that is refused again at once ends the call: no loop', async () => {
    const { client, logins } = open();
    simulator.control.fault({ kind: '401', call: 'POST /Leads', count: 'forever' });
    expect(await refused(client.createLead({ Name: 'Amara Oduya' }))).toMatchObject({ kind: 'credential' });
    expect(logins()).toBe(2);
    expect(simulator.control.counts()['POST /Leads']?.calls).toBe(2);
  });
});

describe('a used-up quota', () => {
  it('is no matter of the token: one call, no login more, and the connection rests', async () => {
    const { client, logins, rests } = open();
    await client.probe();
    simulator.control.configure({ dailyQuota: 1 });
    const error = await refused(client.createLead({ Name: 'Amara Oduya' }));
    expect(error).toMatchObject({ code: 'pestpac.quota-used', untried: true, mayHaveApplied: false });
    expect(logins()).toBe(1);
    expect(simulator.control.counts()['POST /Leads']?.calls).toBe(1);
    expect(rests).toEqual([error.retryAfterMs]);
  });

  it('is understood also where a new token meets it, and at the token endpoint', async () => {
    const { client, rests } = open();
    await client.probe();
    simulator.control.fault({ kind: '401', call: 'POST /Leads' });
    simulator.control.fault({ kind: 'quota', call: 'POST /Leads' });
    expect((await refused(client.createLead({ Name: 'Amara Oduya' }))).code).toBe('pestpac.quota-used');
    const second = open();
    simulator.control.fault({ kind: 'quota', call: 'POST /oauth2/token' });
    expect((await refused(second.client.probe())).code).toBe('pestpac.quota-used');
    expect([rests.length, second.rests.length]).toEqual([1, 1]);
  });
});

describe('every fault of a create', () => {
  const cases: readonly (readonly [FaultOrder, Partial<HubError>])[] = [
    [{ kind: '403' }, { kind: 'rejected', mayHaveApplied: false }],
    [{ kind: '404' }, { kind: 'rejected', mayHaveApplied: false }],
    [{ kind: 'empty-400' }, { kind: 'rejected', mayHaveApplied: false }],
    [
      { kind: '429', retryAfter: 3 },
      { kind: 'transient', retryAfterMs: 3_000, mayHaveApplied: false },
    ],
    [{ kind: '500' }, { kind: 'transient', mayHaveApplied: true }],
    [{ kind: '503' }, { kind: 'transient', mayHaveApplied: true }],
    [{ kind: 'html' }, { code: 'pestpac.answer-unknown', mayHaveApplied: true }],
    [{ kind: 'truncated' }, { code: 'pestpac.answer-unknown', mayHaveApplied: true }],
    [{ kind: 'cut' }, { kind: 'transient', mayHaveApplied: true }],
    [{ kind: 'swallow' }, { kind: 'transient', mayHaveApplied: true }],
  ];
  it.each(cases)('%j is told as it is', async (fault, told) => {
    const { client } = open();
    simulator.control.fault({ ...fault, call: 'POST /Locations' });
    expect(await refused(client.createLocation(place))).toMatchObject(told);
  });

  it.each(['500', '503', 'html', 'truncated', 'cut', 'swallow'] as const)(
    '%s after it was carried out: what was made is found again, once, each kind of it',
    async (kind) => {
      const { client } = open();
      const lost = async (call: string, work: () => Promise<unknown>) => {
        simulator.control.fault({ kind, when: 'after', call });
        expect((await refused(work())).mayHaveApplied).toBe(true);
      };
      await lost('POST /Locations', () => client.createLocation(place));
      const there = await findLocation(client, { body: place, phones: ['4135550188'] });
      expect(there).toBeDefined();
      const within = { LocationID: there!.LocationID };

      const lead = { ...within, CreateLocation: false, Name: 'Amara Oduya', Source: 'WEB', Comment: `Ants\n${mark}` };
      await lost('POST /Leads', () => client.createLead(lead));
      expect((await findLead(client, { body: lead, mark }))?.Name).toBe('Amara Oduya');

      const task = { ...within, TaskType: 'CALL', TaskForUser: 'JDOE', Subject: 'Call', Description: mark };
      await lost('POST /Tasks', () => client.createTask({ ...task, Status: 'Closed' }));
      expect((await findTask(client, { body: task, mark }))?.Subject).toBe('Call');

      const order = {
        ...{ ...within, OrderType: 'ServiceOrder', ExternalIdentifier: 'cp:run-1' },
        LineItems: [{ ServiceCode: 'PESTONCE', Quantity: 1 }],
      };
      await lost('POST /ServiceOrders', () => client.createOrder(order));
      expect((await findOrder(client, order))?.ExternalIdentifier).toBe('cp:run-1');

      const setup = {
        ...within,
        Schedule: 'QTRLY',
        ServiceInstructions: mark,
        LineItems: [{ ServiceCode: 'PESTQTR' }],
      };
      await lost('POST /ServiceSetups', () => client.createSetup(setup));
      expect((await findSetup(client, { body: setup, mark }))?.Schedule).toBe('QTRLY');

      const sizes = simulator.control.sizes();
      expect([sizes.leads, sizes.tasks, sizes.orders, sizes.setups]).toEqual([1, 1, 1, 1]);
      expect(simulator.control.records('locations', { InternalIdentifier: 'cp:88123' })).toHaveLength(1);
    },
  );

  it('before it was carried out: there is nothing to find', async () => {
    const { client } = open();
    simulator.control.fault({ kind: 'cut', call: 'POST /Locations' });
    await refused(client.createLocation(place));
    expect(await findLocation(client, { body: place, phones: ['4135550188'] })).toBeUndefined();
  });
});

describe('what PestPac refuses', () => {
  it.each(['message', 'text', 'string', 'problem'] as const)('is told in its words (%s)', async (errorShape) => {
    simulator.control.configure({ errorShape });
    const { client } = open();
    const error = await refused(client.createLocation({ ...place, Division: 'NOWHERE', LastName: 'x'.repeat(25) }));
    expect(error.kind).toBe('rejected');
    expect(error.message).toContain('Division');
    expect(error.message).toContain('LastName');
    if (errorShape === 'problem')
      expect(error.fields.map(({ pointer }) => pointer).toSorted()).toEqual(['/Division', '/LastName']);
  });

  it('is told also where it says nothing', async () => {
    simulator.control.configure({ errorShape: 'empty' });
    const error = await refused(open().client.createLocation({ ...place, Division: 'NOWHERE' }));
    expect(error).toMatchObject({ kind: 'rejected', code: 'pestpac.status-400' });
    expect(error.message).toMatch(/no reason/);
  });
});

describe('the search', () => {
  it.each(['digits', 'exact'] as const)(
    'finds both customers of a shared phone, three places (%s)',
    async (phoneMatch) => {
      simulator.control.configure({ phoneMatch });
      const groups = await open().client.search(['4135550119']);
      expect(groups.map(({ billTo, locations }) => [billTo.LastName || billTo.Company, locations.length])).toEqual([
        ['Thornquist', 2],
        ['Thornquist Dairy', 1],
      ]);
    },
  );

  it('flags a place that is looked after no more', async () => {
    const [group] = await open().client.search(['4135550163']);
    expect(group?.locations.map(({ Active }) => Active)).toContain(false);
  });

  it('reads every page of a customer with very many places', async () => {
    const { billTo } = simulator.control.addCustomer(
      { LastName: 'Hollowell', Phone: '413-555-0191' },
      Array.from({ length: 205 }, (_, index) => ({ Address: `${index + 1} Long Rd`, EnteredDate: '2026-04-01' })),
    );
    const [group] = await open().client.search(['4135550191']);
    expect(group?.billTo.BillToID).toBe(billTo['BillToID']);
    expect(new Set(group?.locations.map(({ LocationID }) => LocationID)).size).toBe(205);
  });

  it('finds nobody by a phone that nobody has', async () => {
    expect(await open().client.search(['4135550100'])).toEqual([]);
  });

  it('knows a location by its id, and says where there is none', async () => {
    const { client } = open();
    const made = await client.createLocation(place);
    expect(await client.location(made.LocationID)).toMatchObject({ Address: '7 Fern Ct', Phone: '413-555-0188' });
    expect(await client.location(99_999_999)).toBeUndefined();
  });
});

describe('cards', () => {
  const okafor = () => Number(simulator.control.records('billTos', { LastName: 'Okafor' })[0]?.['BillToID']);
  const body = {
    ...{ CardToken: 'sim_tok_6f1c', CreditCardType: 'MasterCard', NameOnCard: 'Ngozi Okafor' },
    ...{ MaskedAccountNumber: 'XXXXXXXXXXXX4444', ExpirationDate: '2029-01-01T00:00:00', AutoBill: false },
  };

  it('are listed by brand, last four and expiry, and never with a token', async () => {
    const cards = await open().client.cards(okafor());
    expect(cards).toEqual([
      {
        ...{ CardID: expect.any(Number) as number, BillToID: okafor(), brand: 'Visa', last4: '4242' },
        ...{ expiry: '2028-09', name: 'Ngozi Okafor', primary: true },
      },
    ]);
    expect(JSON.stringify(cards)).not.toContain('sim_tok');
  });

  it('are added by token and linked to a recurring service', async () => {
    const { client, sent } = open();
    const card = await client.addCard(okafor(), body);
    expect(card).toMatchObject({ brand: 'MasterCard', last4: '4444', expiry: '2029-01', primary: false });
    const [location] = await client.locationsOf(okafor());
    const lines = { LineItems: [{ ServiceCode: 'PESTQTR', Quantity: 1 }] };
    const setup = await client.createSetup({ LocationID: location!.LocationID, Schedule: 'QTRLY', ...lines });
    const link = { setup: setup.SetupID, card: card.CardID, autoBill: true, autoBillEndDate: '2027-04-01T00:00:00' };
    expect((await client.linkCard(link)).CardID).toBe(card.CardID);
    expect((await client.linkCard(link)).CardID).toBe(card.CardID);
    expect(simulator.control.record('setups', setup.SetupID)).toMatchObject({ AutoBill: true });
    expect(sent.map(({ shown = '' }) => shown).join(' ')).not.toMatch(/sim_tok|Okafor|4444/);
  });

  it('are refused without the token coming back in words', async () => {
    const { client } = open();
    simulator.control.fault({ kind: '500', call: 'POST /BillTos/{billToId}/paymentAccounts' });
    const error = await refused(client.addCard(okafor(), { ...body, CardToken: 'other_tok_1' }));
    expect(error.message).not.toContain('other_tok_1');
    const refusal = await refused(client.addCard(okafor(), { ...body, CardToken: 'other_tok_1' }));
    expect(refusal).toMatchObject({ kind: 'rejected' });
    expect(refusal.message).toContain('CardToken is not valid');
  });

  it('may be entered by the customer behind a link', async () => {
    const { client } = open();
    simulator.control.payByLink(await client.paymentLink(okafor()));
    expect((await client.cards(okafor())).map(({ last4 }) => last4)).toEqual(['4242', '4444']);
  });
});

describe('the company’s lists', () => {
  it('are read whole and kept', async () => {
    const { client } = open();
    const many = Array.from({ length: 1_201 }, (_, index) => ({ Code: `S${index}`, Active: true }));
    simulator.control.setLookup('Sources', many);
    const codes = await client.codes();
    expect(codes.Sources).toHaveLength(1_201);
    expect(codes.Types?.find(({ code }) => code === 'LANDLORD')?.allow_on).toBe('BillTo');
    expect(codes.Employees?.filter(({ user, active }) => user && active).map(({ code }) => code)).toEqual([
      ...['JDOE', 'RASHBY'],
    ]);
    simulator.control.forget();
    await client.codes();
    expect(simulator.control.received()).toEqual([]);
  });

  it('are there but for one that cannot be read', async () => {
    const { client } = open();
    simulator.control.fault({ kind: '403', call: 'GET /lookups/TaxCodes', count: 'forever' });
    const codes = await client.codes();
    expect(codes.TaxCodes).toBeUndefined();
    expect(codes.Divisions?.length).toBeGreaterThan(0);
    expect(await refused(client.listOf('TaxCodes'))).toMatchObject({ kind: 'rejected', code: 'pestpac.forbidden' });
  });
});
