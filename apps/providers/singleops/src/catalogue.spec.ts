import { describe, expect, it } from 'vitest';
import { lookupsOf } from './catalogue.ts';
import { catalogue } from './testing/account.ts';

describe('the lists that people choose from', () => {
  const lists = lookupsOf(catalogue);

  it('are the active divisions by the name that is shown', () => {
    expect(lists['operations']).toEqual([
      { id: '41', description: 'Tree care', position: 0 },
      { id: '42', description: 'Plant health care', position: 1 },
    ]);
  });

  it('are the fields of leads alone, and the options of each that has any', () => {
    expect(lists['custom_inputs']?.map(({ id }) => id)).toEqual(['501', '502', '504']);
    expect(lists['custom_input_501']?.at(-1)).toEqual({ id: 'partner', description: 'Partner site', position: 2 });
    expect(Object.keys(lists)).toEqual(['operations', 'custom_inputs', 'custom_input_501']);
  });
});
