import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Appointment } from '../data/appointment.ts';
import type { SimulatorState } from './state.ts';
import type { LeadPerfectionSimulator } from '../simulator.ts';
import { startLeadPerfectionSimulator } from '../simulator.ts';
import { callerOf, NOON } from '../testing/caller.ts';

let simulator: LeadPerfectionSimulator;
beforeEach(async () => {
  simulator = await startLeadPerfectionSimulator({ now: () => NOON });
});
afterEach(() => simulator.stop());

const call = async <Body = unknown>(
  method: string,
  path: string,
  body?: unknown,
  headers = {},
): Promise<{ status: number; body: Body }> => {
  const answer = await fetch(`${simulator.url}/_simulator${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text ? JSON.parse(text) : null) as Body };
};

describe('control over HTTP', () => {
  test('appointments can be added, changed, moved, assigned and removed', async () => {
    const { body: added } = await call<Appointment>('POST', '/appointments', {
      CustName: 'Ann Test',
      ApptDate: '2026-03-10T10:00:00',
    });
    const path = `/appointments/${added.row.ID}`;
    expect(added).toMatchObject({ day: '2026-03-10', row: { CustName: 'Ann Test' } });
    expect((await call<Appointment>('PATCH', path, { Notes: null })).body.row.Notes).toBeNull();
    expect((await call('POST', `${path}/move`, { apptDate: '2026-03-11T09:30' })).body).toMatchObject({
      day: '2026-03-11',
      row: { ApptDate: '2026-03-11T09:30:00', ApptDateDisplay: 'Wed 3/11/2026 9:30 AM' },
    });
    expect((await call<Appointment>('POST', `${path}/assign`, { slrId: 417 })).body.row).toMatchObject({
      slr_id: 417,
      SalesRepName: 'Tran, Minh',
    });
    expect((await call('GET', '/appointments?from=2026-03-11&to=2026-03-11&slr_id=417')).body).toContainEqual(
      expect.objectContaining({ row: expect.objectContaining({ ID: added.row.ID }) }),
    );
    expect((await call('DELETE', path)).status).toBe(204);
    expect((await call('GET', path)).status).toBe(404);
  });

  test('wishes that cannot be granted are told apart from faults of the simulator', async () => {
    expect((await call('PATCH', '/appointments/5', { Notes: 'x' })).status).toBe(404);
    const { row } = simulator.control.add();
    const misspelt = await call<{ error: string }>('PATCH', `/appointments/${row.ID}`, { custname: 'x' });
    expect([misspelt.status, misspelt.body.error]).toEqual([400, expect.stringContaining('"custname"')]);
    expect((await call('POST', `/appointments/${row.ID}/move`, { apptDate: 'tomorrow' })).status).toBe(400);
    expect((await call('POST', '/faults', { kind: 'earthquake' })).status).toBe(400);
    expect((await call('POST', '/faults', { kind: '500', cuont: 2 })).status).toBe(400);
    expect((await call('PUT', '/permissions', { allowed: false })).status).toBe(400);
    expect((await call('POST', '/down', { refuse: true })).status).toBe(400);
    expect((await call('GET', '/nonsense')).status).toBe(404);
  });

  test('faults, permissions, document types, switches and the clock are the same as in process', async () => {
    await call('POST', '/faults', { kind: '429', count: 3, action: 'GetLinks' });
    expect(simulator.control.faults()).toMatchObject([{ kind: '429', left: 3, action: 'GetLinks' }]);
    await call('DELETE', '/faults');
    expect(simulator.control.faults()).toEqual([]);
    expect((await call('PUT', '/permissions', { dtyid: 12, allowed: false })).body).toEqual([
      'oneclick: document type 12',
    ]);
    await call('PUT', '/document-types', [{ dtyid: 3, name: 'Three' }]);
    expect(simulator.control.lookups().documentTypes).toEqual([{ dtyid: 3, name: 'Three' }]);
    expect((await call('PATCH', '/switches', { wrapLists: 'data' })).body).toMatchObject({
      wrapLists: 'data',
      overwrite: true,
    });
    const clock = await call('PUT', '/clock', { at: '2026-07-01T03:00:00Z', frozen: true });
    expect(clock.body).toMatchObject({ today: '2026-06-30', state: 'frozen' });
    expect((await call('PUT', '/clock', { at: null })).body).toMatchObject({ today: '2026-03-05', state: 'following' });
  });

  test('what was received can be read, counted and forgotten', async () => {
    const caller = await callerOf(simulator);
    await caller.form('SalesApi/GetLinks', { rectype: 'ils', recid: '1' });
    expect((await call('GET', '/received?action=getlinks')).body).toMatchObject([
      { action: 'GetLinks', user: 'OneClick', params: { rectype: 'ils', recid: '1' }, status: 200, applied: false },
    ]);
    expect((await call('GET', '/counts')).body).toMatchObject({
      token: { calls: 1 },
      GetLinks: { calls: 1, failed: 0 },
    });
    expect((await call('DELETE', '/received')).body).toEqual({});
  });

  test('the log is bounded, its counts are not', async () => {
    await simulator.stop();
    simulator = await startLeadPerfectionSimulator({ logSize: 5 });
    const caller = await callerOf(simulator);
    for (let round = 0; round < 14; round += 1) await caller.form('SalesApi/GetLinks', { recid: String(round) });
    expect(simulator.control.received().map((one) => one.params['recid'])).toEqual(['9', '10', '11', '12', '13']);
    expect(simulator.control.counts()['GetLinks']?.calls).toBe(14);
  });

  test('the state has the window with its reps', async () => {
    const { body } = await call<SimulatorState>('GET', '/state');
    expect(body).toMatchObject({
      simulator: 'lead-perfection',
      door: 'open',
      window: { from: '2026-03-03', to: '2026-04-04' },
    });
    expect((await call('GET', '/window?from=2026-03-03&to=2026-04-04')).body).toEqual(body.window);
  });

  test('down answers first, then cuts; up opens again', async () => {
    expect((await call('POST', '/down', {})).status).toBe(200);
    await expect.poll(() => simulator.control.door()).toBe('closing');
    await expect(fetch(`${simulator.url}/token`, { method: 'POST' })).rejects.toThrow('fetch failed');
    expect((await call('POST', '/up')).body).toEqual({ door: 'open' });
    expect((await fetch(`${simulator.url}/token`, { method: 'POST' })).status).toBe(400);
  });

  test('a reset gives the first day back', async () => {
    const before = simulator.control.appointments();
    simulator.control.add();
    simulator.control.fault({ kind: '500' });
    await call('POST', '/reset', {});
    expect(simulator.control.appointments()).toEqual(before);
    expect(simulator.control.faults()).toEqual([]);
  });

  test('other sites open in the same browser cannot break things', async () => {
    expect((await call('POST', '/up', {}, { origin: 'http://elsewhere.example' })).status).toBe(403);
    expect((await call('POST', '/up', {}, { origin: simulator.url })).status).toBe(200);
  });
});
