import { describe, expect, it } from 'vitest';
import { Client, CustomInput, Operation } from './records.ts';
import { fixturesIn } from './testing/fixtures.ts';

interface Pair {
  readonly vendor: object;
  readonly hub: object;
}

describe.each([
  ['clients', Client],
  ['operations', Operation],
  ['custom-inputs', CustomInput],
] as const)('%s', (folder, shape) => {
  it.each(fixturesIn<Pair>(folder))('are read: $name', ({ fixture: { vendor, hub } }) => {
    expect(shape.parse(vendor)).toEqual(hub);
  });
});

describe('a client', () => {
  it('loses its secret token, balance, payment and accounting fields, and notes that nobody asked for', () => {
    for (const { fixture } of fixturesIn<Pair>('clients')) {
      const kept = Client.parse(fixture.vendor);
      expect(Object.keys(kept).filter((key) => /token|balance|qb|card|autopay|fax|^notes$|tax/.test(key))).toEqual([]);
      expect(JSON.stringify(kept)).not.toMatch(/SECRET|424242|31337|125\.5/);
    }
  });

  it('without an id is none', () => {
    expect(Client.safeParse({ name: 'Rowan Pike' }).success).toBe(false);
  });
});
