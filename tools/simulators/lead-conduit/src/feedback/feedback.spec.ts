import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LeadConduitSimulator } from '../simulator.ts';
import { startLeadConduitSimulator } from '../simulator.ts';
import { flowOf, PAT, saleCalls } from '../testing/integration.ts';

let simulator: LeadConduitSimulator;
let event: string;
let lead: string;
let now: number;
beforeEach(async () => {
  now = Date.parse('2026-03-05T17:00:00Z');
  simulator = await startLeadConduitSimulator({
    flows: [flowOf({ name: 'Hub', url: 'http://127.0.0.1:1/' })],
    feedbackModules: { sales: saleCalls },
    now: () => now,
  });
  const told = await simulator.control.submit(PAT);
  [event, lead] = [told.events[0]?.id ?? '', told.lead.id];
});
afterEach(() => simulator.stop());

const FORM = 'application/x-www-form-urlencoded';
const give = (body: string, { id = event, type = FORM, accept = '*/*', method = 'POST' } = {}): Promise<Response> =>
  fetch(`${simulator.url}/feedback?event_id=${id}`, { method, headers: { 'content-type': type, accept }, body });
const told = async (answer: Promise<Response>): Promise<unknown> => (await answer).json();

describe('feedback', () => {
  test.each([
    [FORM, 'type=conversion&reason=Sale+%26+more'],
    ['application/json', '{"type":"conversion","reason":"Sale & more"}'],
    ['text/xml', '<feedback><type>conversion</type><reason>Sale &amp; more</reason></feedback>'],
    [
      'application/xml; charset=utf-8',
      '<?xml version="1.0"?><feedback><type>conversion</type><reason><![CDATA[Sale & more]]></reason></feedback>',
    ],
  ])('is taken as %s', async (type, body) => {
    const answer = await give(body, { type });
    expect([answer.status, await answer.json()]).toEqual([
      201,
      {
        outcome: 'success',
        reason: null,
        lead: { id: lead, first_name: 'Pat', email: PAT.email, phone_1: PAT.phone_1, postal_code: PAT.postal_code },
      },
    ]);
    expect(simulator.control.feedback({ eventId: event })).toMatchObject([
      { by: 'platform', leadId: lead, type: 'conversion', feedbackReason: 'Sale & more', outcome: 'success' },
    ]);
  });

  test('answers in the format asked for', async () => {
    const xml = await give('type=return', { accept: 'text/xml' });
    expect(xml.headers.get('content-type')).toContain('text/xml');
    expect(await xml.text()).toContain(`<result><outcome>success</outcome><reason/><lead><id>${lead}</id>`);
    const plain = await give('type=return', { accept: 'text/plain' });
    expect(await plain.text()).toContain('outcome:success');
  });

  test.each([
    ['an unknown event', 'type=return', 'nobody', "event 'nobody' was not found"],
    ['no event', 'type=return', '', 'event_id is required'],
    ['another type', 'type=sale', undefined, "type must be 'conversion' or 'return'"],
    ['no type', 'reason=Sale', undefined, "type must be 'conversion' or 'return'"],
  ])('%s is a failure with its reason', async (_, body, id, reason) => {
    const answer = await give(body, id === undefined ? {} : { id });
    expect([answer.status, await answer.json()]).toMatchObject([201, { outcome: 'failure', reason }]);
  });

  test('a body without a type header, of another type, broken, or with an Accept nobody serves is refused', async () => {
    const url = `${simulator.url}/feedback?event_id=${event}`;
    expect((await fetch(url, { method: 'POST', body: new Uint8Array([97]) })).status).toBe(415);
    expect((await give('a', { type: 'text/csv' })).status).toBe(415);
    expect((await give('{', { type: 'application/json' })).status).toBe(400);
    expect((await give('<feedback><type>', { type: 'text/xml' })).status).toBe(400);
    expect((await give('type=return', { accept: 'image/png' })).status).toBe(406);
    const wrong = await give('type=return', { method: 'PUT' });
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
    expect(simulator.control.feedback()).toEqual([]);
  });

  test('each kind is enabled by step, and returns may be too late', async () => {
    simulator.control.setFeedback('f1', 'Hub', { conversions: false, maxReturnAgeSeconds: 3600 });
    expect(await told(give('type=conversion'))).toMatchObject({ reason: 'conversion feedback is not enabled' });
    now += 3_600_000;
    expect(await told(give('type=return'))).toMatchObject({ outcome: 'success' });
    now += 1000;
    expect(await told(give('type=return'))).toMatchObject({ reason: 'lead is too old to be returned' });
  });

  test('may come any number of times and never changes how the lead was delivered', async () => {
    const before = simulator.control.event(event);
    await give('type=return');
    await give('type=return');
    expect(simulator.control.feedback()).toHaveLength(2);
    expect(simulator.control.event(event)).toEqual(before);
  });
});

describe('faults of feedback', () => {
  const taken = (): number => simulator.control.feedback().length;

  test.each([
    ['before', 0],
    ['after', 1],
  ] as const)('500 %s: fails, and feedback taken: %i', async (when, count) => {
    simulator.control.fault({ kind: '500', when });
    expect((await give('type=return')).status).toBe(500);
    expect(taken()).toBe(count);
    expect((await give('type=return')).status).toBe(201);
  });

  test.each([
    ['cut', 0],
    ['lose', 1],
  ] as const)('%s: no answer, and feedback taken: %i', async (kind, count) => {
    simulator.control.fault({ kind });
    await expect(give('type=return')).rejects.toThrow('fetch failed');
    expect(taken()).toBe(count);
  });

  test('a page for people with 200, a late answer, and one that waits its turn', async () => {
    simulator.control.fault({ kind: 'html', skip: 1 });
    expect((await give('type=return')).status).toBe(201);
    const page = await give('type=return');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    simulator.control.fault({ kind: 'delay', ms: 100 });
    const started = performance.now();
    expect((await give('type=return')).status).toBe(201);
    expect(performance.now() - started).toBeGreaterThan(95);
  });

  test('a stop ends a delayed call', async () => {
    simulator.control.fault({ kind: 'delay', ms: 60_000 });
    const ended = give('type=return').then(
      () => 'answered',
      () => 'ended',
    );
    await expect.poll(() => simulator.control.faults()).toEqual([]);
    await simulator.stop();
    expect(await ended).toBe('ended');
  });
});

describe('feedback in a vendor’s own words', () => {
  const call = (query: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${simulator.url}/integrations/sales/feedback?${query}`, { headers: { accept: 'text/plain' }, ...init });

  test('is read and answered by the inbound module', async () => {
    const answer = await call(`what=sale&event=${event}`);
    expect([answer.status, await answer.text()]).toEqual([201, 'success text/plain']);
    expect(simulator.control.feedback()).toMatchObject([{ by: 'sales', type: 'conversion', feedbackReason: 'Sale' }]);
  });

  test('what is no feedback is answered and not recorded; a module may stop a call', async () => {
    expect(await (await call(`what=call&event=${event}`)).text()).toBe('noted text/plain');
    expect(simulator.control.feedback()).toEqual([]);
    const stopped = await call('', { method: 'POST' });
    expect([stopped.status, stopped.headers.get('allow'), await stopped.text()]).toEqual([405, 'GET', 'GET only']);
    expect((await fetch(`${simulator.url}/integrations/nobody/feedback`)).status).toBe(404);
  });
});
