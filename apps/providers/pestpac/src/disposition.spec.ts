import { describe, expect, it } from 'vitest';
import { Disposition, textsOf } from './disposition.ts';

const card = { token: 'sim_tok_1', brand: 'Visa', last4: '4242', expiry: '2028-09', name: 'Ngozi Okafor' };
const disposition = {
  record_type: ' Lead ',
  action: 'Sold',
  lead_id: '88123',
  fields: { ' Phone ': '4135550142' },
  card,
};

describe('a disposition', () => {
  it('is read without the space around its names', () => {
    expect(Disposition.parse(disposition)).toMatchObject({ record_type: 'Lead', fields: { Phone: '4135550142' } });
  });

  it('needs no card', () => {
    const { card: _, ...rest } = disposition;
    expect(Disposition.safeParse(rest).success).toBe(true);
  });

  it.each<[string, object]>([
    ['a lead id with a blank in it', { lead_id: '88 123' }],
    ['no lead id', { lead_id: undefined }],
    ['a field whose name holds a control character', { fields: { ['Pho\u0000ne']: 'a' } }],
    ['an action with a control character', { action: 'So\u0000ld' }],
    ['a field that is a list', { fields: { Phone: ['4135550142'] } }],
    ['a field whose name is longer than an event carries', { fields: { ['x'.repeat(181)]: 'a' } }],
    ['a field whose text is longer than an event carries', { fields: { Notes: 'x'.repeat(10_001) } }],
    ['something that nobody asked for', { extra: 1 }],
    ['a card with a security code', { card: { ...card, cvv: '123' } }],
    ['a card with more than four digits', { card: { ...card, last4: '14242' } }],
    ['a card of the month 13', { card: { ...card, expiry: '2028-13' } }],
    ['a card without a token', { card: { ...card, token: '' } }],
  ])('with %s is none', (_, over) => {
    expect(Disposition.safeParse({ ...disposition, ...over }).success).toBe(false);
  });

  it('has its fields as texts, without those that hold nothing', () => {
    expect(textsOf({ Name: ' Ngozi ', Age: 4, Pets: false, Notes: null, Gate: '  ' })).toEqual({
      ...{ Name: 'Ngozi', Age: '4', Pets: 'false' },
    });
  });
});
