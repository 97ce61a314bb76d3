import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LeadPerfectionSimulator } from './simulator.ts';
import type { Caller } from './testing/caller.ts';
import { startLeadPerfectionSimulator } from './simulator.ts';
import { callerOf, NOON } from './testing/caller.ts';

const PDF = Buffer.from('%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3 invented\n', 'latin1');

let simulator: LeadPerfectionSimulator;
let caller: Caller;
let ilsid: number;
beforeEach(async () => {
  simulator = await startLeadPerfectionSimulator({ now: () => NOON });
  caller = await callerOf(simulator);
  ilsid = simulator.control.add().row.ID;
});
afterEach(() => simulator.stop());

const file = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ilsid,
  filename: 'Signed Agreement.pdf',
  docdescr: 'Signed Agreement',
  dtyid: 12,
  filebytes: [...PDF],
  ...more,
});

describe('AddSalesmanImages', () => {
  test('stores the very bytes, with their digest', async () => {
    const answer = await caller.json('SalesApi/AddSalesmanImages', file());
    expect(answer.text).toBe('"UPDATED SUCCESSFULLY!"');
    const [stored] = simulator.control.documents({ ilsid });
    expect(stored).toMatchObject({
      owner: 'ils',
      recid: ilsid,
      filename: 'Signed Agreement.pdf',
      dtyid: 12,
      size: PDF.length,
      sha256: createHash('sha256').update(PDF).digest('hex'),
      user: 'OneClick',
      enteredAt: '2026-03-05T12:00:00',
    });
    expect(simulator.control.documentBytes(stored?.id ?? 0).equals(PDF)).toBe(true);
  });

  test('the same file sent twice is stored twice', async () => {
    await caller.json('SalesApi/AddSalesmanImages', file());
    await caller.json('SalesApi/AddSalesmanImages', file());
    expect(simulator.control.documents()).toHaveLength(2);
  });

  test.each([
    ['base64', { filebytes: PDF.toString('base64') }, "Column 'filebytes'"],
    ['a byte too large', { filebytes: [37, 256] }, "Column 'filebytes'"],
    ['a negative byte', { filebytes: [-1] }, "Column 'filebytes'"],
    ['half a byte', { filebytes: [1.5] }, "Column 'filebytes'"],
    ['bytes as texts', { filebytes: ['37'] }, "Column 'filebytes'"],
    ['no file name', { filename: '' }, "Column 'filename'"],
    ['no document type', { dtyid: null }, "Column 'dtyid'"],
    ['an unknown document type', { dtyid: 99 }, 'Document type 99 does not exist.'],
    ['an unknown appointment', { ilsid: 5 }, 'Issued lead 5 was not found.'],
  ])('%s is refused with HTTP 200 and an error, and nothing is stored', async (_, more, error) => {
    const answer = await caller.json('SalesApi/AddSalesmanImages', file(more));
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ status: 'ERROR', error: expect.stringContaining(error) });
    expect(simulator.control.documents()).toEqual([]);
  });

  test('a form body is refused as a missing column', async () => {
    const answer = await caller.form('SalesApi/AddSalesmanImages', {
      ilsid: String(ilsid),
      dtyid: '12',
      filebytes: '37,80',
    });
    expect([answer.status, answer.json()]).toMatchObject([
      200,
      { error: expect.stringContaining("Column 'filebytes'") },
    ]);
  });

  test('a document type taken from the user is 403', async () => {
    simulator.control.setPermission({ dtyid: 12, allowed: false });
    const answer = await caller.json('SalesApi/AddSalesmanImages', file());
    expect(answer.status).toBe(403);
    expect(answer.text).toContain("User does not have permission to execute action 'AddSalesmanImages'");
    expect((await caller.json('SalesApi/AddSalesmanImages', file({ dtyid: 7 }))).status).toBe(200);
  });

  test('the list of document types can be replaced', async () => {
    simulator.control.setDocumentTypes([{ dtyid: 99, name: 'Everything' }]);
    expect((await caller.form('SalesApi/GetSalesApptDispProd', { type: 'y' })).json()).toEqual([
      { key: 99, value: 'Everything' },
    ]);
    expect((await caller.json('SalesApi/AddSalesmanImages', file({ dtyid: 99 }))).text).toBe('"UPDATED SUCCESSFULLY!"');
    expect((await caller.json('SalesApi/AddSalesmanImages', file())).json()).toMatchObject({ status: 'ERROR' });
  });

  test('a megabyte goes through, and its bytes stay out of the log', async () => {
    const big = Buffer.alloc(1_000_000, 200);
    await caller.json('SalesApi/AddSalesmanImages', file({ filebytes: [...big] }));
    expect(simulator.control.documents()[0]?.size).toBe(1_000_000);
    expect(simulator.control.received({ action: 'AddSalesmanImages' })[0]?.params['filebytes']).toBe(
      '<array of 1000000>',
    );
  });
});

test('AddJobImages stores on a job, and GetLinks lists what hangs on a record', async () => {
  await caller.json('SalesApi/AddJobImages', { ...file(), ilsid: undefined, jobid: 4711 });
  await caller.json('SalesApi/AddSalesmanImages', file());
  simulator.control.configure({ fieldCase: 'documented' });
  const links = async (rectype: string, recid: number): Promise<unknown> =>
    (await caller.form('SalesApi/GetLinks', { rectype, recid: String(recid) })).json();
  const row = {
    FileName: 'Signed Agreement.pdf',
    DocDescr: 'Signed Agreement',
    DtyID: 12,
    DateEntered: '2026-03-05T12:00:00',
  };
  expect(await links('job', 4711)).toMatchObject([row]);
  expect(await links('ILS', ilsid)).toMatchObject([row]);
  expect(await links('ils', 4711)).toEqual([]);
});
