import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SingleOpsSimulator } from '../simulator.ts';
import { startSingleOpsSimulator } from '../simulator.ts';
import { forMina } from '../testing/bodies.ts';
import { callerOf, told } from '../testing/caller.ts';

let simulator: SingleOpsSimulator;
beforeEach(async () => {
  simulator = await startSingleOpsSimulator();
});
afterEach(() => simulator.stop());

const call = (method: string, path: string, body?: unknown, headers = {}) =>
  told<Record<string, unknown>>(
    fetch(`${simulator.url}/_simulator${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );

describe('control over HTTP', () => {
  test('a lead is seen, confirmed and held', async () => {
    const { body } = await callerOf(simulator).post(forMina());
    expect((await call('GET', '/leads')).body).toMatchObject([{ id: body.id, state: 'Unconfirmed Client' }]);
    expect((await call('POST', `/leads/${body.id}/confirm`)).body).toMatchObject({ state: 'Estimate Unscheduled' });
    expect((await call('POST', `/leads/${body.id}/hold`, { onHold: true })).body).toMatchObject({ state: 'On Hold' });
    expect((await call('GET', '/leads?account=78')).body).toEqual([]);
    expect((await call('GET', '/state')).body).toMatchObject({
      simulator: 'singleops',
      accounts: [{ id: 77, counts: { leads: 1 } }, { id: 78 }],
      counts: { jobs: { calls: 1, leads: 1, failed: 0 } },
    });
  });

  test('clients are added, changed and merged', async () => {
    const added = await call('POST', '/clients', { first_name: 'Wim', last_name: 'Toll', email: 'wim@example.com' });
    expect([added.status, added.body['name']]).toEqual([201, 'Wim Toll']);
    const id = Number(added.body['id']);
    expect((await call('PATCH', `/clients/${id}`, { on_hold: true })).body).toMatchObject({ on_hold: true });
    expect((await call('POST', `/clients/${id}/merge`, { into: 9001 })).body).toMatchObject({ active: false });
    expect((await call('GET', `/clients/${id}`)).body).toMatchObject({ merged_to_client_id: 9001 });
    expect((await call('POST', '/clients', { id: 9001, first_name: 'Rowan' })).status).toBe(409);
    expect((await call('POST', `/clients/${id}/merge`, { into: 9500 })).status).toBe(409);
  });

  test('divisions and fields go and come, and no token is shown', async () => {
    expect((await call('DELETE', '/operations/41')).status).toBe(204);
    expect((await call('PUT', '/accounts/77/operations', { id: 44, name: 'Cranes' })).status).toBe(200);
    expect((await call('DELETE', '/custom-inputs/501')).status).toBe(204);
    expect((await call('PUT', '/accounts/77/custom-inputs', { id: 505, name: 'Budget' })).status).toBe(200);
    const { body, text } = await call('GET', '/accounts');
    expect(body).toMatchObject([
      { operations: [{ id: 42 }, { id: 43 }, { id: 44 }], customInputs: [{ id: 502 }, { id: 503 }, { id: 505 }] },
      {},
    ]);
    expect(text).not.toContain(simulator.control.apiUser().token);
  });

  test('faults, switches, days and tokens', async () => {
    expect((await call('POST', '/faults', { kind: 'cut', call: 'jobs', count: 'forever' })).status).toBe(201);
    expect((await call('GET', '/faults')).body).toMatchObject([{ kind: 'cut', left: 'forever' }]);
    expect((await call('DELETE', '/faults')).body).toEqual([]);
    expect((await call('PATCH', '/switches', { layout: 'B' })).body).toMatchObject({ layout: 'B', failureStatus: 422 });
    const before = Date.parse(simulator.control.clock());
    await call('POST', '/clock/pass', { days: 3 });
    expect(Math.round((Date.parse(simulator.control.clock()) - before) / 86_400_000)).toBe(3);
    const caller = callerOf(simulator);
    await call('POST', '/accounts/77/revoke-token');
    expect((await caller.get('/operations')).status).toBe(401);
    await call('PATCH', '/accounts/77', { apiAllowed: false });
    expect(simulator.control.accounts()[0]?.apiAllowed).toBe(false);
    expect((await call('POST', '/reset')).status).toBe(204);
    expect((await caller.get('/operations')).status).toBe(200);
    expect(simulator.control.switches().layout).toBe('A');
  });

  test('down for a while, it comes back by itself on the same port', async () => {
    expect((await call('POST', '/down', { forMs: 150 })).status).toBe(202);
    await expect
      .poll(() =>
        call('GET', '/state').then(
          ({ status }) => status,
          () => 'refused',
        ),
      )
      .toBe('refused');
    await expect
      .poll(() =>
        call('GET', '/state').then(
          ({ status }) => status,
          () => 'refused',
        ),
      )
      .toBe(200);
  });

  test('wishes that cannot be granted are told apart from faults of the simulator', async () => {
    expect((await call('GET', '/leads/1')).status).toBe(404);
    expect((await call('GET', '/clients?account=1')).status).toBe(404);
    expect((await call('POST', '/faults', { kind: 'earthquake' })).status).toBe(400);
    expect((await call('PATCH', '/switches', { layuot: 'B' })).status).toBe(400);
    expect((await call('POST', '/clients', { nick: 'Wim' })).status).toBe(400);
    expect((await call('PATCH', '/clients/9001', { account_id: 78 })).status).toBe(400);
    expect((await call('POST', '/down', {})).status).toBe(400);
    expect((await call('POST', '/reset', {}, { origin: 'http://elsewhere.example' })).status).toBe(403);
  });
});
