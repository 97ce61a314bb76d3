import type { AppointmentRow } from '../../data/appointment.ts';
import type { Call } from '../action.ts';
import type { Params } from '../request-body.ts';
import { text } from '../request-body.ts';

/** The parts of a row that an update writes. */
export type UpdateFields = Partial<AppointmentRow>;

const PAIRS = [1, 2, 3, 4, 5] as const;

const USER_FIELDS = [1, 2, 3, 4, 5].flatMap((tens) => [1, 2, 3, 4, 5].map((ones) => `user${tens}${ones}`));
/** Values that the known rows do not print, by the revision that brought them in. */
const EXTRAS: Readonly<Record<1 | 2 | 3, readonly string[]>> = {
  1: USER_FIELDS,
  2: ['followupdate', 'followuptime'],
  3: ['slt_id', 'st2_id', 'vendor1', 'vendor2', 'vendor3', 'vendor4', 'vendor5'],
};

/** Reads what an update call says; a text is the reason why the company refuses it, and then nothing may be written. */
export function readUpdate(
  call: Call,
  revision: 1 | 2 | 3,
): { fields: UpdateFields; extra: Record<string, string> } | string {
  const { params, company } = call;
  const clears = company.switches.overwrite;
  const fields: UpdateFields = {};

  const disposition = text(params, 'disposition')?.trim();
  if (disposition) {
    const known = company.lookups.dispositions.find((one) => one.code.toLowerCase() === disposition.toLowerCase());
    if (!known) return `Disposition '${disposition}' does not exist.`;
    Object.assign(fields, { Disposition: known.code, DispositionComments: known.text });
  } else if (clears || disposition === '') {
    Object.assign(fields, { Disposition: null, DispositionComments: null });
  }

  const presNotes = text(params, 'presnotes');
  if (presNotes !== undefined || clears) fields.PresNotes = presNotes || null;

  for (const number of PAIRS) {
    const product = text(params, `product_id${number}`)?.trim();
    if (product !== undefined || clears) fields[`ProductID${number}`] = product || null;
    const amount = readAmount(params, number);
    if (amount === 'not money') return `Error converting data type nvarchar to money. Parameter '@gsa${number}'.`;
    if (amount !== undefined || clears) fields[`GSA${number}`] = amount ?? null;
  }
  return { fields, extra: readExtras(params, revision) };
}

/** SQL's money type reads a currency sign and thousands commas. Undefined when left out, null when blank. */
function readAmount(params: Params, number: number): number | null | undefined | 'not money' {
  const given = text(params, `gsa${number}`);
  if (given === undefined) return undefined;
  const plain = given.trim().replace(/^\$/, '').replaceAll(',', '');
  if (plain === '') return null;
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : 'not money';
}

function readExtras(params: Params, revision: 1 | 2 | 3): Record<string, string> {
  const extra: Record<string, string> = {};
  for (const known of [1, 2, 3] as const) {
    if (known > revision) break;
    for (const name of EXTRAS[known]) {
      const value = text(params, name);
      if (value !== undefined) extra[name] = value;
    }
  }
  return extra;
}
