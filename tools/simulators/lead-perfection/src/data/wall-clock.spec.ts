import { describe, expect, test } from 'vitest';
import { addDays, clockChanges, dayAt, dayOf, displayOf, parseDay } from './wall-clock.ts';

describe('wall clock', () => {
  test('the company day follows the company zone, not UTC', () => {
    const lateEvening = Date.parse('2026-03-06T03:30:00Z');
    expect(dayAt(lateEvening, 'America/New_York')).toBe('2026-03-05');
    expect(dayAt(lateEvening, 'Europe/Berlin')).toBe('2026-03-06');
  });

  test('an unknown zone is refused by name', () => {
    expect(() => dayAt(0, 'Mars/Olympus')).toThrow('Mars/Olympus');
  });

  test.each([
    ['03/09/2026', '2026-03-09'],
    ['3/9/2026', '2026-03-09'],
    ['2026-03-09', '2026-03-09'],
    ['2026-03-09T14:00:00', '2026-03-09'],
    ['02/30/2026', null],
    ['2026-02-30', null],
    ['13/01/2026', null],
    ['yesterday', null],
    ['', null],
  ])('reads the day "%s" as %s', (text, day) => {
    expect(parseDay(text)).toBe(day);
  });

  test('sentinel years and null name no day', () => {
    expect([dayOf('1899-12-30T11:00:00'), dayOf('1900-01-01T14:00:00'), dayOf(null)]).toEqual([null, null, null]);
    expect(dayOf('2026-03-09T23:59:00')).toBe('2026-03-09');
  });

  test('days go on over months, years and clock changes', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2026-03-08', 1)).toBe('2026-03-09');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  });

  test('display text is written for people, noon and midnight included', () => {
    expect(displayOf('2026-03-09T14:00:00')).toBe('Mon 3/9/2026 2:00 PM');
    expect(displayOf('2026-03-09T00:05:00')).toBe('Mon 3/9/2026 12:05 AM');
    expect(displayOf('2026-03-09T12:00:00')).toBe('Mon 3/9/2026 12:00 PM');
    expect(displayOf(null)).toBeNull();
  });

  test('finds the missing and the repeated hour of a zone', () => {
    expect(clockChanges('2026-03-05', 'America/New_York')).toEqual([
      { day: '2026-03-08', kind: 'missing hour', time: '02:30:00' },
      { day: '2026-11-01', kind: 'repeated hour', time: '01:30:00' },
    ]);
    expect(clockChanges('2026-03-05', 'America/Phoenix')).toEqual([]);
  });
});
