import { MappingRow } from '../mappings/mappings.ts';
import type { Steps } from '../triggers/triggers.ts';
import type { Codes } from '../catalogue/codes.ts';
import type { TransferAsk } from '../transfer/transfer.ts';

/** `Location.Phone` filled by a ClickPoint field. */
export function row(field: string, clickpointField: string, more: Partial<MappingRow> = {}): MappingRow {
  const [category, ...name] = field.split('.');
  return MappingRow.parse({ category, pestpac_field: name.join('.'), clickpoint_field: clickpointField, ...more });
}

/** `Location.Source` with the same value for every lead. */
export function fixed(field: string, value: string, more: Partial<MappingRow> = {}): MappingRow {
  const { clickpoint_field: _, ...rest } = row(field, 'none', more);
  return { ...rest, value };
}

/** What every set of mappings needs. */
export const needed: readonly MappingRow[] = [
  row('Location.Division', 'Division'),
  row('Location.Source', 'Lead Source'),
  row('Location.Type', 'Location Type'),
];

/** An invented lead whose codes are those of the simulated company. */
export const record: Readonly<Record<string, string>> = {
  Division: 'RES',
  'Lead Source': 'WEB',
  'Location Type': 'R',
  'First Name': 'Ngozi',
  'Last Name': 'Okafor',
  Phone: '(413) 555-0142',
};

/** Every step but these off. */
export function only(...on: readonly (keyof Steps)[]): Steps {
  const off = { location: false, lead: false, task: false, service: false, recurring_service: false, card: false };
  return { ...off, ...Object.fromEntries(on.map((step) => [step, true])) };
}

/** An ask of a location alone, unless said otherwise. */
export function ask(more: Partial<TransferAsk> = {}): TransferAsk {
  return {
    record,
    mappings: needed,
    steps: only('location'),
    timeZone: 'America/New_York',
    now: Date.UTC(2026, 3, 3, 2, 5, 6),
    marks: { lead: '88123', run: 'r1' },
    ...more,
  };
}

const entry = (code: string, title: string) => ({ code, title, active: true });

export const codes: Codes = {
  Divisions: [entry('RES', 'Residential'), { ...entry('OLD', 'Closed'), active: false }],
  Sources: [entry('WEB', 'Web form')],
  Types: [
    { ...entry('R', 'Residence'), allow_on: 'Both' },
    { ...entry('B', 'Billing only'), allow_on: 'BillTo' },
  ],
  Employees: [
    { ...entry('JDOE', 'Jane Doe'), user: true, technician: false },
    { ...entry('TECH1', 'Tom Tech'), user: false, technician: true },
  ],
};
