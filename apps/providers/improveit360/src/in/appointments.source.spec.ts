import { readRecord } from '@occ-hub/mapping';
import type { ChangeWindow } from '@occ-hub/provider-kit';
import { describe, expect, it } from 'vitest';
import type { Improveit360Client } from '../client.ts';
import { SfAppointment } from '../records.ts';
import { appointments } from './appointments.source.ts';

const account = 'i360core__Account__c';
const street = 'i360core__Street_Address__c';
const zip = 'i360core__Zip_Postal_Code__c';
const start = 'i360core__Appointment_Date_Time__c';
const read = (row: object) =>
  readRecord(SfAppointment, {
    ...{ Id: '001D000000IRt53', SystemModstamp: '2026-11-18T14:03:11.000+0000' },
    ...{ i360core__Contact_Name__c: 'Dana Whitfield', ...row },
  });
const house = { [account]: '0015e00000Acct1AAB', [street]: '18 Kestrel Ct', [zip]: '21220' };

describe('the appointments source', () => {
  const now = Date.parse('2026-11-20T15:07:00Z');
  const facts = {
    ...{ now, timeZone: 'America/New_York', reps: new Set(['rep1']), known: new Set(['k']) },
    removed: new Set<string>(),
    asked: false,
  };
  const planned = (last: { to: number; reps: string[]; fullAt: number } | undefined) =>
    appointments.window.plan({ ...facts, last }) as ChangeWindow;
  const before = (minutes: number) => ({ to: now - minutes * 60_000, reps: ['rep1'], fullAt: now - minutes * 60_000 });

  it('asks for 29 days at first, and for what changed since the last run less 5 minutes then', () => {
    expect(planned(undefined)).toMatchObject({ from: '2026-10-22T15:07:00.000Z', full: true });
    expect(planned(before(15))).toMatchObject({ from: '2026-11-20T14:47:00.000Z', full: false, reps: ['rep1'] });
  });

  it('goes back 29 days for a rep linked since, and at most so after a long outage', () => {
    const oldest = '2026-10-22T15:07:00.000Z';
    expect(planned({ ...before(15), reps: [] })).toMatchObject({ oldest, reps: [], newReps: ['rep1'] });
    expect(planned({ ...before(60 * 24 * 60), fullAt: now })).toMatchObject({ from: oldest });
  });

  it('looks at all it knows once a night, and when a person asks', () => {
    expect(planned({ ...before(15), fullAt: now - 24 * 3_600_000 }).full).toBe(true);
    expect((appointments.window.plan({ ...facts, last: before(15), asked: true }) as ChangeWindow).full).toBe(true);
  });

  it('runs every quarter of an hour, after the lists and the users are read', () => {
    expect(appointments.schedule).toBe('7,22,37,52 * * * *');
    expect(appointments.listsFirst).toBe(true);
  });

  it("goes by Salesforce's clock, whose stamps decide what is asked", () => {
    expect(appointments.vendorNow?.({ now: () => 42 } as unknown as Improveit360Client)).toBe(42);
  });

  it('takes appointments of one account at one address for one job, whatever their blanks and case', () => {
    const key = appointments.sameJob(read(house));
    expect(appointments.sameJob(read({ ...house, [street]: ' 18 KESTREL ct ', [zip]: '21220 ' }))).toBe(key);
    for (const [field, other] of Object.entries({ [account]: '0015e00000Acct2AAB', [street]: '19', [zip]: '21221' }))
      expect(appointments.sameJob(read({ ...house, [field]: other }))).not.toBe(key);
  });

  it('lets an appointment without an account or a street stand alone: one account can have several houses', () => {
    expect(appointments.sameJob(read({ ...house, [account]: null }))).toBeUndefined();
    expect(appointments.sameJob(read({ ...house, [street]: '  ' }))).toBeUndefined();
  });

  it('knows the first rep by the long id, and an appointment without one', () => {
    const rep = (value: unknown) => appointments.rep(read({ i360core__Sales_Rep_1__c: value })).id;
    expect(rep('001D000000IRt53')).toBe('001D000000IRt53IAD');
    expect(rep(null)).toBe('');
    expect(appointments.id(read({}))).toBe('001D000000IRt53IAD');
  });

  it('files digests by day, and appointments without a day together', () => {
    expect(appointments.slice(read({ [start]: '2026-11-20T15:30:00.000+0000' }))).toBe('2026-11-20');
    for (const none of [null, '', ' ', undefined]) expect(appointments.slice(read({ [start]: none }))).toBe('no date');
  });

  it('names a row that cannot be read by its id', () => {
    expect([{ Id: 'a0S' }, {}, null, 'x', { Id: null }].map(appointments.label)).toEqual([
      ...['a0S', '(no id)', '(no id)', '(no id)', '(no id)'],
    ]);
  });

  it('makes no appointment of one without a start, and of no other', () => {
    for (const none of [null, '', ' '])
      expect(appointments.withoutAppointment(read({ [start]: none }))).toMatch(/no start/);
    for (const some of ['2026-11-20', 'soon'])
      expect(appointments.withoutAppointment(read({ [start]: some }))).toBeUndefined();
  });
});
