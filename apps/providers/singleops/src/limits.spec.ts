import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characters, fitNotes, limits, shorten } from './limits.ts';

const words = fc.string({ unit: 'grapheme', maxLength: 120 });
const most = fc.integer({ min: 1, max: 60 });
const graphemesOf = (text: string) => [...new Intl.Segmenter('en').segment(text)].map(({ segment }) => segment);

describe('shorten', () => {
  it('never gives more characters than asked, and what fits stays as one line', () => {
    fc.assert(
      fc.property(words, most, (text, limit) => {
        const line = text.replace(/\s+/gu, ' ').trim();
        const short = shorten(text, limit);
        expect(characters(short)).toBeLessThanOrEqual(limit);
        if (characters(line) <= limit) expect(short).toBe(line);
        else expect(line.startsWith(short)).toBe(true);
      }),
    );
  });

  it('ends on a word where the limit leaves a whole one', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 20 }), (list) => {
        const kept = shorten(list.join(' '), limits.name).split(' ');
        expect(list.slice(0, kept.length)).toEqual(kept);
        const next = list[kept.length];
        if (next !== undefined) expect(characters([...kept, next].join(' '))).toBeGreaterThan(limits.name);
      }),
    );
  });

  it('counts characters and never halves a sign', () => {
    expect(shorten('🌳'.repeat(50), 41)).toBe('🌳'.repeat(41));
    const family = '👨‍👩‍👧';
    expect(shorten(family.repeat(3), 12)).toBe(family.repeat(2));
    fc.assert(
      fc.property(words, most, (text, limit) => {
        const signs = graphemesOf(text.replace(/\s+/gu, ' ').trim());
        fc.pre(characters(signs[0] ?? '') <= limit);
        const short = graphemesOf(shorten(text, limit));
        expect(signs.slice(0, short.length)).toEqual(short);
      }),
    );
  });

  it('cuts within a sign that is longer than all there is room for, rather than leave nothing', () => {
    const piled = `a${'\u0301'.repeat(60)}`;
    expect(shorten(piled, limits.name)).toBe(`a${'\u0301'.repeat(40)}`);
    expect(shorten(`${piled} oak`, limits.name)).toBe(`a${'\u0301'.repeat(40)}`);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\u0301', '👨‍👩‍👧', ' '), maxLength: 80 }), (text) => {
        const short = shorten(text, limits.name);
        expect(characters(short)).toBeLessThanOrEqual(limits.name);
        expect(short === '').toBe(text.trim() === '');
      }),
    );
  });

  it('leaves no comma or dash behind the last word', () => {
    expect(shorten('Oak pruning, stump grinding - front of the house', 29)).toBe('Oak pruning, stump grinding');
  });
});

describe('fitNotes', () => {
  it('keeps the beginning, and says so where it cut', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3900, max: 4400 }), fc.constantFrom('n', 'é', '🌳'), (length, sign) => {
        const text = `OCC lead a ${sign.repeat(length)}`;
        const fitted = fitNotes(text);
        expect(characters(fitted)).toBeLessThanOrEqual(limits.notes);
        const cut = characters(text) > limits.notes;
        expect(fitted.endsWith('… [cut]')).toBe(cut);
        expect(text.startsWith(fitted.replace('… [cut]', ''))).toBe(true);
        if (!cut) expect(fitted).toBe(text);
      }),
    );
  });

  it('makes half a surrogate a whole sign, which JSON can carry', () => {
    expect(fitNotes('a\uD83Cb')).toBe('a\uFFFDb');
  });
});
