import type { Appointment, Job } from '@occ-hub/contracts';
import type { Upserted } from '@occ-hub/provider-kit';
import { DateTime } from 'luxon';
import type { Location } from './records.ts';
import type { RunFacts } from './run-facts.ts';
import type { Body, Ready } from './transfer/transfer-types.ts';

/** PestPac's ids of what a run made or found so far. */
export interface MadeIds {
  readonly location: string;
  readonly billTo: string;
  readonly lead?: string | undefined;
  readonly task?: string | undefined;
  readonly order?: string | undefined;
  readonly setup?: string | undefined;
  /** The first visit of a recurring service. */
  readonly initialOrder?: string | undefined;
}

export interface ToldAsk {
  readonly ready: Ready;
  /** The location as PestPac has it, where this run has no values of a location or a lead. */
  readonly there?: Location | undefined;
  readonly ids: MadeIds;
  readonly facts: Pick<RunFacts, 'lead'>;
  readonly timeZone: string;
}

/** What the other services are told of a run: the lead, or where none was made the location, as a job, and what has a time as its appointments. */
export function toldOf(ask: ToldAsk): Upserted {
  return { job: jobOf(ask), appointments: appointmentsOf(ask) };
}

/** The job's identity: the lead's number, or where there is none the location's. */
export function jobIdOf({ lead, location }: Pick<MadeIds, 'lead' | 'location'>): string {
  return lead ?? `location-${location}`;
}

function jobOf({ ready: { values }, there, ids, facts }: ToldAsk): Job {
  const known = [values.Location, values.Lead, there && { ...there }];
  const say = firstOf(known);
  const person = [say('FirstName'), say('LastName')].filter(Boolean).join(' ');
  const name = person || say('Name') || say('Company');
  return {
    external_id: jobIdOf(ids),
    customer_name: name,
    name,
    email: say('EMail'),
    lead_source: firstOf([values.Lead, values.Location])('Source'),
    address: {
      ...{ line_1: say('Address'), line_2: say('Address2'), city: say('City') },
      ...{ state: say('State'), postal_code: say('Zip') },
    },
    phones: phonesOf(known),
    notes: [],
    metadata: { ...idsShown(ids), clickpoint_lead_id: facts.lead },
  };
}

const phoneNames = [
  ['Phone', 'Phone'],
  ['MobilePhone', 'Mobile'],
  ['AlternatePhone', 'Alternate'],
] as const;

/** Each number once, by what it is called first. */
function phonesOf(bodies: readonly (Body | undefined)[]): Job['phones'] {
  const phones = bodies.flatMap((body) =>
    phoneNames.map(([field, name]) => ({ name, number: textIn(body, field) })).filter(({ number }) => number !== ''),
  );
  const seen = new Set<string>();
  return phones.filter(({ number }) => {
    const digits = number.replace(/\D/g, '');
    return seen.has(digits) ? false : seen.add(digits);
  });
}

function idsShown({ location, billTo, lead, task, order, setup }: MadeIds): Record<string, string> {
  const named = { location_id: location, bill_to_id: billTo, lead_id: lead, task_id: task, order_id: order };
  return Object.fromEntries(
    Object.entries({ ...named, setup_id: setup }).flatMap(([name, id]) => (id === undefined ? [] : [[name, id]])),
  );
}

interface Visit {
  readonly id: string;
  readonly who: string;
  readonly summary: string;
  readonly notes: string;
  readonly start: string;
  readonly end: string | undefined;
  readonly minutes: number;
  readonly metadata: Record<string, string>;
}

/** What PestPac says nothing of takes an hour. */
const usualMinutes = 60;

