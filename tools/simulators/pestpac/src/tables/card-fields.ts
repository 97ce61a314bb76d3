import type { Field } from '../records/field.ts';
import { choice, int, maybeFlag, maybeInt, sureDate, text } from '../records/field.ts';

/** What a stored way to pay may be called. */
export const CARD_TYPES = [
  'Visa',
  'MasterCard',
  'AmericanExpress',
  'Discover',
  'DinersClub',
  'Jcb',
  'CarteBlanche',
  'Other',
  'Unknown',
  'ACH',
  'Checking',
] as const;

/** `POST /BillTos/{id}/paymentAccounts`, line by line. No field of it takes a card number. */
export const CARD_FIELDS: readonly Field[] = [
  int('BillToID'),
  maybeInt('SetupID'),
  maybeFlag('AutoBill'),
  text('CardToken', undefined, { required: true, min: 1 }),
  choice('CreditCardType', CARD_TYPES, { required: true }),
  text('NameOnCard', 35, { required: true, min: 1 }),
  text('MaskedAccountNumber', undefined, { required: true, min: 1 }),
  sureDate('ExpirationDate', { required: true }),
];
