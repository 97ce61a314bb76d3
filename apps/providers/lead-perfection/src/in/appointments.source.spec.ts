import { readRecord } from '@occ-hub/mapping';
import { describe, expect, it } from 'vitest';
import { LpAppointment } from '../records.ts';
import { appointments } from './appointments.source.ts';

const read = (row: object) => readRecord(LpAppointment, { ID: 7, ...row });
const household = {
  CustName: 'Pat & Lee Moreno',
  Address1: '18 Kestrel Ct',
  CSZ: 'Towson, MD 21204',
  ProductID: 'WIN',
};

describe('the appointments source', () => {
  it('asks for two days before to thirty days after today, every quarter of an hour', () => {
    // Still the 7th in New York.
    const facts = {
      now: Date.parse('2026-03-08T03:00:00Z'),
      timeZone: 'America/New_York',
      asked: false,
      last: undefined,
    };
    const nobody = { reps: new Set<string>(), known: new Set<string>(), removed: new Set<string>() };
    expect(appointments.window.plan({ ...facts, ...nobody })).toEqual({ from: '2026-03-05', to: '2026-04-06' });
    expect(appointments.schedule).toBe('5,20,35,50 * * * *');
  });

  it('takes rows of one household and product for one job, whatever their blanks and case', () => {
    const key = appointments.sameJob(read(household));
    const messy = {
      CustName: ' pat & lee moreno',
      Address1: '18 KESTREL CT ',
      CSZ: 'towson, md 21204',
      ProductID: 'win',
    };
    expect(appointments.sameJob(read(messy))).toBe(key);
    for (const [field, other] of Object.entries({ CustName: 'Pat', Address1: '19', CSZ: 'X', ProductID: 'ROOF' }))
      expect(appointments.sameJob(read({ ...household, [field]: other }))).not.toBe(key);
  });

  it('lets a row without a name or an address stand alone: blanks are not one household', () => {
    expect(appointments.sameJob(read({ ...household, CustName: ' ' }))).toBeUndefined();
    expect(appointments.sameJob(read({ ...household, Address1: null }))).toBeUndefined();
  });

  it('knows the rep by number or by text, and a row without one', () => {
    expect(appointments.rep(read({ slr_id: 417, SalesRepName: 'Tran, Minh' }))).toEqual({
      id: '417',
      name: 'Tran, Minh',
    });
    expect(appointments.rep(read({ slr_id: '417' })).id).toBe('417');
    expect(appointments.rep(read({ slr_id: null }))).toEqual({ id: '', name: '' });
  });

  it('files digests by day, and rows without a day together', () => {
    expect(appointments.slice(read({ ApptDate: '2026-03-09T14:00:00' }))).toBe('2026-03-09');
    expect(appointments.slice(read({ ApptDate: null }))).toBe('no date');
  });

  it('names a row that cannot be read by its id in either spelling', () => {
    expect([{ ID: 7, CustName: {} }, { id: '8' }, {}, null, 'x'].map(appointments.label)).toEqual([
      '7',
      '8',
      '(no id)',
      '(no id)',
      '(no id)',
    ]);
  });

  it('takes blanks and sentinels for no date, and no other text', () => {
    const none = ['', '  ', null, '1899-12-30T11:00:00', '1900-01-01T14:00:00', '0001-01-01T00:00:00'];
    for (const ApptDate of none) expect(appointments.withoutAppointment(read({ ApptDate }))).toMatch(/no date/);
    for (const ApptDate of ['2026-03-09T14:00:00', '3/9/2026', 'soon'])
      expect(appointments.withoutAppointment(read({ ApptDate }))).toBeUndefined();
  });
});
