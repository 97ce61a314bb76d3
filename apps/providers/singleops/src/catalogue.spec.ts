import { describe, expect, it } from 'vitest';
import { checkAgainst, lookupsOf, placeLead } from './catalogue.ts';
import { catalogue, settingsWith } from './testing/account.ts';

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

describe('settings without a division', () => {
  const settings = settingsWith({ operation_id: null });

  it('fit the account, so that its lists can be read', () => {
    expect(() => checkAgainst(catalogue, settings)).not.toThrow();
  });

  it('but not with a division of the form that the account has not', () => {
    expect(() => checkAgainst(catalogue, settingsWith({ operation_id: null, form_operation_id: 99 }))).toThrow(
      expect.objectContaining({ code: 'singleops.settings-unfit', fields: [expect.anything()] }),
    );
    expect(() => checkAgainst(catalogue, settingsWith({ operation_id: null, form_operation_id: 42 }))).not.toThrow();
  });

  it('take a lead that names its own, and refuse one that names none, with what to do', () => {
    expect(placeLead({ division: 'Tree care', source: '' }, settings, catalogue).operation.id).toBe(41);
    expect(() => placeLead({ division: '', source: '' }, settings, catalogue)).toThrow(
      expect.objectContaining({
        code: 'singleops.lead-unfit',
        fields: [{ pointer: '/division', message: expect.stringMatching(/settings/) }],
      }),
    );
  });
});
