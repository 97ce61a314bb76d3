import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LeadPerfectionSimulator } from './simulator.ts';
import type { Caller, Seen } from './testing/caller.ts';
import { startLeadPerfectionSimulator } from './simulator.ts';
import { callerOf, NOON } from './testing/caller.ts';

let simulator: LeadPerfectionSimulator;
let caller: Caller;
let id: number;
beforeEach(async () => {
  simulator = await startLeadPerfectionSimulator({ now: () => NOON });
  caller = await callerOf(simulator);
  id = simulator.control.add({ Disposition: 'Set' }).row.ID;
});
afterEach(() => simulator.stop());

const write = (signal?: AbortSignal): Promise<Seen> =>
  caller.form('SalesApi/UpdateSalesApptDetail', { issuedleadid: String(id), disposition: 'Sale' }, signal);
const isWritten = (): boolean => simulator.control.appointment(id).row.Disposition === 'Sale';
const lastCall = () => simulator.control.received().at(-1);

describe('faults over HTTP', () => {
  test('delay: the right answer, late', async () => {
    simulator.control.fault({ kind: 'delay', ms: 120 });
    const started = performance.now();
    expect((await write()).text).toBe('"UPDATED SUCCESSFULLY!"');
    expect(performance.now() - started).toBeGreaterThan(115);
  });

  test('401: denied once although the token is good', async () => {
    simulator.control.fault({ kind: '401' });
    expect((await write()).status).toBe(401);
    expect(isWritten()).toBe(false);
    expect((await write()).status).toBe(200);
  });

  test('403: names the action', async () => {
    simulator.control.fault({ kind: '403' });
    const answer = await write();
    expect(answer.status).toBe(403);
    expect(answer.text).toContain("execute action 'UpdateSalesApptDetail'");
  });

  test('429: Retry-After in seconds or as a date', async () => {
    simulator.control.fault({ kind: '429', retryAfter: 7 });
    const inSeconds = await write();
    expect([inSeconds.status, inSeconds.headers.get('retry-after')]).toEqual([429, '7']);
    simulator.control.fault({ kind: '429', retryAfter: 7, retryAfterAs: 'date' });
    expect((await write()).headers.get('retry-after')).toBe('Thu, 05 Mar 2026 17:00:07 GMT');
    expect(isWritten()).toBe(false);
  });

  test.each([
    ['before', false],
    ['after', true],
  ] as const)('500 %s: fails, and the work is done: %s', async (when, done) => {
    simulator.control.fault({ kind: '500', when });
    const answer = await write();
    expect([answer.status, answer.json()]).toMatchObject([500, { Message: 'An error has occurred.' }]);
    expect(isWritten()).toBe(done);
    expect(lastCall()).toMatchObject({ status: 500, applied: done, fault: `500 ${when}` });
  });

  test('html: a maintenance page with status 200', async () => {
    simulator.control.fault({ kind: 'html' });
    const answer = await write();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(answer.text).toContain('<html>');
    expect(isWritten()).toBe(false);
  });

  test('truncated: half an answer that no parser takes, and the work is done', async () => {
    simulator.control.fault({ kind: 'truncated', count: 2 });
    const answer = await write();
    expect(answer.status).toBe(200);
    expect(() => answer.json()).toThrow(SyntaxError);
    expect(isWritten()).toBe(true);
    const page = await caller.form('SalesApi/GetSalesApptDetailDateRange', {
      apptdates: '03/03/2026',
      apptdatee: '04/04/2026',
    });
    expect(page.text.length).toBeGreaterThan(1000);
    expect(() => page.json()).toThrow(SyntaxError);
  });

  test.each([
    ['before', false],
    ['after', true],
  ] as const)('cut %s: the connection ends without an answer, and the work is done: %s', async (when, done) => {
    simulator.control.fault({ kind: 'cut', when });
    await expect(write()).rejects.toThrow('fetch failed');
    expect(isWritten()).toBe(done);
    expect(lastCall()).toMatchObject({ status: null, applied: done });
  });

  test.each([
    ['before', false],
    ['after', true],
  ] as const)('swallow %s: never answers, and the work is done: %s', async (when, done) => {
    simulator.control.fault({ kind: 'swallow', when });
    await expect(write(AbortSignal.timeout(150))).rejects.toThrow('timeout');
    expect(isWritten()).toBe(done);
  });

  test('a fault for one action leaves the others and /token alone', async () => {
    simulator.control.fault({ kind: '500', action: 'GetLinks', count: 'forever' });
    simulator.control.fault({ kind: '500', action: '/token' });
    expect((await write()).status).toBe(200);
    expect((await caller.form('SalesApi/GetLinks', {})).status).toBe(500);
    expect((await caller.token()).status).toBe(500);
    expect((await caller.token()).status).toBe(200);
  });

  test('a stop ends swallowed and delayed calls at once', async () => {
    simulator.control.fault({ kind: 'swallow' });
    simulator.control.fault({ kind: 'delay', ms: 60_000, skip: 1 });
    const hanging = [write(), write()].map((call) =>
      call.then(
        () => 'answered',
        () => 'ended',
      ),
    );
    await expect.poll(() => simulator.control.faults()).toEqual([]);
    await simulator.stop();
    expect(await Promise.all(hanging)).toEqual(['ended', 'ended']);
  });
});

describe('down and up', () => {
  test('down cuts API connections and keeps the page, up answers again', async () => {
    await simulator.control.down();
    await expect(write()).rejects.toThrow('fetch failed');
    await expect(caller.token()).rejects.toThrow('fetch failed');
    expect((await fetch(simulator.url)).status).toBe(200);
    await simulator.control.up();
    expect((await write()).status).toBe(200);
  });

  test('down drops a call in flight', async () => {
    simulator.control.fault({ kind: 'swallow' });
    const hanging = write().then(
      () => 'answered',
      () => 'ended',
    );
    await expect.poll(() => simulator.control.faults()).toEqual([]);
    await simulator.control.down();
    expect(await hanging).toBe('ended');
  });

  test('refusing stops listening, and the same port comes back by itself', async () => {
    await simulator.control.down({ refuse: true, forMs: 100 });
    const refusal: unknown = await fetch(simulator.url).catch((error: unknown) => (error as Error).cause);
    expect(refusal).toMatchObject({ code: 'ECONNREFUSED' });
    await expect
      .poll(() =>
        write().then(
          (answer) => answer.status,
          () => null,
        ),
      )
      .toBe(200);
  });
});
