import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Caller } from './testing/caller.ts';
import type { PestPacSimulator } from './simulator.ts';
import { startPestPacSimulator } from './simulator.ts';
import { callerOf, NEW_PLACE } from './testing/caller.ts';

type Row = Record<string, unknown>;

let simulator: PestPacSimulator;
let call: Caller;
beforeEach(async () => {
  simulator = await startPestPacSimulator();
  call = await callerOf(simulator);
});
afterEach(() => simulator.stop());

const rows = async (path: string): Promise<Row[]> => (await call('GET', path)).json<Row[]>();
const refused = async (fields: Row): Promise<string> => {
  const answer = await call('POST', '/Locations', { ...NEW_PLACE, ...fields });
  expect(answer.status).toBe(400);
  return String(answer.json()['Message']);
};

describe('search', () => {
  test('a shared phone finds one BillTo by its own number and the other through its location', async () => {
    expect(await rows('/BillTos?q=413-555-0119')).toHaveLength(1);
    const places = await rows('/Locations?q=4135550119');
    expect(places).toHaveLength(3);
    expect(new Set(places.map((one) => one['BillToID'])).size).toBe(2);
  });

  test('names, companies and addresses by their beginning; e-mail and phone whole; no match is an empty list', async () => {
    for (const q of ['okaf', '12 alder', 'ngozi@example.com', '413-555-0177']) {
      expect((await rows(`/BillTos?q=${encodeURIComponent(q)}`)).map((one) => one['LastName'])).toContain('Okafor');
    }
    for (const q of ['kafor', 'ngozi@example', '555-0177', 'Ngozi']) {
      expect(await rows(`/BillTos?q=${encodeURIComponent(q)}`)).toEqual([]);
    }
  });

  test('with phoneMatch exact only the dashed form is found', async () => {
    expect(await rows('/BillTos?q=4135550177')).toHaveLength(1);
    simulator.control.configure({ phoneMatch: 'exact' });
    expect(await rows('/BillTos?q=4135550177')).toEqual([]);
    expect(await rows('/BillTos?q=413-555-0177')).toHaveLength(1);
  });

  test('lists call the mail Email, single records EMail; the list has the primary card', async () => {
    const [billTo] = await rows('/BillTos?q=Okafor');
    expect(billTo).toMatchObject({
      Email: 'ngozi@example.com',
      Branch: 'North',
      BranchID: 3,
      CardID: 5501,
      Balance: null,
    });
    expect(billTo).not.toHaveProperty('EMail');
    const single = (await call('GET', `/BillTos/${String(billTo?.['BillToID'])}`)).json();
    expect(single['EMail']).toBe('ngozi@example.com');
    expect(await rows(`/BillTos/${String(billTo?.['BillToID'])}/locations`)).toHaveLength(2);
  });

  test('inactive places are left out unless asked for; ids skip what is not known', async () => {
    expect(await rows('/Locations?q=Halloran')).toHaveLength(1);
    const both = await rows('/Locations?q=Halloran&includeInactive=true');
    expect(both).toHaveLength(2);
    const ids = [...both.map((one) => one['LocationID']), 999].join(',');
    expect(await rows(`/Locations?ids=${ids}&includeInactive=true`)).toHaveLength(2);
  });

  test('pageable variants wrap their rows', async () => {
    const page = (await call('GET', '/Locations/pageable?q=Thornquist&skip=1&take=1')).json<{ Items: Row[] }>();
    expect(page).toMatchObject({ Count: 3, Skip: 1, Take: 1, HeaderFields: [] });
    expect(page.Items).toHaveLength(1);
  });
});

