import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ControlRoom } from '../testing/control-room.ts';
import { FAULT_KINDS } from '../faults/fault.ts';
import { openControlRoom } from '../testing/control-room.ts';

let room: ControlRoom;
beforeEach(async () => {
  room = await openControlRoom();
});
afterEach(() => room.close());

const page = async (query = ''): Promise<string> => (await fetch(`${room.url}/${query}`)).text();
const APPOINTMENT = 'i360core__Sales_Appointment__c';
const OPPORTUNITY = 'i360core__Sales_Opportunity__c';

describe('page', () => {
  test('says what it is and needs nothing from elsewhere', async () => {
    const text = await page();
    expect(text).toContain('simulated, invented data');
    expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  test('has a button for every kind of fault that needs no more words', async () => {
    const text = await page();
    for (const kind of FAULT_KINDS.filter((one) => one !== 'status')) {
      expect(text).toContain(`&quot;kind&quot;:&quot;${kind}&quot;`);
    }
  });

  test('every button names a control that exists', async () => {
    const { Id } = room.control.create(APPOINTMENT, { i360core__Appointment_Date_Time__c: '2026-11-21T15:00:00Z' });
    room.control.create('i360core__Staff__c', { Name: 'Rae Test' });
    const buttons = [
      ...(await page()).matchAll(/data-method="(\w+)"\s+data-path="([^"]+)"(?:\s+data-body="([^"]*)")?/g),
    ];
    expect(buttons.length).toBeGreaterThan(20);
    for (const [, method = '', path = '', body] of buttons) {
      const sent = body === undefined ? undefined : JSON.parse(body.replaceAll('&quot;', '"'));
      expect
        .soft([method, path, (await room.call(method, path, { body: sent })).status < 300])
        .toEqual([method, path, true]);
    }
    expect(room.control.record(APPOINTMENT, Id)).toMatchObject({
      IsDeleted: true,
      i360core__Appointment_Date_Time__c: '2026-11-22T15:00:00.000+0000',
    });
  });

  test('what callers and records hold is shown as text, never as markup', async () => {
    room.control.create('ContentVersion', { Title: '<img src=x>', PathOnClient: 'a.txt', VersionData: 'aGk=' });
    const by = { userId: room.access.users()[0]?.id ?? '', api: true };
    room.org.create(APPOINTMENT, { i360core__Comments__c: '<script>alert(1)</script>' }, { by });
    const text = await page();
    expect(text).toContain('&lt;img src=x&gt;');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toContain('<img');
    expect(text).not.toContain('<script>alert(1)');
  });

  test('shows what was written: an appointment with its sold opportunity and the sale it made', async () => {
    const start = { i360core__Appointment_Date_Time__c: '2026-11-21T15:00:00Z' };
    const [appointment, other] = [room.control.create(APPOINTMENT, start), room.control.create(APPOINTMENT, start)];
    const opportunity = room.control.create(OPPORTUNITY, { i360core__Interested_In__c: 'Windows' });
    room.control.create('i360core__Sales_Appointment_Opportunity__c', {
      [APPOINTMENT]: appointment.Id,
      [OPPORTUNITY]: opportunity.Id,
    });
    const by = { userId: room.access.users()[0]?.id ?? '', api: true };
    room.org.update(OPPORTUNITY, opportunity.Id, { fields: { i360core__Result__c: 'Sold' }, by });
    const text = await page('?show=written&part=live');
    expect(text).not.toContain('<html');
    expect(text).toContain('Result = Sold');
    expect(text).toMatch(/Windows\s*<span class="badge good">Sold/);
    expect(text).toContain('SL-');
    expect(text).toContain(appointment.Id);
    expect(text).not.toContain(other.Id);
  });
});
