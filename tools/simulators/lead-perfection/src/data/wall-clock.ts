import { DateTime } from 'luxon';

/**
 * LeadPerfection's times are the company's wall clock without an offset, so days here are plain `YYYY-MM-DD` texts.
 * Arithmetic runs on UTC on purpose: a wall-clock day always has the next day after it, whatever the zone does.
 */

/** The company's calendar day at an instant. */
export function dayAt(epochMs: number, zone: string): string {
  const local = DateTime.fromMillis(epochMs, { zone });
  if (!local.isValid) throw new Error(`"${zone}" is not a time zone this machine knows`);
  return local.toFormat('yyyy-MM-dd');
}

/** The company's wall clock at an instant, as LeadPerfection prints it: `2026-03-09T14:00:00`. */
export function wallTimeAt(epochMs: number, zone: string): string {
  return DateTime.fromMillis(epochMs, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Reads `MM/DD/YYYY` or `YYYY-MM-DD` (a time behind it is ignored); null when it is no day of the calendar. */
export function parseDay(text: string): string | null {
  const american = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4})\b/.exec(text);
  const iso = /^\s*(\d{4})-(\d{2})-(\d{2})(?![0-9])/.exec(text);
  const [year, month, day] = american ? [american[3], american[1], american[2]] : iso ? iso.slice(1) : [];
  if (!year || !month || !day) return null;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const instant = Date.parse(`${written}T00:00:00Z`);
  return Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== written ? null : written;
}

/** The day a wall-clock date-time falls on; null for none, nonsense and the sentinel years before 2000. */
export function dayOf(wallTime: string | null): string | null {
  const day = wallTime === null ? null : parseDay(wallTime);
  return day === null || day < '2000' ? null : day;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** `Mon 3/9/2026 2:00 PM`, the text LeadPerfection prints for people; null stays null. */
export function displayOf(wallTime: string | null): string | null {
  const parts = wallTime === null ? null : /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(wallTime);
  if (!parts) return null;
  const [year, month, day, hour, minute] = parts.slice(1).map(Number) as [number, number, number, number, number];
  const weekday = WEEKDAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()];
  const clock = `${hour % 12 || 12}:${String(minute).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`;
  return `${weekday} ${month}/${day}/${year} ${clock}`;
}

/** A day on which the clocks change, with a wall time in the hour that is missing or happens twice. */
export interface ClockChange {
  day: string;
  kind: 'missing hour' | 'repeated hour';
  time: string;
}

/** The next clock changes of a zone within about a year, from `day` on; empty for a zone without them. */
export function clockChanges(day: string, zone: string): ClockChange[] {
  const found: ClockChange[] = [];
  for (let ahead = 0; ahead < 380 && found.length < 2; ahead += 1) {
    const change = clockChangeOn(addDays(day, ahead), zone);
    if (change) found.push(change);
  }
  return found;
}

function clockChangeOn(day: string, zone: string): ClockChange | null {
  const midnight = DateTime.fromISO(day, { zone });
  const shift = midnight.plus({ days: 1 }).offset - midnight.offset;
  if (shift === 0) return null;
  let before = midnight;
  for (let half = 1; half <= 50; half += 1) {
    const after = midnight.plus({ minutes: half * 30 });
    if (after.offset !== before.offset) {
      // The first wall time after the change, half the shift back into the gap or on into the second time round.
      const wallMs = after.toMillis() + after.offset * 60_000 + (shift > 0 ? -1 : 1) * Math.abs(shift) * 30_000;
      const time = new Date(wallMs).toISOString().slice(11, 19);
      return { day, kind: shift > 0 ? 'missing hour' : 'repeated hour', time };
    }
    before = after;
  }
  return null;
}
