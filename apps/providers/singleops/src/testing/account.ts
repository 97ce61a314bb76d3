import type { Catalogue } from '../catalogue.ts';
import { Client, CustomInput, Operation } from '../records.ts';
import { Settings } from '../settings.ts';

/** Settings of an invented account; null takes a setting away. */
export function settingsWith(changed: Readonly<Record<string, unknown>> = {}): Settings {
  const entered = {
    user_email: 'api-user@example.com',
    user_token: 'token-that-nobody-sees',
    operation_id: 41,
    lead_source_input_id: 501,
    lead_source_value: 'Website',
    time_zone: 'America/New_York',
    ...changed,
  };
  return Settings.parse(Object.fromEntries(Object.entries(entered).filter(([, value]) => value !== null)));
}

/** Divisions and fields of the invented account, as SingleOps gives them. */
export const lists = {
  operations: [
    { id: 41, name: 'Tree care', active: true, display_name: null },
    { id: 42, name: 'PHC', active: true, display_name: 'Plant health care' },
    { id: 43, name: 'Snow removal', active: false, display_name: null },
  ],
  inputs: [
    {
      ...{ id: 501, name: 'Lead Source', input_type: 'dropdown', resource_type: 'job', required: true },
      dropdown_options: [
        { key: 'Website', display: 'Website' },
        { key: 'Mailer', display: 'Mailer' },
        { key: 'partner', display: 'Partner site' },
      ],
    },
    { id: 502, name: 'Source reference', input_type: 'text', resource_type: 'job' },
    { id: 503, name: 'Gate code', input_type: 'text', resource_type: 'client' },
    { id: 504, name: 'Spray', input_type: 'text', resource_type: 'job', operations: [{ id: 42 }] },
  ],
} as const;

export const catalogue: Catalogue = {
  operations: lists.operations.map((row) => Operation.parse(row)),
  inputs: lists.inputs.map((row) => CustomInput.parse(row)),
};

/** A client with what a test says of it. */
export const clientWith = (fields: object): Client => Client.parse({ id: 1, ...fields });
