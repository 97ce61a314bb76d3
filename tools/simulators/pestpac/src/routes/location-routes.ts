import type { Call, Route } from '../api/route.ts';
import type { Fields } from '../records/value.ts';
import { done, found } from '../api/answer.ts';
import { cut, pageOf, route } from '../api/route.ts';
import { addLocation, derived } from '../company/add-location.ts';
import { announce } from '../company/announce.ts';
import { filled } from '../records/filled.ts';
import { listRow } from '../records/list-row.ts';
import { refusal, Refusal } from '../records/refusal.ts';
import { matches } from '../records/search.ts';
import { LOCATION_FIELDS } from '../tables/location-fields.ts';
import { NOTE_FIELDS } from '../tables/task-fields.ts';
import { LEAD_LIST, LOCATION_LIST } from './list-fields.ts';
import { bodyOf, patchOf, rowAt, rowNamed } from './read.ts';
import { shownTasks } from './task-routes.ts';

const TOP = { name: 'top', standard: Number.MAX_SAFE_INTEGER };

export const locationRoutes: readonly Route[] = [
  route('GET', '/Locations', (call) => found(cut(searched(call), call, TOP))),
  route('GET', '/Locations/pageable', (call) => found(pageOf(searched(call), call))),
  route('GET', '/Locations/{id}', (call) => found(rowAt(call, call.company.books.locations))),
  route('GET', '/Locations/code/{locationCode}', (call) => {
    const row = call.company.books.locations.where('LocationCode', call.params['locationCode'] ?? '')[0];
    if (!row) throw refusal(404, 'The location code was not found.');
    return found(row);
  }),
  route('POST', '/Locations', create),
  route('PUT', '/Locations/{id}', (call) => replaced(call, bodyOf(call, LOCATION_FIELDS))),
  route('PATCH', '/Locations/{id}', (call) => {
    return replaced(call, patchOf(call, LOCATION_FIELDS, rowAt(call, call.company.books.locations)));
  }),
  route('GET', '/Locations/{id}/leads', (call) => {
    const { LocationID = 0 } = rowAt(call, call.company.books.locations);
    return found(call.company.books.leads.where('LocationID', LocationID).map((row) => listRow(row, LEAD_LIST)));
  }),
  route('GET', '/Locations/{id}/tasks', (call) => {
    const { LocationID = 0 } = rowAt(call, call.company.books.locations);
    return found(shownTasks(call, call.company.books.tasks.where('LocationID', LocationID)));
  }),
  route('GET', '/Locations/{id}/serviceSetups', (call) => {
    const { LocationID = 0 } = rowAt(call, call.company.books.locations);
    return found(call.company.books.setups.where('LocationID', LocationID));
  }),
  route('GET', '/Locations/{id}/serviceOrders', (call) => {
    const { LocationID = 0 } = rowAt(call, call.company.books.locations);
    return found(call.company.books.orders.where('LocationID', LocationID));
  }),
  route('POST', '/Locations/{id}/notes', (call) => {
    const { LocationID = 0 } = rowAt(call, call.company.books.locations);
    return done(call.company.books.notes.add({ LocationID, ...filled(NOTE_FIELDS, bodyOf(call, NOTE_FIELDS)) }));
  }),
];

function searched({ company, query }: Call): Fields[] {
  if (query.has('and[]') || query.has('or[]') || query.has('and') || query.has('or')) {
    throw refusal(400, 'The simulator does not know what and[] and or[] mean; nothing public says it.');
  }
  const { locations } = company.books;
  const inactive = query.flag('includeInactive', false);
  query.flag('respectBranchStatus', false);
  const ids = query.ids('ids');
  const q = query.text('q');
  const rows = ids ? ids.map((id) => locations.get(id)).filter((row) => row !== undefined) : locations.all();
  return rows
    .filter((row) => inactive || row['Active'] === true)
    .filter((row) => ids !== null || q === '' || matches(row, q, company.switches.phoneMatch))
    .map((row) => listRow(row, LOCATION_LIST));
}

function create(call: Call): ReturnType<Route['work']> {
  const { company, query } = call;
  query.flag('validateAndGeocode', false);
  const given = bodyOf(call, LOCATION_FIELDS);
  demandFields(call, given);
  // Who leaves out whether it is active means a place that is looked after.
  const fields = { ...given, Active: given['Active'] ?? true, BillToID: billToIdOf(call, given) };
  const row = addLocation(company, fields);
  announce(company, { entity: 'Location', action: 'Create', row, idName: 'LocationID' });
  return done(row);
}

function billToIdOf({ company }: Call, given: Fields): number | null {
  if ((given['BillToID'] ?? 0) === 0) return null;
  return rowNamed(company.books.billTos, given)['BillToID'] as number;
}

/** What this company demands of its locations, on top of what the API does; nothing of what cannot be known. */
export function demandFields({ company }: Call, given: Fields, unknowable: readonly string[] = []): void {
  const missing = company.switches.requiredLocationFields.filter(
    (entry) => !unknowable.includes(entry) && entry.split(' or ').every((name) => (given[name] ?? '') === ''),
  );
  if (missing.length === 0) return;
  throw new Refusal(
    400,
    missing.map((field) => ({ field, message: `The ${field} field is required.` })),
  );
}

/** Full replacement: what was left out is blank afterwards. The BillTo stays when none is named. */
function replaced(call: Call, given: Fields): ReturnType<Route['work']> {
  const { company } = call;
  const before = rowAt(call, company.books.locations);
  demandFields(call, given);
  const BillToID = billToIdOf(call, given) ?? before['BillToID'] ?? 0;
  const { LocationID, LocationCode = '' } = before;
  const fields = { LocationCode, ...derived(company, given), ...filled(LOCATION_FIELDS, given), BillToID };
  const row = company.books.locations.put(LocationID as number, fields);
  announce(company, { entity: 'Location', action: 'Update', row, idName: 'LocationID' });
  return done(row);
}
