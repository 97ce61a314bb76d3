import type { Call, Route } from '../api/route.ts';
import type { Answer } from '../api/answer.ts';
import type { Fields } from '../records/value.ts';
import { done, found } from '../api/answer.ts';
import { idOf, route } from '../api/route.ts';
import { addCard } from '../company/add-card.ts';
import { announce } from '../company/announce.ts';
import { openLink } from '../company/pay-link.ts';
import { refusal } from '../records/refusal.ts';
import { CARD_FIELDS } from '../tables/card-fields.ts';
import { CARD_LIST } from './list-fields.ts';
import { listRow } from '../records/list-row.ts';
import { bodyOf, rowAt, rowNamed } from './read.ts';

/** The only tokens this processor has ever given out begin so. */
export const TOKEN_PREFIX = 'sim_tok_';

export const cardRoutes: readonly Route[] = [
  route('GET', '/BillTos/{id}/paymentAccounts', (call) => {
    const { BillToID = 0 } = rowAt(call, call.company.books.billTos);
    call.query.flag('includeAch', false);
    return found(call.company.books.cards.where('BillToID', BillToID).map((row) => listRow(row, CARD_LIST)));
  }),
  route('POST', '/BillTos/{billToId}/paymentAccounts', (call) => {
    const row = addCard(call.company, cardOf(call));
    announce(call.company, { entity: 'Card On File', action: 'Create', row, idName: 'CardID' });
    return done(shown(row));
  }),
  route('PUT', '/BillTos/{billToId}/paymentAccounts/{token}', changeCard),
  route('GET', '/PaymentAccounts/capabilities', (call) => {
    call.query.flag('checkProcessor', true);
    return found({ ProcessorType: 'Simulated', HostedPaymentCapabilities: { CreateAccount: true } });
  }),
  route('GET', '/PaymentAccounts/hostedPayments/store', (call) => {
    const { BillToID } = rowNamed(call.company.books.billTos, { BillToID: call.query.count('billToId', 0) });
    return found(openLink(call.company, BillToID as number));
  }),
  route('GET', '/PaymentAccounts/{cardId}', (call) => found(shown(rowAt(call, call.company.books.cards, 'cardId')))),
  route('DELETE', '/PaymentAccounts/{cardId}', (call): Answer => {
    const row = rowAt(call, call.company.books.cards, 'cardId');
    call.company.books.cards.remove(row['CardID'] as number);
    return done(shown(row));
  }),
  route('POST', '/PaymentAccounts/{cardId}/setPrimary', makePrimary),
  route('GET', '/BillTos/{id}/ePay/generateUrl', (call) => {
    const { BillToID } = rowAt(call, call.company.books.billTos);
    call.query.flag('shortenUrl', false);
    call.query.flag('addPaymentMethodOnly', false);
    return found(openLink(call.company, BillToID as number));
  }),
];

/** A card to keep: a token of this processor, the mask with the last four digits, the path's own BillTo. */
function cardOf(call: Call): Fields {
  const { BillToID } = rowAt(call, call.company.books.billTos, 'billToId');
  const given = bodyOf(call, CARD_FIELDS);
  if (given['BillToID'] !== undefined && given['BillToID'] !== BillToID) {
    throw refusal(400, 'BillToID of the body is not the one of the path.', 'BillToID');
  }
  const token = String(given['CardToken']);
  if (!token.startsWith(TOKEN_PREFIX)) {
    const { quotesTokens } = call.company.switches;
    throw refusal(400, `CardToken ${quotesTokens ? `${token} ` : ''}is not valid.`, 'CardToken');
  }
  if (!/^[^\d]*\d{4}$/.test(String(given['MaskedAccountNumber']))) {
    throw refusal(400, 'MaskedAccountNumber must be masked but for its last four digits.', 'MaskedAccountNumber');
  }
  if ((given['SetupID'] ?? 0) !== 0) rowNamed(call.company.books.setups, given);
  return { ...given, BillToID: BillToID as number };
}

function changeCard(call: Call): Answer {
  const { cards } = call.company.books;
  const given = cardOf(call);
  const before = cards
    .where('CardToken', call.params['token'] ?? '')
    .find((one) => one['BillToID'] === given['BillToID']);
  if (!before) throw refusal(404, 'The payment account was not found.');
  const { CardToken, CreditCardType, NameOnCard, ExpirationDate, MaskedAccountNumber } = given;
  const changed = { CardToken, CreditCardType, NameOnCard, ExpirationDate } as Fields;
  const AccountNumber = String(MaskedAccountNumber).slice(-4);
  return done(shown(cards.put(before['CardID'] as number, { ...before, ...changed, AccountNumber })));
}

function makePrimary(call: Call): Answer {
  const { cards } = call.company.books;
  const row = rowAt(call, cards, 'cardId');
  for (const card of cards.where('BillToID', row['BillToID'] ?? 0)) {
    cards.put(card['CardID'] as number, { ...card, IsPrimary: card['CardID'] === row['CardID'] });
  }
  return done(shown(cards.get(idOf(call, 'cardId')) ?? row));
}

/** A single card as it is shown: what is printed on it lies one level down. */
function shown(row: Fields): Fields {
  const { CreditCardType, NameOnCard, AccountNumber, CardToken, ExpirationDate, ...rest } = row;
  const CreditCard = { NameOnCard, CreditCardType, AccountNumber, CardToken, ExpirationDate } as Fields;
  return { ...rest, CreditCard, BankAccount: null };
}
