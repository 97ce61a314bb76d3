import type { Phone } from '@occ-hub/contracts';
import type { Conversion, Scalar } from '@occ-hub/mapping';

/** Fewer digits are no number that anybody can call. */
const fewestDigits = 7;

/**
 * "Mobile: 555-0100, Home: 555-0101": split at commas, then each at its first colon (seed 002), with what the seed leaves
 * open: blanks go, a number without a name stays, the same number counts once, and what is no number is left out.
 */
export function phoneListOf(text: string): { readonly phones: readonly Phone[]; readonly leftOut: number } {
  const phones = new Map<string, Phone>();
  let leftOut = 0;
  for (const entry of text.split(',').map((each) => each.trim())) {
    if (entry === '') continue;
    const colon = entry.indexOf(':');
    const name = colon < 0 ? '' : entry.slice(0, colon).trim();
    const number = entry.slice(colon + 1).trim();
    const digits = number.replace(/\D/g, '');
    if (colon < 0 && digits.length < fewestDigits) leftOut += 1;
    else if (number !== '' && !phones.has(digits || number)) phones.set(digits || number, { name, number });
  }
  return { phones: [...phones.values()], leftOut };
}

/** The first of the fields that holds anything. */
export const phoneList: Conversion<readonly Scalar[], Phone[]> = {
  name: 'split on comma, then on colon',
  convert: (values, { warn }) => {
    const text = values.map((value) => String(value ?? '').trim()).find((value) => value !== '') ?? '';
    const { phones, leftOut } = phoneListOf(text);
    if (leftOut > 0) warn(`${leftOut} part(s) of the phone list are no "name: number" and were left out.`);
    return [...phones];
  },
};
