import type { Call, Route } from '../api/route.ts';
import type { Company } from '../company/company.ts';
import type { Fields } from '../records/value.ts';
import { done, found } from '../api/answer.ts';
import { cut, route } from '../api/route.ts';
import { addLocation } from '../company/add-location.ts';
import { announce } from '../company/announce.ts';
import { filled } from '../records/filled.ts';
import { listRow } from '../records/list-row.ts';
import { readFields } from '../records/read-fields.ts';
import { refusal } from '../records/refusal.ts';
import { LEAD_FIELDS, WON_STATUSES } from '../tables/lead-fields.ts';
import { LOCATION_FIELDS } from '../tables/location-fields.ts';
import { LEAD_LIST } from './list-fields.ts';
import { demandFields } from './location-routes.ts';
import { bodyOf, patchOf, rowAt, rowNamed } from './read.ts';

export const leadRoutes: readonly Route[] = [
  route('GET', '/Leads', (call) => {
    const rows = searched(call).map((row) => listRow(row, LEAD_LIST));
    return found(cut(rows, call, { name: 'top', standard: Number.MAX_SAFE_INTEGER }));
  }),
  route('POST', '/Leads', create),
  route('GET', '/Leads/{id}', (call) => found(rowAt(call, call.company.books.leads))),
  route('PUT', '/Leads/{id}', (call) => replaced(call, bodyOf(call, LEAD_FIELDS))),
  route('PATCH', '/Leads/{id}', (call) => {
    return replaced(call, patchOf(call, LEAD_FIELDS, rowAt(call, call.company.books.leads)));
  }),
  route('PUT', '/Leads/{id}/close', (call) => {
    const { company, query } = call;
    const row = rowAt(call, company.books.leads);
    const wonStatus = WON_STATUSES.find((one) => one.toLowerCase() === query.text('wonStatus').toLowerCase());
    if (!wonStatus)
      throw refusal(400, `The value '${query.text('wonStatus')}' is not valid for wonStatus.`, 'wonStatus');
    const closed = {
      ...row,
      WonStatus: wonStatus,
      CloseReason: query.text('closeReason'),
      DateClosed: company.clock.local(),
    };
    return done(company.books.leads.put(row['LeadID'] as number, closed));
  }),
];

function create(call: Call): ReturnType<Route['work']> {
  const { company, query } = call;
  query.flag('validateAndGeocode', false);
  query.flag('fromOnlineSales', false);
  const given = bodyOf(call, LEAD_FIELDS);
  const fields = { DateReceived: company.clock.local(), ...withName(given) };
  const LocationID = locationIdOf(call, fields);
  const row = company.books.leads.add(filled(LEAD_FIELDS, { ...fields, LocationID }));
  announce(company, { entity: 'Lead', action: 'Create', row, idName: 'LeadID' });
  return done(row);
}

/** The place of a lead: the one it names, one made from it, or none. */
function locationIdOf(call: Call, lead: Fields): number | null {
  const { books, switches } = call.company;
  if ((lead['LocationID'] ?? 0) !== 0) {
    const location = rowNamed(books.locations, lead);
    if (location['Active'] !== true && !switches.leadsOnInactive) {
      throw refusal(400, `LocationID '${String(lead['LocationID'])}' is not active.`, 'LocationID');
    }
    return location['LocationID'] as number;
  }
  return lead['CreateLocation'] === true ? (locationFrom(call, lead)['LocationID'] as number) : null;
}

/** A location has shorter lines than a lead, so not every lead can become one. */
function locationFrom(call: Call, lead: Fields): Fields {
  const { company } = call;
  const shared = LOCATION_FIELDS.filter(({ name }) => name in lead && name !== 'BillToID').map(({ name }) => name);
  const [first = '', ...last] = String(lead['Name'] ?? '').split(' ');
  const names = { FirstName: lead['FirstName'] || first, LastName: lead['LastName'] || last.join(' ') };
  const own = Object.fromEntries(
    shared.map((name) => [name, lead[name] ?? null]).filter(([, value]) => value !== null),
  );
  const sent = { ...own, ...names, Type: lead['LocationType'] ?? '', EnteredDate: company.clock.local(), Active: true };
  const fields = readFields(LOCATION_FIELDS, sent, { lookups: company.lookups, zone: company.clock.zone });
  // A lead has no division.
  demandFields(call, fields, ['Division']);
  return addLocation(company, fields);
}

function withName(given: Fields): Fields {
  if ((given['Name'] ?? '') !== '') return given;
  const Name = `${String(given['FirstName'] ?? '')} ${String(given['LastName'] ?? '')}`.trim().slice(0, 35);
  return { ...given, Name };
}

function replaced(call: Call, given: Fields): ReturnType<Route['work']> {
  const { leads } = call.company.books;
  const before = rowAt(call, leads);
  const LocationID = locationIdOf(call, given) ?? before['LocationID'] ?? null;
  const row = leads.put(before['LeadID'] as number, filled(LEAD_FIELDS, { ...withName(given), LocationID }));
  announce(call.company, { entity: 'Lead', action: 'Update', row, idName: 'LeadID' });
  return done(row);
}

const INCLUDES = ['New', 'Open', 'Hold', 'Won', 'Lost', 'Void', 'SoldAlternative'] as const;

function searched({ company, query }: Call): Fields[] {
  const left = INCLUDES.filter((status) => !query.flag(`include${status}`, true));
  const branch = query.text('branch');
  const received = { from: query.day('startReceivedDate'), to: endOf(query.day('endReceivedDate')) };
  const closed = { from: query.day('startClosedDate'), to: endOf(query.day('endClosedDate')) };
  return allLeads(company)
    .filter((row) => !left.some((status) => status === row['WonStatus']))
    .filter((row) => branch === '' || row['Branch'] === branch)
    .filter((row) => isWithin(row['DateReceived'], received) && isWithin(row['DateClosed'], closed));
}

const allLeads = (company: Company): Fields[] => company.books.leads.all();

/** The last moment of a day that was named without a time. */
export function endOf(day: string | null): string | null {
  return day?.endsWith('T00:00:00') ? `${day.slice(0, 10)}T23:59:59` : day;
}

export function isWithin(value: unknown, { from, to }: { from: string | null; to: string | null }): boolean {
  if (from === null && to === null) return true;
  return typeof value === 'string' && (from === null || value >= from) && (to === null || value <= to);
}
