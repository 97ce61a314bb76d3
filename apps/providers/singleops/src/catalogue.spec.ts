import { describe, expect, it } from 'vitest';
import { checkAgainst, lookupsOf, placeLead } from './catalogue.ts';
import { CustomInput } from './records.ts';
import { faultsOfValues } from './settings.ts';
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

describe('a required lead source without a usual one', () => {
  const settings = settingsWith({ lead_source_value: null });

  it('fits the account: leads may name theirs, and one that does not is told so', () => {
    expect(() => checkAgainst(catalogue, settings)).not.toThrow();
    expect(placeLead({ division: '', source: 'Mailer' }, settings, catalogue).values).toEqual([
      { custom_input_id: 501, value: 'Mailer' },
    ]);
    expect(() => placeLead({ division: '', source: '' }, settings, catalogue)).toThrow(
      expect.objectContaining({
        code: 'singleops.lead-unfit',
        fields: [{ pointer: '/source', message: expect.stringMatching(/Lead Source/) }],
      }),
    );
  });

  it('does not fit where a web site shows the form, unless the form has its own', () => {
    const shown = { lead_source_value: null, form_sites: ['https://www.example.com'] };
    expect(() => checkAgainst(catalogue, settingsWith(shown))).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ pointer: '/form_source' })] }),
    );
    expect(() => checkAgainst(catalogue, settingsWith({ ...shown, form_source: 'Website' }))).not.toThrow();
  });
});

describe('the value of a field', () => {
  const value = (custom_input_id: number) => ({ custom_input_id, value: 'Mailer' });

  it.each([
    ['the lead source field is named among the others', [value(501)]],
    ['a field is named twice', [value(502), value(502)]],
  ])('is one on every lead: refused where %s', (_what, custom_values) => {
    const settings = settingsWith({ custom_values });
    expect(faultsOfValues(settings)).toMatchObject([{ pointer: '/custom_values' }]);
    expect(() => checkAgainst(catalogue, settings)).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ pointer: '/custom_values' })] }),
    );
  });

  it('may be given of several fields', () => {
    expect(faultsOfValues(settingsWith({ custom_values: [value(502), value(504)] }))).toEqual([]);
  });

  it('is sent as the account has it, also where the keys of its options are numbers', () => {
    const options = [
      { key: 3, display: 'Website' },
      { key: 4, display: '' },
    ];
    const input = { id: 501, name: 'Lead Source', input_type: 'dropdown', resource_type: 'job' };
    const account = { ...catalogue, inputs: [CustomInput.parse({ ...input, dropdown_options: options })] };
    const sent = (source: string) => placeLead({ division: '', source }, settingsWith(), account).values;
    expect([sent('website'), sent('4')]).toEqual([
      [{ custom_input_id: 501, value: 3 }],
      [{ custom_input_id: 501, value: 4 }],
    ]);
    expect(lookupsOf(account)['custom_input_501']).toMatchObject([
      { id: '3', description: 'Website' },
      { id: '4', description: '4' },
    ]);
  });
});
