import { type Conversion, type Scalar } from '@occ-hub/mapping';

/** The parts of LeadPerfection's "City, ST ZIP". A part that is not there is empty. */
export interface CityStateZip {
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
}

const stateAndZip = /^([A-Za-z.]{2,})\s*(.*)$/;
const withoutComma = /^(.+?)\s+([A-Za-z]{2})\s+(\d{5}(?:-\d{4})?)$/;

/**
 * Reads a CSZ. OCC's rule (split at the comma; then state, blank, ZIP) with the last comma taken, so that
 * "Washington, D.C., DC 20001" works, the rest after the state rejoined ("M5V 2T6"), and a value without any comma read
 * from its end. Never throws.
 */
export function parseCsz(value: Scalar): CityStateZip {
  const csz = String(value ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  const comma = csz.lastIndexOf(',');
  if (comma < 0) {
    const [, city, state, postalCode] = withoutComma.exec(csz) ?? [];
    return { city: city ?? csz, state: state ?? '', postalCode: postalCode ?? '' };
  }
  const city = csz.slice(0, comma).trim();
  const tail = csz.slice(comma + 1).trim();
  const [, state, postalCode] = stateAndZip.exec(tail) ?? [];
  return state === undefined
    ? { city, state: '', postalCode: tail }
    : { city, state, postalCode: postalCode?.trim() ?? '' };
}

/** One part of a CSZ. */
const part = (name: keyof CityStateZip): Conversion<Scalar, string> => ({
  name: `${name} of CSZ`,
  convert: (value) => parseCsz(value)[name],
});

export const cszCity = part('city');
export const cszState = part('state');
export const cszPostalCode = part('postalCode');
