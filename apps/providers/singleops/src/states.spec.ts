import { describe, expect, it } from 'vitest';
import { stateCode } from './states.ts';

describe('stateCode', () => {
  it.each([
    ['Georgia', 'GA'],
    ['  new   YORK ', 'NY'],
    ['N.Y.', 'NY'],
    ['District of Columbia', 'DC'],
    ['Washington, DC', 'DC'],
    ['Washington', 'WA'],
    ['West Virginia', 'WV'],
    ['Virginia', 'VA'],
    ['Puerto Rico', 'PR'],
    ['Québec', 'QC'],
    ['British Columbia', 'BC'],
    ['Newfoundland & Labrador', 'NL'],
    ['Texas', 'TX'],
    ['Utah', 'UT'],
  ])('makes %s %s', (name, code) => {
    expect(stateCode(name)).toBe(code);
  });

  it('leaves a code, nothing, and what it does not know', () => {
    expect(['ga', 'ON', 'NSW', '', 'Transylvania'].map(stateCode)).toEqual(['GA', 'ON', 'NSW', '', 'TRANSYLVANIA']);
  });
});
