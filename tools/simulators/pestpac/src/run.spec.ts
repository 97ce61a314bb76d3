import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Caller } from './testing/caller.ts';
import type { PestPacSimulator } from './simulator.ts';
import { startPestPacSimulator } from './simulator.ts';
import { callerOf, NEW_PLACE } from './testing/caller.ts';

type Row = Record<string, unknown>;

let simulator: PestPacSimulator;
let call: Caller;
let place: Row;
beforeEach(async () => {
  simulator = await startPestPacSimulator({ now: () => Date.parse('2026-04-02T16:00:00Z') });
  call = await callerOf(simulator);
  place = (await call('POST', '/Locations', NEW_PLACE)).json();
});
afterEach(() => simulator.stop());

const post = async (path: string, body: Row): Promise<Row> => {
  const answer = await call('POST', path, body);
  expect([answer.status, answer.status === 200 ? '' : answer.text]).toEqual([200, '']);
  return answer.json();
};
const refusal = async (path: string, body: Row): Promise<string> => {
  const answer = await call('POST', path, body);
  expect(answer.status).toBe(400);
  return String(answer.json()['Message']);
};
const lead = (): Row => ({
  LocationID: place['LocationID'],
  Name: 'Amara Oduya',
  Source: 'WEB',
  ServiceCode: 'ESTIMATE',
});
const order = (): Row => ({
  LocationID: place['LocationID'],
  OrderType: 'ServiceOrder',
  WorkDate: '2026-04-10T09:00:00',
  ExternalIdentifier: 'run-7/order',
  LineItems: [{ ServiceCode: 'PESTONCE', UnitPrice: 189, Quantity: 1 }],
});
const setup = (): Row => ({
  LocationID: place['LocationID'],
  Schedule: 'QTRLY',
  LineItems: [{ ServiceCode: 'PESTQTR', UnitPrice: 89, Quantity: 1 }],
});
const card = (): Row => ({
  BillToID: place['BillToID'],
  CardToken: 'sim_tok_6f1c',
  CreditCardType: 'Visa',
  NameOnCard: 'Amara Oduya',
  MaskedAccountNumber: 'XXXXXXXXXXXX4242',
  ExpirationDate: '2028-09-01T00:00:00',
});

describe('leads', () => {
  test('a lead within a place is found below it and in the list', async () => {
    const made = await post('/Leads', { ...lead(), Phone: '4135550188' });
    expect(made).toMatchObject({
      LeadType: 'Lead',
      WonStatus: 'New',
      Phone: '413-555-0188',
      DateClosed: null,
      ProposalValue: 0,
    });
    expect(made['DateReceived']).toBe('2026-04-02T12:00:00');
    const below = await call('GET', `/Locations/${String(place['LocationID'])}/leads`);
    expect(below.json<Row[]>()).toMatchObject([{ LeadID: made['LeadID'], Name: 'Amara Oduya' }]);
    expect(
      (await call('GET', '/Leads?startReceivedDate=2026-04-02&endReceivedDate=2026-04-02')).json<Row[]>(),
    ).toHaveLength(1);
    expect((await call('GET', '/Leads?includeNew=false')).json<Row[]>()).toEqual([]);
    expect((await call('GET', '/Leads?startReceivedDate=soon')).status).toBe(500);
  });

  test('CreateLocation makes a place from the lead, whose lines may be too long for one', async () => {
    const { LocationID: _, ...loose } = lead();
    const there = { ...loose, ...NEW_PLACE, LocationType: 'R', CreateLocation: true };
    expect((await post('/Leads', there))['LocationID']).toBeGreaterThan(Number(place['LocationID']));
    expect(await refusal('/Leads', { ...there, Address: '1200 Lower Harbor View Drive West' })).toContain('Address');
  });

  test('unknown places and codes are refused; an inactive place is taken unless switched off', async () => {
    expect(await refusal('/Leads', { ...lead(), LocationID: 5 })).toContain('LocationID');
    expect(await refusal('/Leads', { ...lead(), TargetPest: 'UNICORNS' })).toContain('TargetPest');
    expect(await refusal('/Leads', { ...lead(), WonStatus: 'Maybe' })).toContain('WonStatus');
    simulator.control.change('locations', Number(place['LocationID']), { Active: false });
    await post('/Leads', lead());
    simulator.control.configure({ leadsOnInactive: false });
    expect(await refusal('/Leads', lead())).toContain('not active');
  });

  test('a lead is closed with a status', async () => {
    const { LeadID } = await post('/Leads', lead());
    const closed = await call('PUT', `/Leads/${String(LeadID)}/close?wonStatus=Lost&closeReason=PRICE`);
    expect(closed.json()).toMatchObject({ WonStatus: 'Lost', CloseReason: 'PRICE', DateClosed: '2026-04-02T12:00:00' });
  });
});

