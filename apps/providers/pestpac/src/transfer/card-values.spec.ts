import { describe, expect, it } from 'vitest';
import { needed, fixed, only, row } from '../testing/mapping-rows.ts';
import { faults, ready } from '../testing/transfers.ts';

const card = { brand: 'American Express', last4: '4242', expiry: '2028-09', name: 'Ngozi Okafor' };

describe('a card', () => {
  const steps = only('card');

  it('is a brand, a mask with four digits, a month and a name', () => {
    expect(ready({ steps, card }).values.Card).toEqual({
      ...{ CreditCardType: 'AmericanExpress', NameOnCard: 'Ngozi Okafor', AutoBill: false },
      ...{ MaskedAccountNumber: 'XXXXXXXXXXXX4242', ExpirationDate: '2028-09-01T00:00:00' },
    });
  });

  it('is billed by itself as mapped, which the link says too', () => {
    const mappings = [...needed, fixed('Card.AutoBill', 'yes'), fixed('Card.AutoBillEndDate', '2027-01-01')];
    const made = ready({ steps, card, mappings });
    expect(made.values.Card).toMatchObject({ AutoBill: true });
    expect(made.values.Card).not.toHaveProperty('AutoBillEndDate');
    expect(made.link).toEqual({ autoBill: true, autoBillEndDate: '2027-01-01T00:00:00' });
  });

  it('that came not along is not sent, and nobody is asked for the name on it', () => {
    const mappings = [...needed, row('Card.NameOnCard', 'Card Holder', { required: true })];
    expect(ready({ steps, mappings }).values).toEqual({});
    expect(faults({ steps, mappings, card })).toEqual([expect.objectContaining({ clickpoint_field: 'Card Holder' })]);
  });

  it.each([
    ['2026-03', 1],
    ['2026-04', 0],
  ])('of %s has as many faults as %d in April 2026', (expiry, count) => {
    expect(faults({ steps, card: { ...card, expiry } })).toHaveLength(count);
  });

  it('of an unknown brand is Other, and a long name is cut with a warning', () => {
    const made = ready({ steps, card: { ...card, brand: 'Newcard', name: 'x'.repeat(40) } });
    expect(made.values.Card).toMatchObject({ CreditCardType: 'Other', NameOnCard: 'x'.repeat(35) });
    expect(made.warnings).toHaveLength(1);
  });
});
