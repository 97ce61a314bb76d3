import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from './cursor.ts';

it('comes back as the place it was made of', () => {
  const places = fc.record({ at: fc.integer({ min: 0, max: 4e12 }), id: fc.string({ minLength: 1, maxLength: 100 }) });
  fc.assert(
    fc.property(places, (place) => {
      expect(decodeCursor(encodeCursor(place))).toEqual(place);
    }),
  );
});

it('travels in a URL as it is', () => {
  const places = fc.record({ at: fc.integer({ min: 0, max: 4e12 }), id: fc.string({ minLength: 1, maxLength: 100 }) });
  fc.assert(
    fc.property(places, (place) => {
      expect(encodeCursor(place)).toMatch(/^[\w-]+$/);
    }),
  );
});

it('is refused when it is anything else', () => {
  for (const text of ['', 'nonsense', encodeCursor({ at: 1.5, id: 'x' }), btoa('["a",1]')]) {
    expect(() => decodeCursor(text)).toThrow(expect.objectContaining({ kind: 'rejected', code: 'cursor.unreadable' }));
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        decodeCursor(text);
      } catch (error) {
        expect(error).toMatchObject({ kind: 'rejected' });
      }
    }),
  );
});
