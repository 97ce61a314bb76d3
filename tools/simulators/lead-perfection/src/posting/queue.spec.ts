import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LeadPerfectionSimulator } from '../simulator.ts';
import { startLeadPerfectionSimulator } from '../simulator.ts';
import { callerOf, NOON } from '../testing/caller.ts';
import { PAT, postLead } from '../testing/lead-poster.ts';

let simulator: LeadPerfectionSimulator;
beforeEach(async () => {
  simulator = await startLeadPerfectionSimulator({ now: () => NOON });
});
afterEach(() => simulator.stop());

const posted = async (lead: object): Promise<number> => {
  const { message } = (await postLead(simulator, lead)).json() as { message: string };
  return Number(message.split(': ')[1]);
};

describe('the inbound queue', () => {
  test('a stranger becomes a prospect, and the same phone or address is merged with it', async () => {
    const first = await posted(PAT);
    const samePhone = await posted({ ...PAT, firstname: 'P.', address1: '', phone1: '(410) 555-0143' });
    const sameAddress = await posted({ ...PAT, phone1: '4105550199', address1: '18 KESTREL CT.', zip: '21220-1234' });
    const stranger = await posted({ ...PAT, phone1: '4105550198', address1: '20 Kestrel Ct' });
    await simulator.control.processQueue();
    const [one, two, three, four] = [first, samePhone, sameAddress, stranger].map((id) => simulator.control.lead(id));
    expect(one).toMatchObject({ state: 'added', prospectId: expect.any(Number), life: { dispo: 'Data' } });
    expect(two).toMatchObject({ state: 'merged', prospectId: one?.prospectId });
    expect(three).toMatchObject({ state: 'merged', prospectId: one?.prospectId });
    expect(four?.state).toBe('added');
    expect(four?.prospectId).not.toBe(one?.prospectId);
    expect(new Set([one, two, three, four].map((lead) => lead?.leadNumber)).size).toBe(4);
  });

  test('a customer the company visits already is known by address, or by phone and last name', async () => {
    const { cstId } = simulator.control.add({
      CustName: 'Ann & Bo Kestrelwood',
      Phone: '(410) 555-0177',
      Address1: '7 Nowhere Ln',
      CSZ: 'Towson, MD 21204',
    });
    const ids = [
      await posted({ ...PAT, lastname: 'Kestrelwood', phone1: '4105550177' }),
      await posted({ ...PAT, lastname: 'Quill', phone1: '4105550160', address1: '7 nowhere ln.', zip: '21204' }),
      await posted({ ...PAT, lastname: 'Quill', phone1: '4105550161', address1: '9 Nowhere Ln' }),
    ];
    await simulator.control.processQueue();
    expect(ids.map((id) => simulator.control.lead(id).prospectId === cstId)).toEqual([true, true, false]);
  });

  test('a bad phone, a ZIP outside the area and a word of the office delete a lead, with the reason', async () => {
    simulator.control.configurePosting({ serviceArea: ['212'] });
    const ids = [await posted({ ...PAT, phone1: '12345' }), await posted({ ...PAT, zip: '90210' }), await posted(PAT)];
    await simulator.control.processQueue({
      in1Id: ids[2]!,
      verdict: 'delete',
      ikrId: 44,
      ikrdescr: 'Duplicate vendor',
    });
    await simulator.control.processQueue();
    expect(ids.map((id) => simulator.control.lead(id))).toMatchObject([
      { state: 'deleted', killed: { ikrId: 3, text: 'Invalid phone number' }, prospectId: null },
      { state: 'deleted', killed: { ikrId: 2, text: 'Outside service area' } },
      { state: 'deleted', killed: { ikrId: 44, text: 'Duplicate vendor' } },
    ]);
  });

  test('the switch of seconds processes without being asked', async () => {
    simulator.control.configurePosting({ queueSeconds: 0.05 });
    const id = await posted(PAT);
    expect(simulator.control.lead(id).state).toBe('queued');
    await expect.poll(() => simulator.control.lead(id).state).toBe('added');
  });

  test('a lead with date and time gets an appointment that the API lists, with the log number in its notes', async () => {
    const id = await posted({ ...PAT, notes: 'Two doors', adate: '03/09/2026', atime: '2:00 PM' });
    await simulator.control.processQueue();
    const lead = simulator.control.lead(id);
    expect(lead.life).toMatchObject({ everSet: true, dispo: 'Set', apptDate: '2026-03-09T14:00:00' });
    const caller = await callerOf(simulator);
    const page = await caller.form('SalesApi/GetSalesApptDetailDateRange', {
      apptdates: '03/09/2026',
      apptdatee: '03/09/2026',
    });
    const rows = page.json() as Record<string, unknown>[];
    const row = rows.find((one) => (one['ID'] ?? one['id']) === lead.appointmentId);
    expect(Object.entries(row ?? {}).map(([key, value]) => [key.toLowerCase(), value])).toEqual(
      expect.arrayContaining([
        ['custname', 'Pat Moreno'],
        ['csz', 'Middle River, MD 21220'],
        ['phone', '4105550143'],
        ['apptdate', '2026-03-09T14:00:00'],
        ['notes', 'Two doors\nLog number LC-000123'],
      ]),
    );
    expect(simulator.control.appointment(lead.appointmentId!)).toMatchObject({
      cstId: lead.prospectId,
      ldsId: lead.leadNumber,
    });
  });

  test.each([
    ['03/09/2026', ''],
    ['', '2:00 PM'],
    ['soon', '2:00 PM'],
  ])('no appointment comes of the date %j with the time %j', async (adate, atime) => {
    const id = await posted({ ...PAT, adate, atime });
    await simulator.control.processQueue();
    expect(simulator.control.lead(id)).toMatchObject({ state: 'added', appointmentId: null, life: { everSet: false } });
  });

  test('a life-cycle "set" books, the next one moves, and a result shows in the row', async () => {
    const id = await posted(PAT);
    await simulator.control.processQueue();
    const set = await simulator.control.advanceLead(id, { appt: '2026-03-10T18:00' });
    const moved = await simulator.control.advanceLead(id, { appt: '2026-03-12T10:00' });
    expect(moved.appointmentId).toBe(set.appointmentId);
    await simulator.control.advanceLead(id, { dispo: 'Sale', sold: true, everDemo: true, gross: 9000 });
    expect(simulator.control.appointment(set.appointmentId!)).toMatchObject({
      day: '2026-03-12',
      row: { ApptDate: '2026-03-12T10:00:00', Disposition: 'Sale' },
    });
    expect(simulator.control.lead(id).life).toMatchObject({ sold: true, everSet: true, gross: 9000 });
  });

  test('nothing becomes of a lead that is queued, deleted or unknown', async () => {
    const id = await posted(PAT);
    await expect(simulator.control.advanceLead(id, { sold: true })).rejects.toMatchObject({ status: 409 });
    await simulator.control.processQueue({ verdict: 'delete' });
    await expect(simulator.control.advanceLead(id, { sold: true })).rejects.toMatchObject({ status: 409 });
    await expect(simulator.control.processQueue({ in1Id: id })).rejects.toMatchObject({ status: 409 });
    expect(() => simulator.control.lead(1)).toThrow('no inbound lead 1');
  });

  test('GetInboundLeadInfo joins log number, lead and customer; blank until processed', async () => {
    const id = await posted(PAT);
    await posted({ ...PAT, LogNumber: 'LC-other' });
    const caller = await callerOf(simulator);
    const read = async (): Promise<unknown> =>
      lowerKeys(
        await caller
          .form('Leads/GetInboundLeadInfo', { startdate: '03/05/2026', enddate: '03/05/2026', lognumber: 'LC-000123' })
          .then((answer) => answer.json() as Record<string, unknown>[]),
      );
    expect(await read()).toMatchObject([{ id, lds_id: '', cst_id: '', lognumber: 'LC-000123' }]);
    await simulator.control.processQueue();
    const { leadNumber, prospectId } = simulator.control.lead(id);
    expect(await read()).toMatchObject([{ id, lds_id: String(leadNumber), cst_id: String(prospectId) }]);
  });
});

function lowerKeys(rows: Record<string, unknown>[]): unknown {
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key.toLowerCase(), value])));
}
