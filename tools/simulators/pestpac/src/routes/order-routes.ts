import type { Call, Route } from '../api/route.ts';
import type { Answer } from '../api/answer.ts';
import type { Fields } from '../records/value.ts';
import { done, found } from '../api/answer.ts';
import { route } from '../api/route.ts';
import { addOrder } from '../company/add-order.ts';
import { int } from '../records/field.ts';
import { filled } from '../records/filled.ts';
import { listRow } from '../records/list-row.ts';
import { refusal } from '../records/refusal.ts';
import { isFields } from '../records/value.ts';
import { ORDER_FIELDS } from '../tables/service-fields.ts';
import { endOf, isWithin } from './lead-routes.ts';
import { SLIM_ORDER } from './list-fields.ts';
import { bodyOf, patchOf, rowAt, rowNamed } from './read.ts';

export const orderRoutes: readonly Route[] = [
  route('GET', '/ServiceOrders', (call) => found(searched(call))),
  route('POST', '/ServiceOrders', (call) => done(addOrder(call.company, orderOf(call, bodyOf(call, ORDER_FIELDS))))),
  route('POST', '/ServiceOrders/createFromSetup', fromSetup),
  route('GET', '/ServiceOrders/{id}', (call) => found(rowAt(call, call.company.books.orders))),
  route('PATCH', '/ServiceOrders/{id}', (call) => {
    const { orders } = call.company.books;
    const before = rowAt(call, orders);
    const given = orderOf(call, patchOf(call, ORDER_FIELDS, before));
    return done(orders.put(before['OrderID'] as number, { ...before, ...filled(ORDER_FIELDS, given) }));
  }),
  route('DELETE', '/ServiceOrders/{id}', (call): Answer => {
    const row = rowAt(call, call.company.books.orders);
    call.company.books.orders.remove(row['OrderID'] as number);
    return done(row);
  }),
];

/** An order's numbers lead somewhere, and every line names a service. */
function orderOf(call: Call, given: Fields): Fields {
  const { books, lookups } = call.company;
  rowNamed(books.locations, given);
  if ((given['SetupID'] ?? 0) !== 0) rowNamed(books.setups, given);
  const lines = (given['LineItems'] ?? []) as Fields[];
  const services = lookups.Services;
  const unknown = lines.find((line) => {
    const byId = services.some((one) => one['ServiceId'] === line['ServiceId'] && one['Active'] === true);
    return (line['ServiceCode'] ?? '') === '' && !byId;
  });
  if (unknown) throw refusal(400, 'Every line item needs a valid ServiceCode or ServiceId.', 'LineItems');
  return given;
}

function fromSetup(call: Call): Answer {
  const { company } = call;
  const setup = rowNamed(company.books.setups, bodyOf(call, [int('SetupID', { required: true })]));
  const names = ['LocationID', 'Duration', 'Division', 'Source', 'Route', 'LineItems', 'Technicians', 'TargetPests'];
  const own = Object.fromEntries(names.map((name) => [name, setup[name] ?? null]));
  return done(addOrder(company, { ...own, SetupID: setup['SetupID'] ?? null, OrderType: 'ServiceOrder' }));
}

const DAY_MS = 86_400_000;

/** Windows of 31 days and more are refused; full records come for at most 14 days, or for an exact number. */
function searched({ company, query }: Call): Fields[] {
  const from = query.day('startWorkDate');
  const to = endOf(query.day('endWorkDate'));
  const days = from && to ? Math.floor((Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / DAY_MS) + 1 : null;
  if (days !== null && days >= 31) throw refusal(400, 'The work date range must be less than 31 days.');
  const exact = { OrderNum: query.text('orderNum'), ExternalIdentifier: query.text('externalIdentifier') };
  const others = { OrderType: query.text('orderType'), Branch: query.text('branch'), Route: query.text('route') };
  const wanted = Object.entries({ ...exact, ...others }).filter(([, value]) => value !== '');
  const rows = company.books.orders
    .all()
    .filter((row) => isWithin(row['WorkDate'], { from, to }))
    .filter((row) => wanted.every(([name, value]) => String(row[name]) === value))
    .filter((row) => hasFlags(row, query) && isTechnicians(row, query.text('techId')));
  const isFull = (days !== null && days <= 14) || exact.OrderNum !== '' || exact.ExternalIdentifier !== '';
  return isFull ? rows : rows.map((row) => listRow(row, SLIM_ORDER));
}

function hasFlags(row: Fields, query: Call['query']): boolean {
  return ['Posted', 'Locked', 'InProgress'].every((name) => {
    return query.text(name) === '' || row[name] === query.flag(name, false);
  });
}

function isTechnicians(row: Fields, techId: string): boolean {
  const technicians = (row['Technicians'] ?? []) as Fields[];
  return techId === '' || technicians.some((one) => isFields(one) && one['Code'] === techId);
}
