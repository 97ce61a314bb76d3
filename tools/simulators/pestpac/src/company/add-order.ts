import type { Fields } from '../records/value.ts';
import type { Company } from './company.ts';
import { filled } from '../records/filled.ts';
import { ORDER_FIELDS } from '../tables/service-fields.ts';
import { announce } from './announce.ts';

/** Keeps a new order, its fields already read. The same `ExternalIdentifier` twice makes two orders. */
export function addOrder(company: Company, given: Fields): Fields {
  const { orders, locations } = company.books;
  const location = locations.get(given['LocationID'] as number);
  const whole = filled(ORDER_FIELDS, given);
  const row = orders.add({
    OrderNum: 300_001 + orders.size,
    BillToID: location?.['BillToID'] ?? 0,
    Branch: location?.['Branch'] ?? '',
    ...whole,
    Origin: whole['SetupID'] === null ? 'OneTime' : 'Setup',
    Posted: false,
    InProgress: false,
  });
  announce(company, { entity: 'Service Order', action: 'Create', row, idName: 'OrderID' });
  return row;
}
