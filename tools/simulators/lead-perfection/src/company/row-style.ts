import { hashOf } from '@occ-hub/simulator-stage';
import type { AppointmentRow } from '../data/appointment.ts';
import type { Switches } from '../settings.ts';

const CASES = ['documented', 'seed', 'lower'] as const;
const BOOLEANS = ['yn', 'real', 'text'] as const;

/** One way of printing rows. There are nine, so what is printed once per style can be kept. */
export interface RowStyle {
  fieldCase: (typeof CASES)[number];
  booleans: (typeof BOOLEANS)[number];
}

/** The style of one page. Wobbling depends on the seed, the action and the page asked for, never on earlier calls. */
export function styleOf(switches: Pick<Switches, 'fieldCase' | 'booleans'>, seed: number, page: string): RowStyle {
  const chance = hashOf(`${seed}|${page}`) >>> 3;
  return {
    fieldCase: switches.fieldCase === 'wobble' ? (CASES[chance % 3] ?? 'documented') : switches.fieldCase,
    booleans: switches.booleans === 'wobble' ? (BOOLEANS[Math.floor(chance / 3) % 3] ?? 'yn') : switches.booleans,
  };
}

export function styleKey(style: RowStyle): string {
  return `${style.fieldCase}/${style.booleans}`;
}

/** The seed's own spelling differs from the documented one in exactly these. */
const SEED_SPELLING: Readonly<Record<string, string>> = {
  ID: 'id',
  ProductID: 'ProductId',
  ProductID1: 'ProductId1',
  ProductID2: 'ProductId2',
  ProductID3: 'ProductId3',
  ProductID4: 'ProductId4',
  ProductID5: 'ProductId5',
  GSA1: 'Gsa1',
  GSA2: 'Gsa2',
  GSA3: 'Gsa3',
  GSA4: 'Gsa4',
  GSA5: 'Gsa5',
  DtyID: 'DtyId',
};

/** Any object of ours with its keys spelt in a style. */
export function spelt(record: object, style: RowStyle): Record<string, unknown> {
  const spell = (field: string): string =>
    style.fieldCase === 'lower' ? field.toLowerCase() : (SEED_SPELLING[field] ?? field);
  if (style.fieldCase === 'documented') return { ...record };
  return Object.fromEntries(Object.entries(record).map(([field, value]) => [spell(field), value]));
}

/** A row as JSON text in a style. */
export function printRow(row: AppointmentRow, style: RowStyle): string {
  const canUpdate = row.CanUpdateIndicator;
  const indicator =
    canUpdate === null || style.booleans === 'yn'
      ? canUpdate
      : style.booleans === 'real'
        ? canUpdate === 'Y'
        : String(canUpdate === 'Y');
  return JSON.stringify(spelt({ ...row, CanUpdateIndicator: indicator }, style));
}
