import type { CardFacts } from '../disposition.ts';
import type { Body, TransferFault, TransferWarning } from './transfer-types.ts';
import { shortened } from './values/text.ts';

/** The longest name that PestPac keeps of a card. */
const longestName = 35;

const brands: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'MasterCard',
  mc: 'MasterCard',
  amex: 'AmericanExpress',
  americanexpress: 'AmericanExpress',
  discover: 'Discover',
  diners: 'DinersClub',
  dinersclub: 'DinersClub',
  jcb: 'Jcb',
  carteblanche: 'CarteBlanche',
};

/** A card as PestPac takes it, without its token. Of the number there are the last four digits and nothing else. */
export function cardValues(card: CardFacts): Body {
  return {
    CreditCardType: brands[card.brand.replace(/[^a-z]/gi, '').toLowerCase()] ?? 'Other',
    NameOnCard: shortened(card.name, longestName),
    MaskedAccountNumber: `XXXXXXXXXXXX${card.last4}`,
    ExpirationDate: `${card.expiry}-01T00:00:00`,
    AutoBill: false,
  };
}

/** What is told of the card's own name where no row fills it. */
export function cardWarnings(card: CardFacts, mapped: Body): readonly TransferWarning[] {
  if (mapped['NameOnCard'] !== undefined || card.name.length <= longestName) return [];
  const message = `The name that came with the card was cut from ${card.name.length} to ${longestName} characters.`;
  return [{ category: 'Card', pestpac_field: 'NameOnCard', message }];
}

/** A card whose month is over on the company's wall clock is refused before anything is sent. */
export function cardFaults(card: CardFacts, today: string): readonly TransferFault[] {
  if (card.expiry >= today.slice(0, 7)) return [];
  const message = 'The card has expired. Ask for another one.';
  return [{ category: 'Card', pestpac_field: 'ExpirationDate', clickpoint_field: null, message }];
}
