import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Caller } from './testing/caller.ts';
import type { FaultOrder } from './company/faults.ts';
import type { PestPacSimulator } from './simulator.ts';
import { FAULT_KINDS } from './company/faults.ts';
import { startPestPacSimulator } from './simulator.ts';
import { askToken, callerOf, NEW_PLACE } from './testing/caller.ts';

let simulator: PestPacSimulator;
let call: Caller;
beforeEach(async () => {
  simulator = await startPestPacSimulator();
  call = await callerOf(simulator);
});
afterEach(() => simulator.stop());

const control = async (method: string, path: string, body?: unknown): Promise<Response> =>
  fetch(`${simulator.url}/_simulator${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });

describe('faults', () => {
  test('applied, then cut: the location is there and the caller knows nothing', async () => {
    const before = simulator.control.sizes().locations;
    simulator.control.fault({ kind: 'cut', when: 'after', call: 'POST /Locations' });
    await expect(call('POST', '/Locations', NEW_PLACE)).rejects.toThrow('fetch failed');
    expect(simulator.control.sizes().locations).toBe(before + 1);
    expect(simulator.control.received('POST /Locations')).toMatchObject([
      { status: null, applied: true, fault: 'cut after' },
    ]);
  });

  test('cut before: nothing is there', async () => {
    const before = simulator.control.sizes();
    simulator.control.fault({ kind: 'cut' });
    await expect(call('POST', '/Locations', NEW_PLACE)).rejects.toThrow('fetch failed');
    expect(simulator.control.sizes()).toEqual(before);
  });

  test('swallow after commits and never answers', async () => {
    const before = simulator.control.sizes().locations;
    simulator.control.fault({ kind: 'swallow', when: 'after' });
    const waiting = call('POST', '/Locations', NEW_PLACE).then(
      () => 'answered',
      () => 'cut',
    );
    await expect.poll(() => simulator.control.sizes().locations).toBe(before + 1);
    await simulator.control.down();
    expect(await waiting).toBe('cut');
  });

  test.each<[FaultOrder, number, string]>([
    [{ kind: '401' }, 401, 'Invalid access token'],
    [{ kind: 'quota' }, 401, 'quota'],
    [{ kind: '403' }, 403, 'denied'],
    [{ kind: '404' }, 404, ''],
    [{ kind: '429', retryAfter: 5 }, 429, 'SpikeArrest'],
    [{ kind: '500' }, 500, 'error'],
    [{ kind: '503' }, 503, 'unavailable'],
    [{ kind: 'empty-400' }, 400, ''],
    [{ kind: 'html' }, 200, '<html>'],
  ])('%o answers %i, once, and nothing is done', async (order, status, words) => {
    const before = simulator.control.sizes();
    simulator.control.fault(order);
    const answer = await call('POST', '/Locations', NEW_PLACE);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(words);
    if (words === '') expect(answer.text).toBe('');
    expect(simulator.control.sizes()).toEqual(before);
    expect((await call('GET', '/BillTos')).status).toBe(200);
  });

  test('half an answer is no JSON; 500 after has done the work', async () => {
    simulator.control.fault({ kind: 'truncated' });
    const half = await call('GET', '/BillTos');
    expect(() => half.json()).toThrow(SyntaxError);
    const before = simulator.control.sizes().locations;
    simulator.control.fault({ kind: '500', when: 'after' });
    expect((await call('POST', '/Locations', NEW_PLACE)).status).toBe(500);
    expect(simulator.control.sizes().locations).toBe(before + 1);
  });

  test('a fault waits for its kind of call, lets some through, and a slow token is slow', async () => {
    simulator.control.fault({ kind: '500', call: 'GET /billtos/{id}', skip: 1, count: 1 });
    const statuses: number[] = [];
    for (const path of ['/BillTos', '/BillTos/70011', '/BillTos/70011', '/BillTos/70011'])
      statuses.push((await call('GET', path)).status);
    expect(statuses).toEqual([200, 200, 500, 200]);
    simulator.control.fault({ kind: 'delay', ms: 60, call: 'POST /oauth2/token' });
    await askToken(simulator);
    expect(simulator.control.received('POST /oauth2/token').at(-1)?.ms).toBeGreaterThanOrEqual(59);
  });
});

describe('control over HTTP', () => {
  test('the state, records, faults and switches', async () => {
    expect(await (await control('GET', '/state')).json()).toMatchObject({
      simulator: 'pestpac',
      door: 'open',
      callsToday: 0,
    });
    expect((await control('POST', '/faults', { kind: '500', count: 'forever' })).status).toBe(201);
    expect((await call('GET', '/BillTos')).status).toBe(500);
    expect(await (await control('DELETE', '/faults')).json()).toEqual([]);
    expect(await (await control('PATCH', '/switches', { dailyQuota: 3 })).json()).toMatchObject({ dailyQuota: 3 });
    expect((await control('PATCH', '/switches', { nonsense: 1 })).status).toBe(400);
    expect((await control('GET', '/records/nothing')).status).toBe(400);
    expect((await control('GET', '/records/leads/1')).status).toBe(404);
  });

  test('the office enters a customer, and a reset forgets it', async () => {
    const place = { ...NEW_PLACE, Phone: '413-555-0121' };
    const { Source: _, EnteredDate: __, ...billTo } = place;
    const made = await control('POST', '/customers', {
      billTo,
      locations: [place, { ...place, Address: '2 Larch Ave' }],
    });
    expect(((await made.json()) as { locations: unknown[] }).locations).toHaveLength(2);
    expect((await call('GET', '/Locations?q=4135550121')).json<unknown[]>()).toHaveLength(2);
    await control('POST', '/reset', {});
    expect((await call('GET', '/Locations?q=4135550121')).json<unknown[]>()).toEqual([]);
  });

  test('down cuts the API and keeps the control; up opens again', async () => {
    await control('POST', '/down', {});
    await expect.poll(() => simulator.control.door()).toBe('closing');
    await expect(call('GET', '/BillTos')).rejects.toThrow('fetch failed');
    expect(await (await control('POST', '/up')).json()).toEqual({ door: 'open' });
    expect((await call('GET', '/BillTos')).status).toBe(200);
  });
});

describe('page', () => {
  test('says what it is, has a button for every fault, escapes what callers sent', async () => {
    await call('POST', '/Locations', { ...NEW_PLACE, LastName: '<b>Oduya</b>' });
    const text = await (await fetch(simulator.url)).text();
    expect(text).toContain('simulated, invented data');
    for (const kind of FAULT_KINDS) expect(text).toContain(`&quot;kind&quot;:&quot;${kind}&quot;`);
    expect(text).toContain('&lt;b&gt;Oduya&lt;/b&gt;');
    expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(await (await fetch(`${simulator.url}/?part=live`)).text()).not.toContain('<html');
  });
});

describe('webhooks', () => {
  test('a subscriber hears of a new lead once', async () => {
    const heard: unknown[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        heard.push(JSON.parse(Buffer.concat(chunks).toString('utf8')));
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const PostToUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect((await call('POST', '/WebHooks', { EntityType: 'Lead', Action: 'Create', PostToUrl })).status).toBe(200);
    expect((await call('POST', '/WebHooks', { EntityType: 'ServiceSetup', Action: 'Create', PostToUrl })).status).toBe(
      400,
    );
    const { LeadID } = (await call('POST', '/Leads', { Name: 'Amara Oduya' })).json();
    await expect
      .poll(() => heard)
      .toEqual([{ EntityType: 'Lead', EntityId: LeadID, Url: `${simulator.apiUrl}/Leads/${String(LeadID)}` }]);
    server.closeAllConnections();
    server.close();
  });
});
