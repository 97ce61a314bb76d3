import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, normalName, suggestAmong } from './suggest-member.ts';

const suggestMember = (name: string, candidates: readonly Candidate[]) => suggestAmong(candidates)(name);

const members = [
  { id: 'm1', name: 'José García' },
  { id: 'm2', name: 'Anna-Lena Meyer' },
  { id: 'm3', name: 'John Smith' },
];

describe('a suggestion by name', () => {
  it.each([
    ['García, José', 'm1'],
    ['GARCIA, JOSE', 'm1'],
    ['jose garcia', 'm1'],
    ['Meyer, Anna Lena', 'm2'],
    ['Jon Smith', 'm3'],
    ['Smith,John', 'm3'],
  ])('for %s is %s', (name, id) => {
    expect(suggestMember(name, members)?.id).toBe(id);
  });

  it.each(['', ' , ', 'House Account', 'Smith', 'Maria Gonzalez'])('is nobody for %j', (name) => {
    expect(suggestMember(name, members)).toBeUndefined();
  });

  it('is nobody when two members are as near', () => {
    const twins = [...members, { id: 'm4', name: 'Jon Smith' }];
    expect(suggestMember('Smith, Joan', twins)).toBeUndefined();
    expect(suggestMember('Smith, John', twins)?.id).toBe('m3');
  });

  it('finds anybody by their own name, whichever way it is written', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnop'), minLength: 6, maxLength: 12 });
    fc.assert(
      fc.property(word, word, (first, last) => {
        const candidates = [{ id: 'me', name: `${first} ${last}` }];
        expect(suggestMember(`${last.toUpperCase()}, ${first}`, candidates)).toMatchObject({ id: 'me', likeness: 1 });
      }),
    );
  });

  it('compares no names whose lengths alone make them different', () => {
    const compared: string[] = [];
    const suggest = suggestAmong(members, (a, b) => {
      compared.push(b);
      return a === b ? 1 : 0;
    });
    expect(suggest('Smith, John')?.id).toBe('m3');
    expect(compared).toEqual(['jose garcia', 'john smith']);
  });

  it('is the one that comparing all names would give', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
    const people = fc.array(word, { maxLength: 6 }).map((names) => names.map((name, id) => ({ id: `m${id}`, name })));
    fc.assert(
      fc.property(word, people, (name, candidates) => {
        const found = suggestMember(name, candidates);
        const each = candidates.map((one) => ({ ...one, likeness: suggestMember(name, [one])?.likeness ?? 0 }));
        const [best] = each.toSorted((a, b) => b.likeness - a.likeness);
        if (found !== undefined) expect(found).toEqual(best);
      }),
    );
  });

  it('normalises a normal name to itself', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(normalName(normalName(name))).toBe(normalName(name));
      }),
    );
  });
});
