import { describe, expect, it } from 'vitest';
import { postedDisposition } from './posted-disposition.ts';

const disposition = { record_type: 'Pest', action: 'Sold', lead_id: '88123', fields: { Phone: '4135550142' } };
const refused = expect.objectContaining({ kind: 'rejected', code: 'pestpac.card-secret-refused' });

describe('a posted disposition', () => {
  it('may spell its names as ClickPoint does, and have a number as id', () => {
    const { record_type: recordType, lead_id: _, ...rest } = disposition;
    expect(postedDisposition({ ...rest, recordType, leadId: 88123 })).toEqual(disposition);
  });

  it.each([
    ...['123', '1234', ' 1 2 3 ', '12-34', '4111 1111 1111 1111', '1234567890123456789', '١٢٣', 'it is 771'],
    ...[771, ['771'], { code: '771' }],
  ])('with %j in a field that is named like a secret is refused', (value) => {
    for (const name of ['PIN', 'CC', 'CID', 'Card Number'])
      expect(() => postedDisposition({ ...disposition, fields: { [name]: value } })).toThrow(refused);
    expect(() => postedDisposition({ ...disposition, cvv: value })).toThrow(refused);
  });

  it('names the field that it refuses, and nothing of what stands in it', () => {
    expect(() => postedDisposition({ ...disposition, fields: { CVV: '771' } })).toThrow(/"CVV"(?!.*771)/);
  });

  it.each(['', ' ', null, 'none', 'see the notes', 'Visa', '12', 12, false])(
    'with %j in such a field holds no secret',
    (value) => {
      for (const name of ['PIN', 'CC', 'CID'])
        expect(postedDisposition({ ...disposition, fields: { [name]: value } }).fields).toEqual({ [name]: value });
    },
  );
});
