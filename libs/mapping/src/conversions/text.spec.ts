import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choice, emailList, identity, joined, text } from './text.ts';

const context = { timeZone: 'UTC', warn: () => undefined };

describe('emailList', () => {
  it('joins both addresses by a comma, once each', () => {
    expect(emailList.convert(['pat@example.test', 'lee@example.test'], context)).toBe(
      'pat@example.test,lee@example.test',
    );
    expect(emailList.convert(['pat@example.test', 'PAT@example.test'], context)).toBe('pat@example.test');
    expect(emailList.convert([' pat@example.test ,lee@example.test', null], context)).toBe(
      'pat@example.test,lee@example.test',
    );
  });

  it('never leaves a blank or a repeat, and never loses an address', () => {
    const parts = fc.array(fc.constantFrom('a@example.test', 'A@example.test', 'b@example.test', '', ' '), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(parts, parts, (first, second) => {
        const list = emailList.convert([first.join(','), second.join(';')], context);
        const kept = list === '' ? [] : list.split(',');
        const wanted = new Set([...first, ...second].map((part) => part.trim().toLowerCase()).filter(Boolean));
        expect(new Set(kept.map((part) => part.toLowerCase()))).toEqual(wanted);
        expect(kept.length).toBe(wanted.size);
      }),
    );
  });
});

describe('text conversions', () => {
  it('turns nothing into the empty text and numbers into their digits', () => {
    expect([text.convert(null, context), text.convert(0, context), text.convert('  x ', context)]).toEqual([
      '',
      '0',
      'x',
    ]);
  });

  it('refuses an identity that is not there', () => {
    expect(() => identity.convert(' ', context)).toThrow(/identity is missing/);
    expect(identity.convert('007', context)).toBe('007');
  });

  it('joins only the parts that are there', () => {
    expect(joined(': ').convert(['Internet', null], context)).toBe('Internet');
    expect(joined(': ').convert(['Internet', 'Web form'], context)).toBe('Internet: Web form');
  });

  it('refuses a value outside a closed set', () => {
    const status = choice('status', { Set: 'scheduled' });
    expect(status.convert('Set', context)).toBe('scheduled');
    expect(() => status.convert('Sold', context)).toThrow(/a status that is not in the table/);
  });
});
