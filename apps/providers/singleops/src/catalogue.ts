import type { Lookups } from '@occ-hub/contracts';
import { type FieldFault, HubError } from '@occ-hub/errors';
import { characters, limits } from './limits.ts';
import { unfit } from './ready-lead.ts';
import type { CustomInput, Operation } from './records.ts';
import { type Settings, faultsOfValues } from './settings.ts';

/** What the account has of its own: its divisions and fields. */
export interface Catalogue {
  readonly operations: readonly Operation[];
  readonly inputs: readonly CustomInput[];
}

/** A field of the account with its value on one lead; of a dropdown, the key of an option as SingleOps has it. */
export interface CustomValue {
  readonly custom_input_id: number;
  readonly value: string | number;
}

/** The division and the fields of one lead. */
export interface Placed {
  readonly operation: Operation;
  readonly values: readonly CustomValue[];
  /** What the lead said of its source that no field took; blank where nothing is lost. */
  readonly untoldSource: string;
}

type Usual = Pick<
  Settings,
  'operation_id' | 'lead_source_input_id' | 'lead_source_value' | 'unknown_source' | 'custom_values'
>;

const noDivision = 'The account has no such active division.';
const unnamed = "Name a division, or set the usual one (operation_id) in the connection's settings.";

/** What people read of a division. */
export const titleOf = ({ display_name: shown, name }: Operation): string => shown || name;

/** Whether a field is one of leads in a division; a field without divisions is one of all. */
function isOfLeads(input: CustomInput, operation: Operation): boolean {
  return input.resource_type === 'job' && (input.operations.length === 0 || input.operations.includes(operation.id));
}

/**
 * Finds the division and the values of a lead. Fails as `rejected`: `singleops.lead-unfit` naming the lead's field,
 * `singleops.settings-unfit` naming the setting that the account does not know, or the field that it requires.
 */
export function placeLead(lead: Where, settings: Usual, catalogue: Catalogue): Placed {
  const { missing, ...placed } = place(lead, settings, catalogue);
  if (missing === undefined) return placed;
  if (missing.id !== settings.lead_source_input_id) throw fieldMissing(missing);
  const message = `SingleOps requires "${missing.name}" of every lead, and the connection has no usual one.`;
  throw unfit([{ pointer: '/source', message }]);
}

/**
 * Proves that the account has all that the settings name; without a division in them there is little to prove. A required lead
 * source without a usual one is none of their faults: leads may name theirs. Fails as `rejected` `singleops.settings-unfit`,
 * naming the setting.
 */
export function checkAgainst(catalogue: Catalogue, settings: Settings): void {
  const [twice] = faultsOfValues(settings);
  if (twice) throw settingsUnfit(twice.pointer, twice.message);
  const { operation_id: usual, form_operation_id: division = usual } = settings;
  if (usual !== undefined) checkIn('', settings, catalogue);
  // Without any division there is none that fields could be looked for in: each lead names its own.
  if (division === undefined) return;
  const operation = activeOf(catalogue, String(division));
  if (!operation) throw settingsUnfit('/form_operation_id', noDivision);
  const missing = checkIn(String(division), settings, catalogue);
  checkFormSource(settings, { catalogue, operation }, missing);
}

function checkIn(division: string, settings: Settings, catalogue: Catalogue): CustomInput | undefined {
  const { missing } = place({ division, source: '' }, settings, catalogue);
  if (missing && missing.id !== settings.lead_source_input_id) throw fieldMissing(missing);
  return missing;
}

/** Who fills in the form is thanked before SingleOps is asked: it needs a source that is taken. `missing`: the lead source that a lead would have to name. */
function checkFormSource(settings: Settings, within: Within, missing: CustomInput | undefined): void {
  const { form_source: source, form_sites: sites, lead_source_input_id: id } = settings;
  if (source === undefined) {
    if (missing === undefined || sites.length === 0) return;
    throw settingsUnfit(
      '/form_source',
      `SingleOps requires "${missing.name}" of every lead: name the one of the form.`,
    );
  }
  if (id === undefined) throw settingsUnfit('/form_source', 'Name the lead source field, too.');
  checked(inputOf(id, '/lead_source_input_id', within), source, '/form_source');
}

interface Where {
  readonly division: string;
  readonly source: string;
}

/** `missing`: a field that the account requires of every lead and that has no value. */
function place({ division, source }: Where, settings: Usual, catalogue: Catalogue) {
  const operation = operationOf(division, settings, catalogue);
  const fixed = settings.custom_values.map(({ custom_input_id: id, value }) =>
    checked(inputOf(id, '/custom_values', { catalogue, operation }), value, '/custom_values'),
  );
  const told = sourceValue(source, settings, { catalogue, operation });
  const values = [...fixed, ...(told.value === undefined ? [] : [told.value])];
  const missing = catalogue.inputs.find(
    (input) =>
      input.required && isOfLeads(input, operation) && !values.some(({ custom_input_id: id }) => id === input.id),
  );
  return { operation, values, untoldSource: told.untold, missing };
}