describe('creating', () => {
  test('without a BillTo a matching one comes along; phones are dashed and the whole record comes back', async () => {
    const answer = await call('POST', '/Locations', NEW_PLACE);
    expect(answer.status).toBe(200);
    const place = answer.json();
    expect(place).toMatchObject({
      Phone: '413-555-0188',
      Active: true,
      AccountType: 'Residential',
      BranchID: 3,
      Company: '',
    });
    expect((await rows('/BillTos?q=Oduya'))[0]).toMatchObject({
      BillToID: place['BillToID'],
      Type: 'R',
      Phone: '413-555-0188',
    });
  });

  test('under a BillTo no other one is created, and twice is twice', async () => {
    const { BillToID } = simulator.control.records('billTos', { LastName: 'Okafor' })[0] ?? {};
    const before = simulator.control.sizes().billTos;
    for (const _ of [1, 2]) await call('POST', '/locations', { ...NEW_PLACE, BillToID });
    expect(simulator.control.sizes().billTos).toBe(before);
    expect(simulator.control.records('locations', { BillToID: BillToID ?? 0 })).toHaveLength(4);
    expect(await refused({ BillToID: 1 })).toContain('BillToID');
  });

  test('names are read in any case', async () => {
    const lower = Object.fromEntries(Object.entries(NEW_PLACE).map(([name, value]) => [name.toLowerCase(), value]));
    expect((await call('POST', '/Locations', lower)).json()).toMatchObject({
      LastName: 'Oduya',
      EMail: 'amara@example.com',
    });
  });

  test('what is too long, unknown, no longer used, not for places or missing is refused by name', async () => {
    expect(await refused({ LastName: 'Featherstone-Castellanos' })).toContain(
      'LastName must be a string with a maximum length of 20',
    );
    expect(await refused({ Phone: '(413) 555-0188' })).toContain('Phone');
    expect(await refused({ Branch: 'Nowhere' })).toContain('Branch');
    expect(await refused({ Source: 'YELLOW' })).toContain('Source');
    expect(await refused({ Type: 'LANDLORD' })).toContain('Type');
    expect(await refused({ Division: '' })).toContain('Division');
    expect(await refused({ EnteredDate: undefined })).toContain('EnteredDate');
    expect(await refused({ Latitude: null })).toContain('Latitude');
    expect(await refused({ FirstName: undefined, LastName: undefined })).toContain('LastName or Company');
    expect(simulator.control.counts()['POST /Locations']).toMatchObject({ applied: 0 });
  });

  test('dates lose their offset and take the zone of the company', async () => {
    const { EnteredDate } = (
      await call('POST', '/Locations', { ...NEW_PLACE, EnteredDate: '2026-04-02T16:00:00Z' })
    ).json();
    expect(EnteredDate).toBe('2026-04-02T12:00:00');
    const { EnteredDate: day } = (await call('POST', '/Locations', { ...NEW_PLACE, EnteredDate: '2026-04-02' })).json();
    expect(day).toBe('2026-04-02T00:00:00');
  });

  test('a refusal takes the shape that is switched on', async () => {
    const texts: Record<string, string> = {};
    for (const errorShape of ['message', 'text', 'string', 'problem', 'empty'] as const) {
      simulator.control.configure({ errorShape });
      texts[errorShape] = (await call('POST', '/Locations', { ...NEW_PLACE, City: '' })).text;
    }
    const words = 'The City field is required.';
    expect(texts).toMatchObject({
      message: JSON.stringify({ Message: words }),
      text: words,
      string: JSON.stringify(words),
      empty: '',
    });
    expect(JSON.parse(texts['problem'] ?? '')).toMatchObject({ errors: { City: [words] } });
  });
});

test('PUT blanks what is left out, PATCH changes only what it names', async () => {
  const { LocationID, Phone } = (await call('POST', '/Locations', { ...NEW_PLACE, Comment: 'Dog in the yard' })).json();
  const path = `/Locations/${String(LocationID)}`;
  const patched = await call('PATCH', path, [
    { op: 'replace', path: '/email', value: 'new@example.com' },
    { op: 'add', path: '/userdefinedfields/Gate Code', value: 'office' },
  ]);
  expect(patched.json()).toMatchObject({ EMail: 'new@example.com', Comment: 'Dog in the yard', Phone, LocationID });
  expect(patched.json()['UserDefinedFields']).toMatchObject([{ Caption: 'Gate Code', Value: 'office' }]);
  expect((await call('PATCH', path, [{ op: 'replace', path: '/nothing', value: 1 }])).status).toBe(400);
  expect((await call('PUT', path, NEW_PLACE)).json()).toMatchObject({
    Comment: '',
    EMail: 'amara@example.com',
    LocationID,
  });
});