function appointmentsOf({ ready: { values }, ids, timeZone, facts }: ToldAsk): Appointment[] {
  const visits = [
    taskVisit(values.Task, ids),
    orderVisit(values.Service, ids),
    firstVisit(values.RecurringService, ids),
  ];
  return visits.flatMap((visit) => {
    const start = visit && instantOf(visit.start, timeZone);
    if (!visit || !start) return [];
    const until = visit.end === undefined ? undefined : instantOf(visit.end, timeZone);
    const end = until !== undefined && until > start ? until : start.plus({ minutes: visit.minutes });
    return [
      {
        ...{ external_id: visit.id, job_external_id: jobIdOf(ids), crm_user_id: visit.who || 'unassigned' },
        ...{ summary: visit.summary, notes: visit.notes, time_zone: timeZone, sales_opportunities: [] },
        start_time: start.toUTC().toISO()!,
        end_time: end.toUTC().toISO()!,
        lead_log_number: facts.lead,
        metadata: { ...visit.metadata, location_id: ids.location },
      },
    ];
  });
}

function taskVisit(body: Body | undefined, { task }: MadeIds): Visit | undefined {
  if (task === undefined || body === undefined) return undefined;
  const say = firstOf([body]);
  const [start, due] = [say('StartDate'), say('DueDate')];
  // A call back "by three" has no start of its own: it is at three.
  const when = hasTime(start) ? { start, end: due === '' ? undefined : due } : { start: due, end: undefined };
  return {
    ...{ id: `task-${task}`, who: say('TaskForUser'), summary: say('Subject'), notes: say('Description') },
    ...{ ...when, minutes: usualMinutes },
    metadata: { kind: 'task', task_id: task },
  };
}

function orderVisit(body: Body | undefined, { order }: MadeIds): Visit | undefined {
  if (order === undefined || body === undefined) return undefined;
  const say = firstOf([body]);
  return {
    ...{ id: `order-${order}`, who: technicianOf(body), summary: servicesOf(body), notes: say('OrderInstructions') },
    ...{ start: say('WorkDate'), end: undefined, minutes: minutesOf(body) },
    metadata: { kind: 'one-time service', order_id: order },
  };
}

/** A recurring service has a time where its first visit was asked for and PestPac said what it is. */
function firstVisit(body: Body | undefined, { setup, initialOrder }: MadeIds): Visit | undefined {
  const initial = body?.['InitialServiceOrder'];
  if (setup === undefined || initialOrder === undefined || !isBody(initial)) return undefined;
  const say = firstOf([initial]);
  return {
    ...{ id: `order-${initialOrder}`, who: say('Technician') || technicianOf(body ?? {}) },
    ...{ summary: say('ServiceCode') || 'First visit', notes: '', start: say('WorkDate'), end: undefined },
    minutes: minutesOf(initial),
    metadata: { kind: 'first visit of a recurring service', setup_id: setup, order_id: initialOrder },
  };
}

function technicianOf(body: Body): string {
  return textIn(rowsIn(body, 'Technicians')[0], 'Code');
}

function servicesOf(body: Body): string {
  const codes = rowsIn(body, 'LineItems').map((line) => textIn(line, 'ServiceCode'));
  return codes.filter(Boolean).join(', ') || textIn(body, 'OrderType');
}

function minutesOf(body: Body): number {
  const minutes = body['Duration'];
  return typeof minutes === 'number' && minutes > 0 ? minutes : usualMinutes;
}

function hasTime(wallClock: string): boolean {
  return wallClock.length > 10 && wallClock.slice(11, 16) !== '00:00';
}

/** The company's wall clock as an instant. Midnight is how PestPac writes a day without a time: that is none. */
function instantOf(wallClock: string, zone: string): DateTime | undefined {
  if (!hasTime(wallClock)) return undefined;
  const read = DateTime.fromISO(wallClock, { zone });
  return read.isValid ? read : undefined;
}

/** Reads a text from the first that has it. */
function firstOf(bodies: readonly (Body | undefined)[]): (field: string) => string {
  return (field) => bodies.map((body) => textIn(body, field)).find((text) => text !== '') ?? '';
}

function textIn(body: Body | undefined, field: string): string {
  const value = body?.[field];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function rowsIn(body: Body, field: string): readonly Body[] {
  const rows = body[field];
  return Array.isArray(rows) ? rows.filter(isBody) : [];
}

function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
