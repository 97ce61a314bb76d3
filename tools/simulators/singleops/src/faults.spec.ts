import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SingleOpsSimulator } from './simulator.ts';
import { startSingleOpsSimulator } from './simulator.ts';
import { forMina, forRowan } from './testing/bodies.ts';
import { callerOf } from './testing/caller.ts';

let simulator: SingleOpsSimulator;
let caller: ReturnType<typeof callerOf>;
beforeEach(async () => {
  simulator = await startSingleOpsSimulator();
  caller = callerOf(simulator);
});
afterEach(() => simulator.stop());

const leads = (): number => simulator.control.leads().length;

describe('faults', () => {
  test.each(['before', 'after'] as const)('500 %s the work is a page, with or without a lead', async (when) => {
    simulator.control.fault({ kind: '500', call: 'jobs', when });
    const { status, headers, body } = await caller.post(forRowan());
    expect([status, headers.get('content-type'), body]).toEqual([500, 'text/html; charset=utf-8', undefined]);
    expect(leads()).toBe(when === 'after' ? 1 : 0);
    expect(simulator.control.received('jobs')).toMatchObject([{ fault: `500 ${when}`, status: 500 }]);
  });

  test.each(['before', 'after'] as const)('cut %s the work answers nothing', async (when) => {
    simulator.control.fault({ kind: 'cut', when });
    await expect(caller.post(forMina())).rejects.toThrow();
    expect(leads()).toBe(when === 'after' ? 1 : 0);
    expect(simulator.control.received()).toMatchObject([{ status: null, fault: `cut ${when}` }]);
  });

  test('swallowed after the work, the caller times out and the lead is there', async () => {
    simulator.control.fault({ kind: 'swallow', when: 'after' });
    await expect(caller.post(forRowan(), AbortSignal.timeout(150))).rejects.toThrow();
    const [made] = simulator.control.leads();
    expect(simulator.control.received('jobs')).toMatchObject([{ leadId: made?.id, status: null }]);
  });

  test('a caller that gives up during a delay has its lead all the same', async () => {
    simulator.control.fault({ kind: 'delay', ms: 200 });
    await expect(caller.post(forRowan(), AbortSignal.timeout(50))).rejects.toThrow();
    await expect.poll(leads).toBe(1);
  });

  test('a maintenance page has status 200, truncated JSON is half of the truth', async () => {
    simulator.control.fault({ kind: 'html' });
    expect(await caller.get('/operations')).toMatchObject({ status: 200, body: undefined });
    simulator.control.fault({ kind: 'truncated' });
    const { status, text, body } = await caller.get('/operations');
    expect([status, body, text.startsWith('[{')]).toEqual([200, undefined, true]);
  });

  test('too many requests name a wait, or none', async () => {
    simulator.control.fault({ kind: '429', retryAfter: 7 });
    simulator.control.fault({ kind: '429', retryAfter: null });
    expect((await caller.get('/operations')).headers.get('retry-after')).toBe('7');
    const second = await caller.get('/operations');
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, null]);
    expect((await caller.get('/operations')).status).toBe(200);
  });

  test('a refusal can have status 200, or a list of errors; nothing is made', async () => {
    simulator.control.fault({ kind: 'refused' });
    simulator.control.fault({ kind: 'refused-list' });
    expect(await caller.post(forRowan())).toMatchObject({ status: 200, body: { success: false, id: null } });
    const { status, body } = await caller.post(forRowan());
    expect([status, Array.isArray(body.error), leads()]).toEqual([422, true, 0]);
  });

  test('credentials and tier can be refused for a while', async () => {
    simulator.control.fault({ kind: '401', count: 2 });
    simulator.control.fault({ kind: '403' });
    const statuses = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await caller.get('/operations')).status);
    expect(statuses).toEqual([401, 401, 403, 200]);
  });

  test('a fault meets only the calls it is for, after those it skips', async () => {
    simulator.control.fault({ kind: '500', call: 'search', skip: 1 });
    expect((await caller.get('/operations')).status).toBe(200);
    const search = () => caller.get('/clients/search_by_field', { search_field: 'email', search_term: 'rowan@' });
    expect([(await search()).status, (await search()).status, (await search()).status]).toEqual([200, 500, 200]);
  });

  test('broken JSON is a bad request', async () => {
    const answer = await fetch(`${simulator.url}/api/v1/jobs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"job":',
    });
    expect(answer.status).toBe(400);
  });

  test('down, connecting is refused; up again, everything is as it was', async () => {
    await caller.post(forRowan());
    await simulator.control.down();
    await expect(caller.get('/operations')).rejects.toThrow();
    await simulator.control.up();
    expect((await caller.get('/operations')).status).toBe(200);
    expect(leads()).toBe(1);
  });
});
