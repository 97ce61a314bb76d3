import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LeadPerfectionSimulator } from './simulator.ts';
import type { Caller } from './testing/caller.ts';
import { startLeadPerfectionSimulator } from './simulator.ts';
import { callerOf, NOON } from './testing/caller.ts';

type Row = Record<string, unknown>;

let simulator: LeadPerfectionSimulator;
let caller: Caller;
beforeEach(async () => {
  simulator = await startLeadPerfectionSimulator({ now: () => NOON });
  caller = await callerOf(simulator);
});
afterEach(() => simulator.stop());

const range = async (apptdates: string, apptdatee: string): Promise<Row[]> =>
  (await caller.form('SalesApi/GetSalesApptDetailDateRange', { apptdates, apptdatee })).json() as Row[];
const field = (row: Row | undefined, name: string): unknown =>
  Object.entries(row ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];

describe('lookups', () => {
  test.each([
    ['d', { key: 'Sale', value: 'Sold' }],
    ['P', { key: 'WIN', value: 'Windows' }],
    ['y', { key: 12, value: 'Signed Agreement' }],
    ['Q', { key: '2', value: 'Rehash' }],
    ['s', { key: 417, value: 'Tran, Minh' }],
  ])('letter %s lists keys and values', async (type, entry) => {
    expect((await caller.form('SalesApi/GetSalesApptDispProd', { type })).json()).toContainEqual(entry);
  });

  test('an unknown letter is an empty list', async () => {
    expect((await caller.form('SalesApi/GetSalesApptDispProd', { type: 'x' })).text).toBe('[]');
  });

  test('users come without e-mail addresses, and some result codes are not listed', async () => {
    expect((await caller.form('SalesApi/GetSalesApptDispProd', { type: 's' })).text).not.toContain('@');
    expect((await caller.form('SalesApi/GetSalesApptDispProd', { type: 'd' })).text).not.toContain('NOP ITM');
  });
});

describe('appointment window', () => {
  test('both days of the range are included, in either way of writing them', async () => {
    const american = await range('03/03/2026', '04/04/2026');
    const count = simulator.control.appointmentsInWindow({ from: '2026-03-03', to: '2026-04-04' });
    expect(american).toHaveLength(count.appointments);
    expect(await range('2026-03-03', '2026-04-04')).toEqual(american);
    const without = (await range('03/04/2026', '04/03/2026')).length;
    const edges = (await range('03/03/2026', '03/03/2026')).length + (await range('04/04/2026', '04/04/2026')).length;
    expect(edges).toBeGreaterThanOrEqual(4);
    expect(without + edges).toBe(american.length);
  });

  test('the count of a window is the sum over its reps', async () => {
    const { reps, appointments } = simulator.control.appointmentsInWindow();
    expect(reps.reduce((sum, rep) => sum + rep.appointments, 0)).toBe(appointments);
    expect(reps.find((rep) => rep.slrId === '999')).toMatchObject({ known: false, appointments: 2 });
  });

  test('a date nobody can read is an envelope with an error, not an empty list', async () => {
    const answer = await caller.form('SalesApi/GetSalesApptDetailDateRange', { apptdates: 'soon', apptdatee: 'later' });
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ status: 'ERROR', error: expect.stringContaining('Conversion failed') });
  });

  test('names of parameters and actions are read in any case, unknown parameters are ignored', async () => {
    const answer = await caller.form('salesapi/GETSALESAPPTDETAILDATERANGE', {
      APPTDATES: '03/03/2026',
      ApptDateE: '04/04/2026',
      nonsense: '1',
    });
    expect(answer.json()).toEqual(await range('03/03/2026', '04/04/2026'));
  });

  test('a moved appointment leaves one day and comes up on another', async () => {
    const { row } = simulator.control.add({ ApptDate: '2026-03-10T10:00:00' });
    const idsOn = async (day: string): Promise<unknown[]> => (await range(day, day)).map((one) => field(one, 'ID'));
    expect(await idsOn('2026-03-10')).toContain(row.ID);
    simulator.control.move(row.ID, '2026-03-12T16:00:00');
    expect(await idsOn('2026-03-10')).not.toContain(row.ID);
    const moved = (await range('2026-03-12', '2026-03-12')).find((one) => field(one, 'ID') === row.ID);
    expect(field(moved, 'ApptDateDisplay')).toBe('Thu 3/12/2026 4:00 PM');
    simulator.control.remove(row.ID);
    expect(await idsOn('2026-03-12')).not.toContain(row.ID);
  });

  test('detail gives one row in an array, and an empty array for an unknown id', async () => {
    const [first] = simulator.control.appointments({ from: '2026-03-06', to: '2026-03-06' });
    const issuedleadid = String(first?.row.ID);
    const rows = (await caller.form('SalesApi/GetSalesApptDetail', { issuedleadid, apptdate: '03/06/2026' })).json();
    expect(rows).toHaveLength(1);
    expect(field((rows as Row[])[0], 'id')).toBe(first?.row.ID);
    expect((await caller.form('SalesApi/GetSalesApptDetail', { issuedleadid: '5' })).text).toBe('[]');
    simulator.control.configure({ detailNeedsDate: true });
    const otherDay = { issuedleadid, apptdate: '03/07/2026' };
    expect((await caller.form('SalesApi/GetSalesApptDetail', otherDay)).text).toBe('[]');
  });

  test('the day list has the short rows of that day', async () => {
    const rows = (await caller.form('SalesApi/GetSalesApptDayList', { apptdate: '03/06/2026' })).json() as Row[];
    expect(rows.map((row) => field(row, 'ID'))).toEqual(
      (await range('03/06/2026', '03/06/2026')).map((r) => field(r, 'ID')),
    );
    expect(Object.keys(rows[0] ?? {})).toHaveLength(5);
  });
});

