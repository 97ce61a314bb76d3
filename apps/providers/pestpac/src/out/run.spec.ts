import type { Sibling } from '@occ-hub/provider-kit';
import { describe, expect, it } from 'vitest';
import { standIns } from './run.ts';

const sibling = (name: string, more: Partial<Sibling> = {}): Sibling => ({
  ...{ came: 'before', alike: true, delivered: false, steps: { [name]: {} } },
  ...more,
});
const names = (siblings: readonly Sibling[]) => standIns(siblings).flatMap(({ steps }) => Object.keys(steps));

describe('runs that may have made what this one is to make', () => {
  it('are those of the same action that stopped half-way before it', () => {
    expect(names([sibling('a'), sibling('b', { alike: false }), sibling('c')])).toEqual(['a', 'c']);
  });

  it('are none where one was delivered since: the same action again makes another', () => {
    expect(names([sibling('a'), sibling('b', { delivered: true })])).toEqual([]);
    expect(names([sibling('a'), sibling('b', { delivered: true }), sibling('c')])).toEqual(['c']);
  });

  it('are all that came later: they ran because this one had stopped', () => {
    const later = sibling('b', { came: 'after', delivered: true });
    expect(names([sibling('a', { delivered: true }), later])).toEqual(['b']);
  });
});
