import type { CatalogueField, FieldType } from '../../catalogue/field.ts';
import type { Codes } from '../../catalogue/codes.ts';
import { readBoolean, readInteger, readNumber } from './amount.ts';
import { readCode } from './code.ts';
import { readPhone } from './phone.ts';
import { readState, readZip } from './place.ts';
import { clean, entries, shortened } from './text.ts';
import { readDate } from './wall-clock.ts';

export interface ReadContext {
  readonly timeZone: string;
  /** The lists at hand. Undefined: nobody asked for them yet, so a code is taken as it is. */
  readonly codes?: Codes | undefined;
  readonly tooLong: 'refuse' | 'shorten';
}

/** A value as PestPac takes it, or what is wrong. Neither text ever holds the value. */
export type Read =
  { readonly value: unknown; readonly extension?: string; readonly warning?: string } | { readonly fault: string };

/** Turns a text that is not blank into what the field takes. */
export function readValue(field: CatalogueField, text: string, context: ReadContext): Read {
  const cleaned = clean(text, { lines: field.type === 'lines' || field.type === 'texts' });
  if (cleaned === '') return { fault: 'holds nothing that can be read' };
  const read = readers[field.type](cleaned, field, context);
  if ('fault' in read || typeof read.value !== 'string') return read;
  // Whether a long text is a code's title shows when the list is there.
  if (field.lookup && !context.codes?.[field.lookup.list]) return read;
  return fitted(read, read.value, { field, tooLong: context.tooLong });
}

/** Whether a row of the field may say that a long text is cut: a code or a number that is cut means another one. */
export function canBeShortened(field: CatalogueField): boolean {
  return (field.type === 'text' || field.type === 'lines') && !field.lookup && field.max !== undefined;
}

type Reader = (text: string, field: CatalogueField, context: ReadContext) => Read;

const readers: Readonly<Record<FieldType, Reader>> = {
  text: codeOrText,
  lines: (text) => ({ value: text }),
  phone: (text) => {
    const phone = readPhone(text);
    if (!phone) return { fault: 'has to be a phone number of ten digits' };
    const { digits, extension } = phone;
    return extension === undefined ? { value: digits } : { value: digits, extension };
  },
  state: (text) => found(readState(text), 'has to be a state or a province'),
  zip: (text) => found(readZip(text), 'has to be a postal code of the US (five or nine digits) or of Canada'),
  email: (text) => found(/^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/.exec(text)?.[0], 'has to be one e-mail address'),
  color: (text, { max }) => {
    const digits = /^#?([0-9a-f]{6})$/i.exec(text)?.[1];
    return found(digits && `${max === 7 ? '#' : ''}${digits}`, 'has to be a colour of six hexadecimal digits');
  },
  enum: (text, { values = [] }) => {
    const meant = values.find((value) => plain(value) === plain(text));
    return found(meant, `has to be one of ${values.join(', ')}`);
  },
  integer: (text) => found(readInteger(text), 'has to be a whole number'),
  number: (text) => found(readNumber(text), 'has to be a number'),
  boolean: (text) => found(readBoolean(text), 'has to be yes or no'),
  date: (text, _, { timeZone }) => found(readDate(text, timeZone), 'has to be a date, or a date and time'),
  texts: (text, field, context) => {
    const read = entries(text).map((entry) => (field.lookup ? readCode(entry, field.lookup, context.codes) : entry));
    return read.includes(undefined) ? unknownCode(field) : { value: read };
  },
  integers: (text) => {
    const read = entries(text).map(readInteger);
    return read.includes(undefined) ? { fault: 'has to be whole numbers with commas between' } : { value: read };
  },
};

function codeOrText(text: string, field: CatalogueField, { codes }: ReadContext): Read {
  if (!field.lookup) return { value: text };
  const value = readCode(text, field.lookup, codes);
  return value === undefined ? unknownCode(field) : { value };
}

function unknownCode({ lookup }: CatalogueField): Read {
  return { fault: `has to be one of the ${lookup?.list} that PestPac has in use and takes here` };
}

function fitted(
  read: Read,
  value: string,
  { field, tooLong }: { field: CatalogueField; tooLong: 'refuse' | 'shorten' },
): Read {
  const { max = Infinity } = field;
  if (value.length <= max) return read;
  if (tooLong === 'refuse' || !canBeShortened(field))
    return { fault: `is ${value.length} characters long, and PestPac takes ${max}` };
  return { value: shortened(value, max), warning: `was cut from ${value.length} to ${max} characters` };
}

function found(value: unknown, fault: string): Read {
  return value === undefined ? { fault } : { value };
}

function plain(text: string): string {
  return text.replace(/[\s_-]+/g, '').toLowerCase();
}