describe('wobble', () => {
  const spellings = async (): Promise<Set<string>> => {
    const seen = new Set<string>();
    for (let day = 10; day < 30; day += 1) {
      for (const name of Object.keys((await range(`03/${day}/2026`, '04/04/2026'))[0] ?? {})) seen.add(name);
    }
    return seen;
  };

  test('by default the spelling of fields and booleans changes from page to page, but not for the same page', async () => {
    const seen = await spellings();
    for (const name of ['ID', 'id', 'ProductID', 'ProductId', 'productid']) expect(seen).toContain(name);
    expect(await range('03/10/2026', '04/04/2026')).toEqual(await range('03/10/2026', '04/04/2026'));
  });

  test.each([
    ['documented', 'yn', 'ProductID', 'CanUpdateIndicator', 'Y'],
    ['seed', 'real', 'ProductId', 'CanUpdateIndicator', true],
    ['lower', 'text', 'productid', 'canupdateindicator', 'true'],
  ] as const)('%s/%s holds still', async (fieldCase, booleans, product, indicator, value) => {
    simulator.control.configure({ fieldCase, booleans });
    const { row } = simulator.control.add({ ApptDate: '2027-05-05T10:00:00' });
    const [printed] = await range('05/05/2027', '05/05/2027');
    expect(printed?.[product]).toBe(row.ProductID);
    expect(printed?.[indicator]).toBe(value);
  });

  test.each(['data', 'Data', 'Records', 'Result'] as const)('lists can be wrapped in %s', async (wrapLists) => {
    const bare = await range('03/03/2026', '04/04/2026');
    simulator.control.configure({ wrapLists });
    const answer = await caller.form('SalesApi/GetSalesApptDetailDateRange', {
      apptdates: '03/03/2026',
      apptdatee: '04/04/2026',
    });
    expect(answer.json()).toEqual({ [wrapLists]: bare });
    expect((await caller.form('SalesApi/GetSalesApptDispProd', { type: 'x' })).json()).toEqual({ [wrapLists]: [] });
  });
});

describe('routing', () => {
  test('an unknown action is 404 and a GET 405', async () => {
    expect((await caller.form('SalesApi/GetNotes', {})).status).toBe(404);
    expect((await fetch(`${simulator.url}/api/SalesApi/GetLinks`)).status).toBe(405);
  });

  test('a body over the limit is 413', async () => {
    simulator.control.configure({ bodyLimit: 1000 });
    const answer = await caller.form('SalesApi/AddNotes', { rectype: 'ils', recid: '1', notes: 'x'.repeat(2000) });
    expect(answer.status).toBe(413);
  });
});
