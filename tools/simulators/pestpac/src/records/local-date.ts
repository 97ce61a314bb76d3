import { DateTime } from 'luxon';

/** What stands for "none" where a date may not be null. */
export const NO_DATE = '1900-01-01T00:00:00';

const WIRE = "yyyy-MM-dd'T'HH:mm:ss";

/**
 * A sent date as it is kept: local time without an offset. A date alone is its midnight; one with an offset is
 * moved into the company's zone. Null when it is no date.
 */
export function localDate(sent: string, zone: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}|$)/.test(sent)) return null;
  const hasOffset = /(Z|[+-]\d{2}:?\d{2})$/i.test(sent.slice(10));
  const read = DateTime.fromISO(sent.replace(' ', 'T'), { zone: hasOffset ? zone : 'utc' });
  return read.isValid ? read.toFormat(WIRE) : null;
}

/** An instant on the company's wall clock. */
export function localNow(epochMs: number, zone: string): string {
  return DateTime.fromMillis(epochMs, { zone }).toFormat(WIRE);
}
