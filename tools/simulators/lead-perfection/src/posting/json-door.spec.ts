import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LeadPerfectionSimulator } from '../simulator.ts';
import { startLeadPerfectionSimulator } from '../simulator.ts';
import { NOON } from '../testing/caller.ts';
import { PAT, postLead, seen } from '../testing/lead-poster.ts';

let simulator: LeadPerfectionSimulator;
beforeEach(async () => {
  simulator = await startLeadPerfectionSimulator({ now: () => NOON });
});
afterEach(() => simulator.stop());

describe('the posting door', () => {
  test('queues a lead and answers its number, one after the other', async () => {
    const first = await postLead(simulator, PAT);
    expect([first.status, first.json()]).toEqual([200, { status: 'OK', error: '', message: 'lead added: 384191' }]);
    expect((await postLead(simulator, PAT)).json()).toMatchObject({ message: 'lead added: 384192' });
    expect(simulator.control.lead(384_191)).toMatchObject({
      state: 'queued',
      door: 'addlead',
      raw: JSON.stringify(PAT),
      fields: { srs_id: '001', lognumber: 'LC-000123', eventid: '65f0c0ffee0000000000abcd' },
      prospectId: null,
    });
  });

  test.each(['', '0', undefined])('takes the source id %j without a word', async (srs_id) => {
    const { srs_id: _, ...rest } = PAT;
    const answer = await postLead(simulator, { ...rest, ...(srs_id === undefined ? {} : { srs_id }) });
    expect(answer.json()).toMatchObject({ status: 'OK' });
    expect(simulator.control.leads()).toHaveLength(1);
  });

  test('knows names in any case, keeps what it does not know, reads numbers and booleans', async () => {
    await postLead(simulator, { ZIP: 21220, Phone1: 4105550143, HasConsent: true, User7: '2026-03-01', Odd: null });
    expect(simulator.control.leads()[0]).toMatchObject({
      fields: { zip: '21220', phone1: '4105550143' },
      sent: { hasconsent: 'true', user7: '2026-03-01', odd: '' },
    });
  });

  test.each([
    ['zip', 'zip is required.'],
    ['phone1', 'phone1 is required.'],
  ])('refuses a lead without %s with HTTP 200', async (field, error) => {
    const answer = await postLead(simulator, { ...PAT, [field]: ' ' });
    expect([answer.status, answer.json()]).toEqual([200, { status: 'ERROR', error, message: '' }]);
    expect(simulator.control.leads()).toEqual([]);
  });

  test.each([
    ['/demo2/addlead', 404, 'Invalid client.'],
    ['/demo1/deletelead', 404, 'Invalid action.'],
  ])('%s is refused: %i', async (path, status, error) => {
    const answer = await postLead(simulator, PAT, path);
    expect([answer.status, answer.json()]).toMatchObject([status, { status: 'ERROR', error }]);
  });

  test.each([
    ['application/x-www-form-urlencoded', 'zip=21220&phone1=4105550143', 415],
    ['application/json', '{"zip":', 400],
    ['application/json', '[]', 400],
  ])('a body as %s, %s, is refused: %i', async (type, body, status) => {
    const path = `${simulator.url}/demo1/addlead`;
    const answer = await seen(await fetch(path, { method: 'POST', headers: { 'content-type': type }, body }));
    expect([answer.status, answer.json()]).toMatchObject([status, { status: 'ERROR' }]);
    expect((await fetch(path)).status).toBe(405);
  });

  test('calls are logged and counted beside the API', async () => {
    await postLead(simulator, PAT);
    expect(simulator.control.received({ action: 'addlead' })).toMatchObject([
      { params: { zip: '21220' }, status: 200, applied: true, user: null },
    ]);
    expect(simulator.control.counts()['addlead']).toEqual({ calls: 1, applied: 1, failed: 0 });
  });

  test('a reset forgets the queue', async () => {
    await postLead(simulator, PAT);
    simulator.control.reset();
    expect(simulator.control.leads()).toEqual([]);
  });
});

describe('faults at the posting door', () => {
  const queued = () => simulator.control.leads().length;

  test.each([
    ['before', 0],
    ['after', 1],
  ] as const)('500 %s: fails, and leads queued: %i', async (when, count) => {
    simulator.control.fault({ kind: '500', when, action: 'addlead' });
    expect((await postLead(simulator, PAT)).status).toBe(500);
    expect(queued()).toBe(count);
  });

  test.each([
    ['before', 0],
    ['after', 1],
  ] as const)('cut %s: no answer, and leads queued: %i', async (when, count) => {
    simulator.control.fault({ kind: 'cut', when });
    await expect(postLead(simulator, PAT)).rejects.toThrow('fetch failed');
    expect(queued()).toBe(count);
  });

  test('half an answer, a page for people, and a late one', async () => {
    simulator.control.fault({ kind: 'truncated' });
    expect((await postLead(simulator, PAT)).json).toThrow(SyntaxError);
    simulator.control.fault({ kind: 'html' });
    const page = await postLead(simulator, PAT);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(queued()).toBe(1);
    simulator.control.fault({ kind: 'delay', ms: 100 });
    const started = performance.now();
    expect((await postLead(simulator, PAT)).json()).toMatchObject({ status: 'OK' });
    expect(performance.now() - started).toBeGreaterThan(95);
  });

  test('refused: status ERROR with HTTP 200; no-number: OK without digits, and the lead is queued', async () => {
    simulator.control.fault({ kind: 'refused' });
    const refused = await postLead(simulator, PAT);
    expect([refused.status, refused.json()]).toMatchObject([200, { status: 'ERROR' }]);
    expect(queued()).toBe(0);
    simulator.control.fault({ kind: 'no-number' });
    expect((await postLead(simulator, PAT)).json()).toEqual({ status: 'OK', error: '', message: 'lead added' });
    expect(queued()).toBe(1);
    expect(simulator.control.received().at(-1)).toMatchObject({ fault: 'no-number after', applied: true });
  });

  test('a fault of another action passes it by', async () => {
    simulator.control.fault({ kind: '500', action: 'addleads.asp' });
    expect((await postLead(simulator, PAT)).status).toBe(200);
  });
});
