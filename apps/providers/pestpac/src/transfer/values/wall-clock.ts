import { DateTime } from 'luxon';

const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s?(Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?)?$/i;
const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([ap])\.?m\.?)?)?$/i;
const format = "yyyy-MM-dd'T'HH:mm:ss";

/** PestPac writes 1900-01-01 where there is no date. */
const firstYear = 1901;

/**
 * A date, or a date and time, as PestPac takes it: on the company's wall clock, without offset. A time with an offset is
 * moved to that clock, one without is on it already, a date alone is its midnight. Undefined where it is no real date.
 */
export function readDate(text: string, timeZone: string): string | undefined {
  const read = fromIso(text, timeZone) ?? fromAmerican(text);
  return read?.isValid && read.year >= firstYear ? read.toFormat(format) : undefined;
}

/** The moment on the company's wall clock. */
export function wallClock(now: number, timeZone: string): string {
  return DateTime.fromMillis(now, { zone: timeZone }).toFormat(format);
}

/** The midnight that the moment's day began with, on the company's wall clock. */
export function midnight(now: number, timeZone: string): string {
  return `${wallClock(now, timeZone).slice(0, 10)}T00:00:00`;
}

function fromIso(text: string, timeZone: string): DateTime | undefined {
  const match = iso.exec(text);
  if (!match) return undefined;
  const offset = match[7];
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const zone = offset === undefined || /z/i.test(offset) ? 'utc' : `utc${offset.replace(/(\d{2})(\d{2})$/, '$1:$2')}`;
  const read = DateTime.fromObject({ year, month, day, hour, minute, second }, { zone });
  return offset === undefined || !read.isValid ? read : read.setZone(timeZone);
}

function fromAmerican(text: string): DateTime | undefined {
  const match = american.exec(text);
  if (!match) return undefined;
  const [month, day, year, hour = 0, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const half = match[7]?.toLowerCase();
  if (half !== undefined && (hour < 1 || hour > 12)) return undefined;
  const hours = half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0);
  return DateTime.fromObject({ year, month, day, hour: hours, minute, second }, { zone: 'utc' });
}