/** The account's lists, as people choose from them. */
export function lookupsOf({ operations, inputs }: Catalogue): Lookups {
  const entries = (rows: readonly { id: string; description: string }[]) =>
    rows.map((row, position) => ({ ...row, position }));
  const fields = inputs.filter((input) => input.resource_type === 'job');
  return {
    operations: entries(
      operations.filter(({ active }) => active).map((each) => ({ id: String(each.id), description: titleOf(each) })),
    ),
    custom_inputs: entries(fields.map(({ id, name }) => ({ id: String(id), description: name }))),
    ...Object.fromEntries(
      fields
        .filter(({ dropdown_options: options }) => options.length > 0)
        .map(({ id, dropdown_options: options }) => [
          `custom_input_${id}`,
          entries(options.map(({ key, display }) => ({ id: String(key), description: display || String(key) }))),
        ]),
    ),
  };
}

interface Within {
  readonly catalogue: Catalogue;
  readonly operation: Operation;
}

function operationOf(division: string, settings: Usual, catalogue: Catalogue): Operation {
  if (division === '' && settings.operation_id === undefined) throw unfit([{ pointer: '/division', message: unnamed }]);
  const found = activeOf(catalogue, division || String(settings.operation_id));
  if (found) return found;
  if (division !== '') throw unfit([{ pointer: '/division', message: noDivision }]);
  throw settingsUnfit('/operation_id', noDivision);
}

/** By its id or one of its names. */
function activeOf({ operations }: Catalogue, wanted: string): Operation | undefined {
  const active = operations.filter((operation) => operation.active);
  const name = wanted.trim().toLowerCase();
  return (
    active.find(({ id }) => String(id) === name) ??
    active.find((operation) => [operation.display_name, operation.name].some((each) => each.toLowerCase() === name))
  );
}

function inputOf(id: number, pointer: string, { catalogue, operation }: Within): CustomInput {
  const input = catalogue.inputs.find((each) => each.id === id && isOfLeads(each, operation));
  if (!input) throw settingsUnfit(pointer, `The account has no field ${id} on leads of "${titleOf(operation)}".`);
  return input;
}

function sourceValue(source: string, settings: Usual, within: Within): { value?: CustomValue; untold: string } {
  const { lead_source_input_id: id, lead_source_value: usual, unknown_source: unknown } = settings;
  if (id === undefined) return { untold: source };
  const input = inputOf(id, '/lead_source_input_id', within);
  const own = source === '' ? undefined : keyOf(input, source);
  if (own !== undefined) return { value: { custom_input_id: id, value: own }, untold: '' };
  if (source !== '' && (unknown === 'refuse' || usual === undefined))
    throw unfit([
      {
        pointer: '/source',
        message: `It is no option of the field "${input.name}", and the connection takes no other.`,
      },
    ]);
  return usual === undefined
    ? { untold: source }
    : { value: checked(input, usual, '/lead_source_value'), untold: source };
}

/** The key of an option, by its key or by what people read; of a field without options, the text itself. */
function keyOf(input: CustomInput, value: string): string | number | undefined {
  if (input.input_type !== 'dropdown') return value;
  const wanted = value.toLowerCase();
  const options = input.dropdown_options;
  const found =
    options.find(({ key }) => String(key) === value) ??
    options.find(({ key, display }) => [String(key), display].some((each) => each.toLowerCase() === wanted));
  return found?.key;
}

function checked(input: CustomInput, value: string, pointer: string): CustomValue {
  const key = keyOf(input, value);
  if (key === undefined) throw settingsUnfit(pointer, `It is no option of the field "${input.name}".`);
  if (characters(String(key)) > limits.value)
    throw settingsUnfit(pointer, `SingleOps takes ${limits.value} characters.`);
  return { custom_input_id: input.id, value: key };
}

function fieldMissing({ name }: CustomInput): HubError {
  return settingsUnfit('/custom_values', `SingleOps requires the field "${name}" of every lead.`);
}

function settingsUnfit(pointer: string, fault: string): HubError {
  const fields: readonly FieldFault[] = [{ pointer, message: fault }];
  const message = `The connection's settings do not fit the SingleOps account. ${pointer.slice(1)}: ${fault} Correct it and authorize again.`;
  return new HubError({ kind: 'rejected', code: 'singleops.settings-unfit', message, fields });
}
