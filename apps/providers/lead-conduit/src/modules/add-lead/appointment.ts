import type { Conversion } from '@occ-hub/mapping';
import { valueAt } from '../../platform/paths.ts';
import { plainOf, type Plain } from '../../platform/typed-value.ts';
import { textOf } from '../conversions.ts';

const two = (part: number) => String(part).padStart(2, '0');

/** `2026-03-09`, with or without a time behind it, or `3/9/2026` → `03/09/2026`. Nothing when no calendar has the day. */
export function dayIn(value: Plain): string | undefined {
  const written = textOf(value) ?? '';
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(written);
  const american = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(written);
  if (iso) return realDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  return american ? realDay(Number(american[3]), Number(american[1]), Number(american[2])) : undefined;
}

function realDay(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same && year >= 2000 ? `${two(month)}/${two(day)}/${year}` : undefined;
}

/** `14:00`, `2 pm` or `2026-03-09T14:00:00` → `2:00 PM`. A text with an offset is nothing: it is not the company's wall clock. */
export function hourIn(value: Plain): string | undefined {
  const clock = (textOf(value) ?? '').replace(/^\d{4}-\d{2}-\d{2}[T ]/, '');
  const match = /^(\d{1,2})(?::(\d{2}))?(?::\d{2}(?:\.\d+)?)?(?:\s*([ap])\.?m\.?)?$/i.exec(clock);
  if (!match) return undefined;
  const [, hours = '', minutes, half] = match;
  const hour = Number(hours);
  const fits = half === undefined ? minutes !== undefined && hour < 24 : hour >= 1 && hour <= 12;
  if (!fits || Number(minutes ?? 0) > 59) return undefined;
  const afternoon = half === undefined ? hour >= 12 : half.toLowerCase() === 'p';
  return `${hour % 12 || 12}:${minutes ?? '00'} ${afternoon ? 'PM' : 'AM'}`;
}

type FromBoth = Conversion<readonly [date: Plain, time: Plain], string | undefined>;

/** The day, where there is an hour as well: LeadPerfection takes both or neither. */
export const appointmentDay: FromBoth = {
  name: 'MM/DD/YYYY, with a time only',
  convert: ([date, time]) => (hourIn(time) === undefined ? undefined : dayIn(date)),
};

/** The hour, where there is a day as well. */
export const appointmentHour: FromBoth = {
  name: 'h:mm AM/PM, with a date only',
  convert: ([date, time]) => (dayIn(date) === undefined ? undefined : hourIn(time)),
};

/** Date and time are there together, and each is one; or a sentence. Never throws. */
export function appointmentCheck(vars: unknown): string | undefined {
  const date = plainOf(valueAt(vars, 'appointment_date'));
  const time = plainOf(valueAt(vars, 'appointment_time'));
  const [day, hour] = [textOf(date), textOf(time)];
  if (day === undefined && hour === undefined) return undefined;
  if (hour === undefined) return 'appointment_time must not be blank when there is an appointment_date';
  if (day === undefined) return 'appointment_date must not be blank when there is an appointment_time';
  if (dayIn(date) === undefined) return 'appointment_date must be a date, such as 03/09/2026';
  if (hourIn(time) === undefined) return "appointment_time must be a time of the company's clock, such as 2:00 PM";
  return undefined;
}
