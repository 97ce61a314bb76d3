import { describe, expect, it } from 'vitest';
import type { SimulatorOptions } from '../settings.ts';
import type { Org } from '../records/org.ts';
import { createClock } from '../clock.ts';
import { createOrg } from '../records/create-org.ts';
import { TUESDAY } from '../testing/caller.ts';
import { APPOINTMENT, JUNCTION } from './appointments.ts';
import { inventOrg } from './invent-org.ts';

const DAY = 86_400_000;
const orgOf = (options: SimulatorOptions = {}): Org => {
  const org = createOrg(
    options,
    createClock(() => TUESDAY),
  );
  inventOrg(org, options);
  return org;
};
const at = (text: unknown): number => Date.parse(String(text).replace('+0000', 'Z'));

describe('an invented org', () => {
  it('is the same for the same seed and another for another', () => {
    expect(orgOf().all(APPOINTMENT)).toEqual(orgOf().all(APPOINTMENT));
    expect(orgOf({ seed: 8 }).all(APPOINTMENT)).not.toEqual(orgOf().all(APPOINTMENT));
  });

  it('has staff whose e-mails cannot all be matched', () => {
    const emails = orgOf()
      .all('i360core__Staff__c')
      .map((row) => row['i360core__Email__c']);
    expect(emails).toHaveLength(12);
    expect(emails.filter((email) => email === null)).toHaveLength(1);
    expect(emails.filter((email) => email === 'showroom@example.com')).toHaveLength(2);
    expect(emails.some((email) => typeof email === 'string' && email === email.toUpperCase())).toBe(true);
  });

  it('has appointments of the last 29 days and the next 14, a few touched before the window', () => {
    const rows = orgOf().all(APPOINTMENT, { deleted: true });
    const starts = rows.filter((row) => row['i360core__Appointment_Date_Time__c'] !== null);
    expect(rows).toHaveLength(60);
    for (const row of starts) {
      const days = (at(row['i360core__Appointment_Date_Time__c']) - TUESDAY) / DAY;
      expect(days).toBeGreaterThan(-30);
      expect(days).toBeLessThan(15);
    }
    const old = rows.filter((row) => at(row.SystemModstamp) < TUESDAY - 29 * DAY);
    expect(old.length).toBeGreaterThan(0);
    expect(old.length).toBeLessThan(20);
    expect(rows.every((row) => row.LastModifiedDate <= row.SystemModstamp)).toBe(true);
  });

  it('has an appointment for every oddity', () => {
    const org = orgOf();
    const rows = org.all(APPOINTMENT, { deleted: true });
    const odd = (about: string): Record<string, unknown> => {
      const row = rows.find((candidate) => candidate['i360core__Comments__c'] === about);
      if (!row) throw new Error(`nothing about ${about}`);
      return row;
    };
    expect(odd('no rep')['i360core__Sales_Rep_1__c']).toBeNull();
    expect(odd('no start')['i360core__Appointment_Date_Time__c']).toBeNull();
    expect(odd('no contact')['i360core__Contact_Name__c']).toBeNull();
    expect(odd('phones: Demo, Jane: 555-0100')['i360core__Contact_Phone__c']).toBe('Demo, Jane: 555-0100');
    expect(odd('phones: none')['i360core__Contact_Phone__c']).toBeNull();
    expect(odd('deleted')['IsDeleted']).toBe(true);
    const backwards = odd('ends before it starts');
    expect(at(backwards['i360core__Appointment_End_Date_Time__c'])).toBeLessThan(
      at(backwards['i360core__Appointment_Date_Time__c']),
    );
    const links = (about: string): unknown[] =>
      org.store
        .children(JUNCTION, 'i360core__Sales_Appointment__c', String(odd(about)['Id']))
        .map((row) => row['i360core__Sales_Opportunity__c']);
    expect(links('no opportunities')).toEqual([]);
    expect(new Set(links('a link to no opportunity'))).toEqual(new Set([null]));
  });

  it('has customers with several addresses and appointments with several opportunities', () => {
    const org = orgOf();
    const most = (object: string, field: string): number => {
      const counts = new Map<unknown, number>();
      for (const row of org.all(object)) counts.set(row[field], (counts.get(row[field]) ?? 0) + 1);
      return Math.max(...counts.values());
    };
    expect(most('i360core__Address__c', 'i360core__Account__c')).toBeGreaterThan(1);
    expect(most(JUNCTION, 'i360core__Sales_Appointment__c')).toBeGreaterThan(1);
  });

  it('can hold thousands that all lie in the window, with usable reps', () => {
    const rows = orgOf({ appointments: 2000, staff: 50 }).all(APPOINTMENT);
    expect(rows).toHaveLength(2000);
    expect(new Set(rows.map((row) => row['i360core__Sales_Rep_1__c'])).size).toBe(49);
    expect(rows.every((row) => at(row.SystemModstamp) > TUESDAY - 29 * DAY)).toBe(true);
  });
});
