import type { FieldFault } from '@occ-hub/errors';
import { DateTime } from 'luxon';
import type { Lead } from './lead.ts';
import type { Settings } from './settings.ts';

/** When a visit is wanted. `start` and `stop` are the account's wall clock as SingleOps writes it, the others instants in UTC. */
export interface Visit {
  readonly start: string;
  readonly stop: string;
  readonly allDay: boolean;
  readonly startsAt: string;
  readonly endsAt: string;
}

export type WantedVisit = { readonly visit: Visit | undefined } | { readonly faults: readonly FieldFault[] };

type Clock = Pick<Settings, 'time_zone' | 'visit_minutes'>;

/** Reads the wanted time of a lead, or says what is wrong with it. */
export function wantedVisit(lead: Lead, clock: Clock): WantedVisit {
  if (!lead.wanted_start)
    return lead.wanted_end ? fault('wanted_start', 'Say when the visit starts, too.') : { visit: undefined };
  const start = momentOf(lead.wanted_start, clock.time_zone);
  const end = lead.wanted_end ? momentOf(lead.wanted_end, clock.time_zone) : undefined;
  if (typeof start === 'string') return fault('wanted_start', start);
  if (typeof end === 'string') return fault('wanted_end', end);
  const allDay = lead.all_day === undefined ? start.wholeDay : lead.all_day === 'yes';
  return allDay ? days(start.at, end?.at ?? start.at) : hours(start, end, clock);
}

interface Moment {
  readonly at: DateTime<true>;
  readonly wholeDay: boolean;
}

const shape = /^(\d{4}-\d{2}-\d{2})(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;
/** As far from UTC as any clock of the world. */
const knownOffset = /^(?:Z|[+-](?:0\d|1[0-3]):?[0-5]\d|[+-]14:?00)$/i;
const noTime = 'Enter a date and a time, such as 2027-03-15T14:00.';

function momentOf(text: string, zone: string): Moment | string {
  const [, day, time, offset] = shape.exec(text) ?? [];
  if (offset !== undefined && !knownOffset.test(offset))
    return 'There is no clock so far from UTC: an offset is from -14:00 to +14:00.';
  const at = day === undefined ? undefined : DateTime.fromISO(text.replace(' ', 'T'), { zone });
  if (day === undefined || !at?.isValid) return noTime;
  // A clock that is put forward has no such hour that day; luxon would quietly take the next.
  if (time !== undefined && offset === undefined && at.toFormat('HH:mm') !== time)
    return 'There is no such time on that day: the clocks are put forward.';
  if (at.year < 1900 || at.year > 2100) return 'Enter a year from 1900 to 2100.';
  return { at: offset === undefined ? firstOf(at) : at, wholeDay: time === undefined };
}

/** In the hour that comes twice the first is meant; luxon's own guess changes with the season. */
function firstOf(at: DateTime<true>): DateTime<true> {
  const [first = at] = at.getPossibleOffsets().sort((one, other) => one.toMillis() - other.toMillis());
  return first;
}

function hours(start: Moment, end: Moment | undefined, { visit_minutes: minutes }: Clock): WantedVisit {
  if (start.wholeDay) return fault('wanted_start', noTime);
  if (end?.wholeDay) return fault('wanted_end', noTime);
  const [from, to] = [start.at, end?.at ?? usualEnd(start.at, minutes)];
  // Both clocks count: in the hour that comes twice the later instant may read earlier.
  if (to <= from || wall(to) <= wall(from)) return fault('wanted_end', 'The visit ends before it starts.');
  return { visit: { start: wall(from), stop: wall(to), allDay: false, startsAt: instant(from), endsAt: instant(to) } };
}

/** Later by the clock as well: in the hour that comes twice, so much later may read earlier. */
function usualEnd(from: DateTime<true>, minutes: number): DateTime<true> {
  const to = from.plus({ minutes });
  if (wall(to) > wall(from)) return to;
  const onTheClock = from.setZone('utc', { keepLocalTime: true }).plus({ minutes });
  return onTheClock.setZone(from.zone, { keepLocalTime: true }) as DateTime<true>;
}

function days(first: DateTime<true>, last: DateTime<true>): WantedVisit {
  if (last.toISODate() < first.toISODate()) return fault('wanted_end', 'The visit ends before it starts.');
  return {
    visit: {
      ...{ start: `${first.toISODate()} 00:00:00`, stop: `${last.toISODate()} 23:59:59`, allDay: true },
      ...{ startsAt: instant(first.startOf('day')), endsAt: instant(last.endOf('day').startOf('second')) },
    },
  };
}

const wall = (at: DateTime<true>): string => at.toFormat('yyyy-MM-dd HH:mm:ss');
const instant = (at: DateTime<true>): string => at.toUTC().startOf('second').toISO({ suppressMilliseconds: true });
const fault = (field: string, message: string): WantedVisit => ({ faults: [{ pointer: `/${field}`, message }] });
