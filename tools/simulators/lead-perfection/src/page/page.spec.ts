import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LeadPerfectionSimulator } from '../simulator.ts';
import { FAULT_KINDS } from '../company/faults.ts';
import { startLeadPerfectionSimulator } from '../simulator.ts';
import { callerOf } from '../testing/caller.ts';

let simulator: LeadPerfectionSimulator;
beforeEach(async () => {
  simulator = await startLeadPerfectionSimulator();
});
afterEach(() => simulator.stop());

const page = async (query = ''): Promise<string> => (await fetch(`${simulator.url}/${query}`)).text();

describe('page', () => {
  test('says what it is and needs nothing from elsewhere', async () => {
    const text = await page();
    expect(text).toContain('simulated, invented data');
    expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  test('has a button for every kind of fault', async () => {
    const text = await page();
    for (const kind of FAULT_KINDS) expect(text).toContain(`&quot;kind&quot;:&quot;${kind}&quot;`);
  });

  test('what callers and rows hold is shown as text, never as markup', async () => {
    const { row } = simulator.control.add({ CustName: '<script>alert(1)</script>' });
    const caller = await callerOf(simulator);
    await caller.form('SalesApi/UpdateSalesApptDetail', { issuedleadid: String(row.ID), presnotes: '<img src=x>' });
    const text = await page('?show=written');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).toContain('&lt;img src=x&gt;');
    expect(text).not.toContain('<script>alert(1)');
    expect(text).not.toContain('<img');
  });

  test('shows what was written, and received documents can be opened', async () => {
    const { row } = simulator.control.add();
    const caller = await callerOf(simulator);
    const filebytes = [...Buffer.from('%PDF-1.4 invented')];
    await caller.json('SalesApi/AddSalesmanImages', {
      ilsid: row.ID,
      filename: 'Deal.pdf',
      docdescr: 'd',
      dtyid: 12,
      filebytes,
    });
    const text = await page('?part=live');
    expect(text).toContain('Deal.pdf');
    expect(text).not.toContain('<html');
    const address = /href="(\/_simulator\/documents\/\d+\/bytes)"/.exec(text)?.[1] ?? 'no link';
    const opened = await fetch(simulator.url + address);
    expect(opened.headers.get('content-type')).toBe('application/pdf');
    expect(await opened.text()).toBe('%PDF-1.4 invented');
  });

  test('a received file that is no PDF is only offered for download', async () => {
    const { row } = simulator.control.add();
    const caller = await callerOf(simulator);
    const filebytes = [...Buffer.from('<script>alert(1)</script>')];
    await caller.json('SalesApi/AddSalesmanImages', {
      ilsid: row.ID,
      filename: 'a.html',
      docdescr: '',
      dtyid: 12,
      filebytes,
    });
    const [stored] = simulator.control.documents();
    const opened = await fetch(`${simulator.url}/_simulator/documents/${stored?.id}/bytes`);
    expect(opened.headers.get('content-disposition')).toBe('attachment');
    expect(opened.headers.get('content-type')).toBe('application/octet-stream');
  });
});
