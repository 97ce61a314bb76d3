import type { Conversion, Scalar } from '@occ-hub/mapping';

/** The words that must stand right before a number: any other way of saying it is somebody's prose. */
const named = /(?<![A-Za-z])(?:Log number|Log no\.|LogNumber)[ \t]*[:#]?[ \t]*(\S+)/gi;
const punctuationAfter = /[^A-Za-z0-9]+$/;

/** The one number that notes name. Words without a digit, and what is shorter than four characters, are no number. */
export function readLogNumber(value: Scalar): string | undefined {
  const tokens = [...String(value ?? '').matchAll(named)].map(([, token = '']) => token.replace(punctuationAfter, ''));
  const numbers = new Set(tokens.filter((token) => /\d/.test(token) && token.length >= 4 && token.length <= 200));
  // Of two nobody knows which.
  return numbers.size === 1 ? [...numbers][0] : undefined;
}

/**
 * The lead source's number of a lead, of notes that name it: `Log number LC-000123`. LeadPerfection's rows carry no id of a
 * lead, but an office may let its template of notes do so. Nothing where the notes name none or several. Never throws.
 */
export const logNumberIn: Conversion<Scalar, string | undefined> = {
  name: 'the log number that it names',
  convert: readLogNumber,
};
