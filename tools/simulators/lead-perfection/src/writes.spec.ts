import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AppointmentRow } from './data/appointment.ts';
import type { LeadPerfectionSimulator } from './simulator.ts';
import type { Caller } from './testing/caller.ts';
import { startLeadPerfectionSimulator } from './simulator.ts';
import { callerOf, NOON } from './testing/caller.ts';

let simulator: LeadPerfectionSimulator;
let caller: Caller;
let id: number;
beforeEach(async () => {
  simulator = await startLeadPerfectionSimulator({ now: () => NOON });
  caller = await callerOf(simulator);
  id = simulator.control.add({
    ApptDate: '2026-03-10T10:00:00',
    Disposition: 'Set',
    PresNotes: 'before',
    ProductID1: 'ROOF',
    GSA1: 900,
    ProductID3: 'DOOR',
    GSA3: 100,
  }).row.ID;
});
afterEach(() => simulator.stop());

const update = (fields: Record<string, string>, action = 'UpdateSalesApptDetail') =>
  caller.form(`SalesApi/${action}`, { issuedleadid: String(id), ...fields });
const row = (): AppointmentRow => simulator.control.appointment(id).row;
const REFUSED = { message: 'Exception Occured', status: 'ERROR' };

describe('UpdateSalesApptDetail', () => {
  test('writes the result and answers a bare JSON string', async () => {
    const answer = await update({ disposition: 'Sale', presnotes: 'Signed ✍️', product_id1: 'WIN', gsa1: '12500.00' });
    expect(answer.text).toBe('"UPDATED SUCCESSFULLY!"');
    expect(row()).toMatchObject({
      Disposition: 'Sale',
      DispositionComments: 'Sold',
      PresNotes: 'Signed ✍️',
      ProductID1: 'WIN',
      GSA1: 12500,
    });
  });

  test('what is left out is cleared, field by field', async () => {
    await update({ disposition: 'NI' });
    expect(row()).toMatchObject({
      Disposition: 'NI',
      PresNotes: null,
      ProductID1: null,
      GSA1: null,
      ProductID3: null,
      GSA3: null,
    });
    await update({ presnotes: 'only notes' });
    expect(row()).toMatchObject({ Disposition: null, DispositionComments: null, PresNotes: 'only notes' });
  });

  test('with overwriting switched off, what is left out stays and a blank still clears', async () => {
    simulator.control.configure({ overwrite: false });
    await update({ presnotes: 'after', product_id3: '' });
    expect(row()).toMatchObject({
      Disposition: 'Set',
      PresNotes: 'after',
      ProductID1: 'ROOF',
      GSA1: 900,
      ProductID3: null,
      GSA3: 100,
    });
  });

  test('fields outside the update are never touched', async () => {
    const before = row();
    await update({ disposition: 'NI', Notes: 'not mine', CustName: 'not mine' });
    const { CustName, Notes, ApptDate, slr_id } = row();
    expect({ CustName, Notes, ApptDate, slr_id }).toEqual({
      CustName: before.CustName,
      Notes: before.Notes,
      ApptDate: before.ApptDate,
      slr_id: before.slr_id,
    });
  });

  test.each([
    ['an unknown appointment', { issuedleadid: '5', disposition: 'Sale' }, 'Issued lead 5 was not found.'],
    ['an id that is no number', { issuedleadid: 'five', disposition: 'Sale' }, 'Issued lead five was not found.'],
    ['an unknown disposition', { disposition: 'Nope' }, "Disposition 'Nope' does not exist."],
    [
      'an amount that is no money',
      { disposition: 'Sale', gsa1: 'a lot' },
      'Error converting data type nvarchar to money',
    ],
  ])('%s is refused with HTTP 200 and an error, and nothing is written', async (_, fields, error) => {
    const before = row();
    const answer = await update(fields);
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ ...REFUSED, error: expect.stringContaining(error) });
    expect(row()).toEqual(before);
    expect(simulator.control.received({ action: 'UpdateSalesApptDetail' })).toMatchObject([
      { applied: false, status: 200 },
    ]);
  });

  test('a closed row is refused', async () => {
    simulator.control.change(id, { CanUpdateIndicator: 'N' });
    expect((await update({ disposition: 'Sale' })).json()).toMatchObject(REFUSED);
    expect(row().Disposition).toBe('Set');
  });

  test('a JSON body misses its column, with HTTP 200', async () => {
    const answer = await caller.json('SalesApi/UpdateSalesApptDetail', { issuedleadid: id, disposition: 'Sale' });
    expect([answer.status, answer.json()]).toMatchObject([
      200,
      { error: expect.stringContaining("Column 'issuedleadid'") },
    ]);
    expect(row().Disposition).toBe('Set');
  });

  test('later revisions keep their own values, earlier ones ignore them', async () => {
    const extras = { followupdate: '03/20/2026', slt_id: '4', user11: 'u' };
    await update({ disposition: 'Sale', ...extras });
    expect(simulator.control.appointment(id).extra).toEqual({ user11: 'u' });
    await update({ disposition: 'Sale', ...extras }, 'UpdateSalesApptDetail2');
    expect(simulator.control.appointment(id).extra).toEqual({ user11: 'u', followupdate: '03/20/2026' });
    await update({ disposition: 'Sale', ...extras }, 'UpdateSalesApptDetail3');
    expect(simulator.control.appointment(id).extra).toEqual(extras);
  });

  test('every write is kept in the history of its appointment', async () => {
    await update({ disposition: 'NI' });
    await update({ disposition: 'Sale', presnotes: 'second' });
    const { writes, writeCount } = simulator.control.appointment(id);
    expect(writeCount).toBe(2);
    expect(writes).toMatchObject([
      { action: 'UpdateSalesApptDetail', user: 'OneClick', changed: { Disposition: 'NI' } },
      { at: '2026-03-05T17:00:00.000Z', changed: { Disposition: 'Sale', PresNotes: 'second' } },
    ]);
  });
});

