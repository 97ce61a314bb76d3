import type { Call, Route } from '../api/route.ts';
import type { Answer } from '../api/answer.ts';
import type { Fields } from '../records/value.ts';
import { done, found } from '../api/answer.ts';
import { route } from '../api/route.ts';
import { addSetup } from '../company/add-setup.ts';
import { filled } from '../records/filled.ts';
import { refusal } from '../records/refusal.ts';
import { SETUP_FIELDS } from '../tables/service-fields.ts';
import { bodyOf, patchOf, rowAt, rowNamed } from './read.ts';

export const setupRoutes: readonly Route[] = [
  route('POST', '/ServiceSetups', (call) => {
    const given = setupOf(call, bodyOf(call, SETUP_FIELDS));
    if (given['CreateInitialServiceOrder'] === true && !given['InitialServiceOrder']) {
      throw refusal(400, 'The InitialServiceOrder field is required.', 'InitialServiceOrder');
    }
    return done(addSetup(call.company, given));
  }),
  route('GET', '/ServiceSetups/{id}', (call) => found(rowAt(call, call.company.books.setups))),
  route('PATCH', '/ServiceSetups/{id}', (call) => {
    const { setups } = call.company.books;
    const before = rowAt(call, setups);
    const given = setupOf(call, patchOf(call, SETUP_FIELDS, before));
    return done(setups.put(before['SetupID'] as number, { ...before, ...filled(SETUP_FIELDS, given) }));
  }),
  route('PUT', '/ServiceSetups/{setupId}/paymentAccount', linkCard),
];

function setupOf(call: Call, given: Fields): Fields {
  const { books } = call.company;
  const location = rowNamed(books.locations, given);
  const lines = (given['LineItems'] ?? []) as Fields[];
  if (lines.length === 0) throw refusal(400, 'The LineItems field is required.', 'LineItems');
  if (lines.some((line) => (line['ServiceCode'] ?? '') === '')) {
    throw refusal(400, 'Every line item needs a valid ServiceCode.', 'LineItems');
  }
  if ((given['CardID'] ?? 0) !== 0) demandOwnCard(call, location, given['CardID'] as number);
  return given;
}

function demandOwnCard(call: Call, location: Fields, cardId: number): void {
  const card = call.company.books.cards.get(cardId);
  if (card && card['BillToID'] === location['BillToID']) return;
  throw refusal(400, `CardID '${cardId}' does not belong to the location's bill-to.`, 'CardID');
}

function linkCard(call: Call): Answer {
  const { books } = call.company;
  const setup = rowAt(call, books.setups, 'setupId');
  const CardID = call.query.count('cardId', 0);
  const location = books.locations.get(setup['LocationID'] as number) ?? {};
  demandOwnCard(call, location, CardID);
  const AutoBill = call.query.flag('autoBill', false);
  const AutoBillThroughDate = call.query.day('autoBillEndDate');
  return done(books.setups.put(setup['SetupID'] as number, { ...setup, CardID, AutoBill, AutoBillThroughDate }));
}
