import { describe, expect, it } from 'vitest';
import { looksLikeSecret } from './secret-names.ts';

describe('a name that looks like a secret of a card', () => {
  it.each([
    ...[
      'Card Number',
      'CardNumber',
      'card_number',
      'Credit Card #',
      'Credit Card No.',
      'CreditCardNumber',
      'CC Number',
    ],
    ...['cc', 'ccnum', 'CC#', 'Credit Card', 'PAN', 'Card PAN', 'Visa number', 'CARDNUMBER', 'cardnum'],
    ...['CVV', 'cvv2', 'Card CVV', 'CVC', 'CID', 'CSC', 'cardcvv', 'Security Code', 'security_code', 'Card Code'],
    ...['Card Security Code', 'Card Verification Value', 'PIN', 'Pin Code', 'Track 1', 'track2', 'Track Data'],
    ...['Mag Stripe', 'Magnetic Stripe Data', 'Routing Number', 'ABA', 'Bank Account Number'],
  ])('%s', (name) => {
    expect(looksLikeSecret(name)).toBe(true);
  });

  it.each([
    ...['Phone', 'Card Type', 'Credit Card Type', 'Name on Card', 'Card Expiration', 'Card Last Four', 'card', 'token'],
    ...[
      'Lead Number',
      'Account Number',
      'Zip Code',
      'Pinellas County',
      'Spin',
      'Companion',
      'Tracking Source',
      'Gate Code',
    ],
    ...[
      'House Number',
      'Discount Code',
      'Accident',
      'Vacancy',
      'last4',
      'card_token',
      'Business Card Notes',
      'Promo Code',
    ],
  ])('and not %s', (name) => {
    expect(looksLikeSecret(name)).toBe(false);
  });
});
