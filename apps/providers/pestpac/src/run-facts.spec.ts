import { LeadSubmitted } from '@occ-hub/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Disposition, textsOf } from './disposition.ts';
import { factsOf, variablesOf } from './run-facts.ts';

const card = { token: 'sim_tok_1', brand: 'Visa', last4: '1881', expiry: '2029-09', name: 'Ada Quill' };
const names = fc.string({ minLength: 1, maxLength: 40 }).filter((name) => name.trim() === name && name !== '');

describe('a disposition as variables of an event', () => {
  it('is read back as it was, whatever its fields are called, and fits the event', () => {
    fc.assert(
      fc.property(
        fc.dictionary(names, fc.string({ maxLength: 50 }), { noNullPrototype: true }),
        names,
        (fields, key) => {
          const disposition = Disposition.parse({
            record_type: 'Pest',
            action: 'Sold',
            lead_id: '88123',
            fields,
            card,
          });
          const variables = variablesOf(disposition, { key, now: 1_800_000_000_000 });
          const data = { lead_key: '88123', door: 'disposition', variables };
          expect(factsOf(LeadSubmitted.data.parse(data).variables)).toEqual({
            ...{ recordType: 'Pest', action: 'Sold', lead: '88123', receivedAt: 1_800_000_000_000 },
            run: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
            record: textsOf(disposition.fields),
            card: { brand: 'Visa', last4: '1881', expiry: '2029-09', name: 'Ada Quill' },
          });
        },
      ),
    );
  });

  it('never has the card’s token in it', () => {
    const disposition = Disposition.parse({ record_type: 'Pest', action: 'Sold', lead_id: '1', fields: {}, card });
    expect(JSON.stringify(variablesOf(disposition, { key: 'k', now: 0 }))).not.toContain(card.token);
  });

  it('is the same run for the same key and another for another', () => {
    const disposition = Disposition.parse({ record_type: 'Pest', action: 'Sold', lead_id: '1', fields: {} });
    const runOf = (key: string) => variablesOf(disposition, { key, now: 0 })['run'];
    expect(runOf('a')).toBe(runOf('a'));
    expect(runOf('a')).not.toBe(runOf('b'));
  });

  it('that came in by another door is not understood', () => {
    expect(() => factsOf({ customer_name: 'Ada Quill' })).toThrow('did not come in as a disposition');
  });
});
