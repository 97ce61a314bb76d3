import type { Conversion } from '@occ-hub/mapping';
import type { Plain } from '../platform/typed-value.ts';
import type { OwnKeys } from '../platform/variables.ts';

type ToText<From = Plain> = Conversion<From, string | undefined>;

/** Between the entries of a list, TrustedForm's languages among them: nobody has published what LeadConduit puts there. */
export const listSeparator = '; ';

/** The texts of a value, trimmed, blanks left out: one for a plain value, several for a list. */
export function textsOf(value: Plain): string[] {
  if (value === undefined) return [];
  return [value].flat().flatMap((entry) => String(entry).trim() || []);
}

/** Trimmed text; a list is joined; blank is nothing. */
export function textOf(value: Plain): string | undefined {
  return textsOf(value).join(listSeparator) || undefined;
}

/** Text as it is, trimmed, leading zeros and all. */
export const words: ToText = { name: 'text', convert: textOf };

/** The first of several variables that is not blank: the variable itself, then what stands in for it. */
export const firstGiven: ToText<readonly Plain[]> = {
  name: `the first that is given; a list joined by "${listSeparator}"`,
  convert: (values) => values.map(textOf).find((text) => text !== undefined),
};

/** Several texts, each on its line: nothing that somebody wrote about the lead is lost. The same text comes once. */
export const lines: ToText<readonly Plain[]> = {
  name: 'each on its own line',
  convert: (values) => [...new Set(values.flatMap((value) => textOf(value) ?? []))].join('\n') || undefined,
};

const northAmerican = /^[2-9]\d{9}$/;

/** Ten digits of a North American number, without country code and extension. Nothing when it is no such number. */
export function tenDigitsOf(value: Plain): string | undefined {
  const written = textsOf(value)[0] ?? '';
  if (/[*]/.test(written)) return undefined;
  const digits = written.replace(/\s*(x|ext)\.?\s*\d*$/i, '').replace(/\D/g, '');
  const national = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
  return northAmerican.test(national) ? national : undefined;
}

/** Ten digits; what is no North American number goes as it was given, as LeadConduit has it for invalid values. */
export const phone: ToText = { name: 'ten digits', convert: (value) => tenDigitsOf(value) ?? textOf(value) };

const usPostalCode = /^(\d{5})(?:[- ]?(\d{4}))?$/;
const canadianPostalCode = /^([A-Z]\d[A-Z])[ -]?(\d[A-Z]\d)$/;

/** `12345`, `12345-6789` or `A1A 1A1`. Nothing when it is neither. */
export function postalCodeIn(value: Plain): string | undefined {
  const written = (textOf(value) ?? '').toUpperCase();
  const [, zip, four] = usPostalCode.exec(written) ?? [];
  if (zip !== undefined) return four === undefined ? zip : `${zip}-${four}`;
  const [, forward, local] = canadianPostalCode.exec(written) ?? [];
  return forward && `${forward} ${local}`;
}

/** A US or Canadian code in its usual spelling; any other as it was given. */
export const postalCode: ToText = { name: 'postal code', convert: (value) => postalCodeIn(value) ?? textOf(value) };

const truths = new Map([
  ...['y', 'yes', 'true', 't', '1'].map((word) => [word, true] as const),
  ...['n', 'no', 'false', 'f', '0'].map((word) => [word, false] as const),
]);

/** Truth by LeadConduit's own words; nothing for any other. */
export function truthOf(value: Plain): boolean | undefined {
  return truths.get((textOf(value) ?? '').toLowerCase());
}

/** `true` or `false` as text, false ones too; a word that is neither goes as it was given. */
export const yesNo: ToText = {
  name: 'true or false',
  convert: (value) => truthOf(value)?.toString() ?? textOf(value),
};

/** An amount without `$` and thousands separators; what is no amount goes as it was given. */
export const money: ToText = { name: 'amount', convert: (value) => amountIn(value) ?? textOf(value) };

/** `$12,500.00` → `12500.00`. Nothing when it is no amount. */
export function amountIn(value: Plain): string | undefined {
  const bare = (textOf(value) ?? '').replace(/[$,\s]/g, '');
  return /^-?\d+(\.\d+)?$/.test(bare) ? bare : undefined;
}

/** A TrustedForm certificate's address: the first of several, by https, without slashes at its end. */
export const certificate: ToText = {
  name: 'first address, by https',
  convert: (value) => {
    const [first] = textsOf(value).flatMap((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    );
    return first?.replace(/^http:/i, 'https:').replace(/\/+$/, '') || undefined;
  },
};

/** An org's own keys, as they are. */
export const eachKey: Conversion<OwnKeys, Record<string, string>> = {
  name: 'each key as its own, never over a field above',
  convert: (keys) => ({ ...keys }),
};
