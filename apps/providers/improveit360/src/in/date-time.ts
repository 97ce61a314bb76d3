import { type Conversion, type MappingContext, type Scalar, unreadable } from '@occ-hub/mapping';
import { DateTime } from 'luxon';

/** An appointment of unknown end lasts this long, as OCC has it for other CRMs. */
const usualHours = 2;

const textOf = (value: Scalar) => String(value ?? '').trim();
const isDay = (value: Scalar) => /^\d{4}-\d{2}-\d{2}$/.test(textOf(value));

/** `2026-11-20T15:30:00.000+0000` → an instant. A day without a time is its midnight in the company's zone. */
function instantOf(value: Scalar, { timeZone, warn }: MappingContext): DateTime<true> | undefined {
  const text = textOf(value);
  if (text === '') return undefined;
  const dayOnly = isDay(value);
  if (dayOnly) warn('The appointment has a day and no time: it stands at midnight.');
  const instant = DateTime.fromISO(text, { zone: dayOnly ? timeZone : 'utc', setZone: false });
  const hasZone = dayOnly || /(Z|[+-]\d{2}:?\d{2})$/.test(text);
  if (!instant.isValid || !hasZone) throw unreadable('not a date and time with an offset');
  return instant;
}

export const startTime: Conversion<Scalar, string> = {
  name: 'dateTime',
  convert: (value, context) => {
    const instant = instantOf(value, context);
    if (!instant) throw unreadable('the start is missing');
    return instant.toUTC().toISO();
  },
};

/** Start and end; an end that is missing or not after the start is two hours after it. */
export const endTime: Conversion<readonly Scalar[], string> = {
  name: `dateTime, else start + ${usualHours} h`,
  convert: ([start, end], context) => {
    // The start was told of already.
    const quiet = { ...context, warn: () => undefined };
    const from = instantOf(start, quiet);
    if (!from) throw unreadable('the start is missing');
    const to = instantOf(end, isDay(start) ? quiet : context);
    return (to && to > from ? to : from.plus({ hours: usualHours })).toUTC().toISO();
  },
};