test('tasks: a subject of 50, a user who is one, open ones listed', async () => {
  const task = {
    LocationID: place['LocationID'],
    TaskType: 'CALL',
    TaskForUser: 'JDOE',
    Subject: 'Call back about ants',
    StartDate: '2026-04-03T09:00:00',
  };
  const { TaskID } = await post('/Tasks', task);
  expect(await refusal('/Tasks', { ...task, Subject: 'x'.repeat(51) })).toContain('Subject');
  expect(await refusal('/Tasks', { ...task, TaskForUser: 'LKAPLAN' })).toContain('TaskForUser');
  expect(await refusal('/Tasks', { ...task, TaskType: 'DANCE' })).toContain('TaskType');
  const path = `/Locations/${String(place['LocationID'])}/tasks`;
  expect((await call('GET', path)).json<Row[]>()).toHaveLength(1);
  await call('PUT', `/Tasks/${String(TaskID)}`, { ...task, Status: 'Closed' });
  expect((await call('GET', path)).json<Row[]>()).toEqual([]);
  expect((await call('GET', `${path}?includeClosed=true`)).json<Row[]>()).toHaveLength(1);
});

describe('services', () => {
  test('an order is found by its external identifier, and sending it twice makes two', async () => {
    const made = await post('/ServiceOrders', order());
    expect(made).toMatchObject({ Origin: 'OneTime', SetupID: null });
    await post('/ServiceOrders', order());
    const found = (await call('GET', '/ServiceOrders?externalIdentifier=run-7%2Forder')).json<Row[]>();
    expect(found.map((one) => one['ExternalIdentifier'])).toEqual(['run-7/order', 'run-7/order']);
  });

  test('windows of 31 days are refused, wide ones are slim, narrow ones full', async () => {
    await post('/ServiceOrders', order());
    const at = async (end: string): Promise<Row | undefined> =>
      (await call('GET', `/ServiceOrders?startWorkDate=2026-04-01&endWorkDate=${end}`)).json<Row[]>()[0];
    expect(await at('2026-04-14')).toHaveProperty('LineItems');
    expect(await at('2026-04-15')).not.toHaveProperty('LineItems');
    expect((await call('GET', '/ServiceOrders?startWorkDate=2026-04-01&endWorkDate=2026-05-01')).status).toBe(400);
  });

  test('a setup brings its first visit and its worth; colours differ between the two', async () => {
    const initial = { ServiceCode: 'PESTINIT', SubTotal: 149, WorkDate: '2026-04-10T09:00:00', Duration: 60 };
    const made = await post('/ServiceSetups', {
      ...setup(),
      CreateInitialServiceOrder: true,
      InitialServiceOrder: initial,
      Color: '#00ff00',
    });
    expect(made).toMatchObject({ HasInitialService: true, AnnualValue: 356, FirstYearValue: 505, Active: true });
    const visit = (await call('GET', `/ServiceOrders/${String(made['InitialOrderID'])}`)).json();
    expect(visit).toMatchObject({
      SetupID: made['SetupID'],
      Initial: true,
      Origin: 'Setup',
      WorkDate: initial.WorkDate,
    });
    expect(await refusal('/ServiceSetups', { ...setup(), Color: '00ff00' })).toContain('Color');
    expect(await refusal('/ServiceOrders', { ...order(), Color: '#00ff00' })).toContain('Color');
  });

  test('no lines, unknown services and schedules are refused', async () => {
    expect(await refusal('/ServiceOrders', { ...order(), LineItems: [] })).toContain('LineItems');
    expect(await refusal('/ServiceOrders', { ...order(), LineItems: [{ ServiceCode: 'FOGGING' }] })).toContain(
      'LineItems[0].ServiceCode',
    );
    expect(await refusal('/ServiceOrders', { ...order(), OrderType: undefined })).toContain('OrderType');
    expect(await refusal('/ServiceSetups', { ...setup(), LineItems: [] })).toContain('LineItems');
    expect(await refusal('/ServiceSetups', { ...setup(), Schedule: 'HOURLY' })).toContain('Schedule');
  });
});

