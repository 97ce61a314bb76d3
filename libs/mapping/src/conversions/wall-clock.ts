import { DateTime } from 'luxon';
import { unreadable } from '../apply.ts';
import type { Conversion, MappingContext } from '../table.ts';
import type { Scalar } from './text.ts';

const wallClockText = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/;

/** Years before this are how old databases say "no date" (1899-12-30, 1900-01-01). */
const firstRealYear = 2000;

/** True for a wall-clock text that names a real day. */
export function isRealDateTime(value: Scalar): boolean {
  const match = wallClockText.exec(String(value ?? '').trim());
  return match !== null && Number(match[1]) >= firstRealYear && naive(match).isValid;
}

/** `2026-03-09T14:00:00` on the company's wall clock → the instant in UTC. A text with an offset is unreadable: it is not a wall clock. */
export const localDateTime: Conversion<Scalar, string> = {
  name: 'wall clock to UTC',
  convert: (value, context) => instantOf(String(value ?? '').trim(), 0, context),
};

/** The same, some hours later on the wall clock: over a change of the clocks the true distance is an hour more or less. */
export function localDateTimePlus({ hours }: { hours: number }): Conversion<Scalar, string> {
  return {
    name: `wall clock + ${hours} h to UTC`,
    convert: (value, context) => instantOf(String(value ?? '').trim(), hours, context),
  };
}

// Appointments stand on a few hundred distinct hours, and luxon costs some 20 microseconds a conversion.
const known = new Map<string, string>();
const knownLimit = 20_000;

function instantOf(wallClock: string, plusHours: number, { timeZone }: MappingContext): string {
  const key = `${wallClock}|${plusHours}|${timeZone}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const match = wallClockText.exec(wallClock);
  const parsed = match && naive(match);
  if (!parsed || !parsed.isValid || parsed.year < firstRealYear) throw unreadable('not a date and time without offset');
  const instant = wallClockToUtc(parsed.plus({ hours: plusHours }), timeZone).toISO();
  if (known.size >= knownLimit) known.clear();
  known.set(key, instant);
  return instant;
}

/**
 * A wall clock in a zone → UTC. An hour that happens twice is the first of the two; an hour that the clocks skip is
 * read with the offset before the change, so 02:30 becomes 03:30, as people who look at both clocks would say.
 */
export function wallClockToUtc(wall: DateTime, timeZone: string): DateTime<true> {
  const utc = wall.setZone('utc', { keepLocalTime: true });
  const dayMs = 86_400_000;
  const offsetBefore = DateTime.fromMillis(utc.toMillis() - dayMs, { zone: timeZone }).offset;
  const offsetAfter = DateTime.fromMillis(utc.toMillis() + dayMs, { zone: timeZone }).offset;
  for (const offset of [offsetBefore, offsetAfter]) {
    const candidate = utc.minus({ minutes: offset });
    if (candidate.setZone(timeZone).offset === offset) return candidate as DateTime<true>;
  }
  return utc.minus({ minutes: offsetBefore }) as DateTime<true>;
}

function naive(match: RegExpExecArray): DateTime {
  const [, year, month, day, hour, minute, second] = match.map(Number);
  return DateTime.fromObject(
    { year, month, day, hour, minute, second: match[6] === undefined ? 0 : second },
    { zone: 'utc' },
  );
}