describe('the other writes', () => {
  test('AddNotes answers its constant and leaves presnotes alone', async () => {
    const answer = await caller.form('SalesApi/AddNotes', { rectype: 'ils', recid: String(id), notes: 'called back' });
    expect(answer.text).toBe('"UPDATED SUCCESSFULLY!"');
    expect(simulator.control.notes()).toMatchObject([
      { rectype: 'ils', notes: 'called back', category: '1', user: 'OneClick' },
    ]);
    expect(row().PresNotes).toBe('before');
  });

  test('UpdateSalesAck acknowledges', async () => {
    expect((await update({}, 'UpdateSalesAck')).text).toBe('"UPDATED SUCCESSFULLY!"');
    expect(simulator.control.appointment(id).acknowledged).toBe(true);
  });

  test('SetAppointment, envelope 1: sets a lead without a future appointment, once', async () => {
    const ldsId = simulator.control.appointment(id).ldsId;
    simulator.control.move(id, '2026-03-01T10:00:00');
    const fields = { lds_id: String(ldsId), set_by: '3', appt_date: '03/11/2026', appt_time: '14:00' };
    expect((await caller.form('Leads/SetAppointment', fields)).json()).toEqual({
      message: 'Appointment set',
      status: 'OK',
      error: null,
    });
    const visits = simulator.control.appointments().filter((one) => one.ldsId === ldsId);
    expect(visits.map((one) => one.row.ApptDate)).toEqual(['2026-03-01T10:00:00', '2026-03-11T14:00:00']);
    expect((await caller.form('Leads/SetAppointment', fields)).json()).toMatchObject({ status: 'ERROR' });
    expect((await caller.json('Leads/SetAppointment', fields)).json()).toMatchObject({
      message: 'Exception Occured',
      error: expect.stringContaining("Column 'lds_id'"),
    });
  });

  test('UpdateProspectInfo, envelope 2: one result in an array', async () => {
    const custnumber = String(simulator.control.appointment(id).cstId);
    const good = await caller.form('Customers/UpdateProspectInfo', { custnumber, phone: '410-555-0100', email: '' });
    expect(good.json()).toEqual([{ Result: 1, Message: 'Prospect updated' }]);
    expect(row()).toMatchObject({ Phone: '410-555-0100', email: '' });
    const bad = await caller.form('Customers/UpdateProspectInfo', { custnumber: '5' });
    expect(bad.status).toBe(200);
    expect(bad.json()).toEqual([{ Result: 0, Message: 'Error: prospect 5 was not found' }]);
  });
});

describe('permissions', () => {
  test('a denied action is 403 by name, and a fresh token does not cure it', async () => {
    simulator.control.setPermission({ action: 'UpdateSalesApptDetail', allowed: false });
    for (const someone of [caller, await callerOf(simulator)]) {
      const answer = await someone.form('SalesApi/UpdateSalesApptDetail', { issuedleadid: String(id) });
      expect(answer.status).toBe(403);
      expect(answer.text).toContain("User does not have permission to execute action 'UpdateSalesApptDetail'");
    }
    expect((await update({ disposition: 'NI' }, 'UpdateSalesApptDetail2')).status).toBe(200);
    simulator.control.setPermission({ action: 'UpdateSalesApptDetail', allowed: true });
    expect((await update({ disposition: 'NI' })).status).toBe(200);
  });

  test('a right is taken from one user alone', async () => {
    await simulator.stop();
    simulator = await startLeadPerfectionSimulator({ otherUsers: [{ username: 'Office', password: 'desk' }] });
    simulator.control.setPermission({ user: 'OneClick', action: 'AddNotes', allowed: false });
    const fields = { rectype: 'ils', recid: '1', notes: 'n' };
    const oneClick = await callerOf(simulator);
    const office = await callerOf(simulator, { username: 'office', password: 'desk' });
    expect((await oneClick.form('SalesApi/AddNotes', fields)).status).toBe(403);
    expect((await office.form('SalesApi/AddNotes', fields)).status).toBe(200);
  });
});
