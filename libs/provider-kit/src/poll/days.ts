import { DateTime } from 'luxon';

/** Calendar days in the company's zone, both included: `2026-03-07`. */
export interface DayWindow {
  readonly from: string;
  readonly to: string;
}

/** The calendar days from some before today to some after it, both included. */
export function daysAround(today: string, days: { before: number; after: number }): DayWindow {
  const day = DateTime.fromISO(today, { zone: 'utc' });
  return { from: day.minus({ days: days.before }).toISODate()!, to: day.plus({ days: days.after }).toISODate()! };
}

/** The calendar day of an instant in a zone: `2026-03-09`. */
export function dayOf(instant: string, timeZone: string): string {
  return DateTime.fromISO(instant, { zone: timeZone }).toISODate()!;
}
