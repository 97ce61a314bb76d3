import type { Call, Route } from '../api/route.ts';
import type { Fields } from '../records/value.ts';
import { done, found } from '../api/answer.ts';
import { cut, pageOf, route } from '../api/route.ts';
import { addBillTo } from '../company/add-bill-to.ts';
import { announce } from '../company/announce.ts';
import { refusal } from '../records/refusal.ts';
import { listRow } from '../records/list-row.ts';
import { matches } from '../records/search.ts';
import { BILL_TO_FIELDS } from '../tables/location-fields.ts';
import { BILL_TO_LIST, LOCATION_LIST } from './list-fields.ts';
import { bodyOf, rowAt } from './read.ts';

const TOP = { name: 'top', standard: Number.MAX_SAFE_INTEGER };

export const billToRoutes: readonly Route[] = [
  route('GET', '/BillTos', (call) =>
    found(
      cut(
        searched(call).map((row) => shown(call, row)),
        call,
        TOP,
      ),
    ),
  ),
  route('GET', '/BillTos/pageable', (call) =>
    found(
      pageOf(
        searched(call).map((row) => shown(call, row)),
        call,
      ),
    ),
  ),
  route('GET', '/BillTos/{id}', (call) => found(rowAt(call, call.company.books.billTos))),
  route('GET', '/BillTos/code/{billToCode}', (call) => {
    const row = call.company.books.billTos.where('BillToCode', call.params['billToCode'] ?? '')[0];
    if (!row) throw refusal(404, 'The bill-to code was not found.');
    return found(row);
  }),
  route('POST', '/BillTos', (call) => {
    call.query.flag('validateAndGeocode', false);
    const row = addBillTo(call.company, bodyOf(call, BILL_TO_FIELDS));
    announce(call.company, { entity: 'Bill-To', action: 'Create', row, idName: 'BillToID' });
    return done(row);
  }),
  route('GET', '/BillTos/{id}/locations', (call) =>
    found(cut(locationsOf(call), call, { name: 'take', standard: Number.MAX_SAFE_INTEGER })),
  ),
  route('GET', '/BillTos/{id}/locations/pageable', (call) => found(pageOf(locationsOf(call), call))),
  route('GET', '/BillTos/{id}/locations/pageableWithCount', (call) => found(pageOf(locationsOf(call), call))),
];

/** Numbers that are not known are silently left out; no match is an empty list. */
function searched({ company, query }: Call): Fields[] {
  const { billTos } = company.books;
  const ids = query.ids('ids');
  if (ids) return ids.map((id) => billTos.get(id)).filter((row) => row !== undefined);
  const q = query.text('q');
  return q === '' ? billTos.all() : billTos.all().filter((row) => matches(row, q, company.switches.phoneMatch));
}

function shown({ company }: Call, row: Fields): Fields {
  const cards = company.books.cards.where('BillToID', row['BillToID'] ?? 0);
  const primary = cards.find((card) => card['IsPrimary'] === true);
  return listRow({ ...row, CardID: primary?.['CardID'] ?? 0 }, BILL_TO_LIST);
}

function locationsOf(call: Call): Fields[] {
  const { BillToID = 0 } = rowAt(call, call.company.books.billTos);
  const withUdfs = call.query.flag('includeUDFs', false);
  return call.company.books.locations
    .where('BillToID', BillToID)
    .map((row) => listRow(withUdfs ? row : { ...row, UserDefinedFields: null }, LOCATION_LIST));
}