describe('cards', () => {
  const accounts = (): string => `/BillTos/${String(place['BillToID'])}/paymentAccounts`;

  test('a token is stored, listed with its last four digits, and linked to a setup of the same customer', async () => {
    const made = await post(accounts(), card());
    expect(made).toMatchObject({ IsPrimary: true, CreditCard: { AccountNumber: '4242', CardToken: 'sim_tok_6f1c' } });
    expect((await call('GET', accounts())).json<Row[]>()).toMatchObject([
      { CardID: made['CardID'], AccountNumber: '4242' },
    ]);
    const { SetupID } = await post('/ServiceSetups', setup());
    const linked = await call(
      'PUT',
      `/ServiceSetups/${String(SetupID)}/paymentAccount?cardId=${String(made['CardID'])}&autoBill=true`,
    );
    expect(linked.json()).toMatchObject({ CardID: made['CardID'], AutoBill: true });
    expect((await call('PUT', `/ServiceSetups/${String(SetupID)}/paymentAccount?cardId=5501`)).status).toBe(400);
    expect(await refusal('/ServiceSetups', { ...setup(), CardID: 5501 })).toContain('CardID');
  });

  test('other tokens, longer masks and another BillTo are refused', async () => {
    expect(await refusal(accounts(), { ...card(), CardToken: 'tok_1' })).toContain('CardToken is not valid');
    simulator.control.configure({ quotesTokens: true });
    expect(await refusal(accounts(), { ...card(), CardToken: 'tok_1' })).toContain('CardToken tok_1 is not valid');
    expect(await refusal(accounts(), { ...card(), MaskedAccountNumber: '424242XXXXXX4242' })).toContain('masked');
    expect(await refusal(accounts(), { ...card(), BillToID: 70_011 })).toContain('BillToID');
  });

  test('a number that passes Luhn is refused anywhere, and neither answered nor kept', async () => {
    const number = luhn('400000000000000');
    const spaced = `${number.slice(0, 4)} ${number.slice(4, 8)} ${number.slice(8, 12)} ${number.slice(12)}`;
    for (const hidden of [number, spaced, `pay with ${number.slice(0, 8)}-${number.slice(8)}, thanks`]) {
      const answer = await call('POST', '/Leads', { ...lead(), Comment: hidden });
      expect(answer.status).toBe(400);
      expect(answer.text).not.toContain(number.slice(-4));
    }
    await call('GET', `/BillTos?q=${number}`);
    await call('PUT', `${accounts()}/${number}`, card());
    expect(JSON.stringify(simulator.control.received())).not.toContain(number.slice(0, 8));
    await post('/Leads', { ...lead(), Comment: '4135550188 or 413-555-0177, ref 1234567890123' });
  });

  test('behind a self-service link the customer adds a card without a number', async () => {
    const link = (
      await call('GET', `/BillTos/${String(place['BillToID'])}/ePay/generateUrl?addPaymentMethodOnly=true`)
    ).json<string>();
    expect((await fetch(link)).status).toBe(200);
    simulator.control.payByLink(link);
    expect((await call('GET', accounts())).json<Row[]>()).toMatchObject([{ AccountNumber: '4444', IsPrimary: true }]);
    expect(() => simulator.control.payByLink('elsewhere')).toThrow('Nobody was given this link');
  });

  test('tokens are not in the log', async () => {
    await post(accounts(), card());
    await call('PUT', `${accounts()}/sim_tok_6f1c`, card());
    expect(JSON.stringify(simulator.control.received())).not.toContain('sim_tok_6f1c');
  });
});

/** Digits with the check digit behind them; made here, so that no number stands in a file. */
function luhn(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}
