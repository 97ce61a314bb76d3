import { unreadable } from '../apply.ts';
import type { Conversion } from '../table.ts';

/** What vendors send where a word is meant. */
export type Scalar = string | number | boolean | null | undefined;

const asText = (value: Scalar): string => (value === null || value === undefined ? '' : String(value).trim());

/** A value that is the hub's own already. */
export const asItIs: Conversion<number, number> = { name: 'as it is', convert: (value) => value };

/** Trimmed; nothing at all becomes the empty text. */
export const text: Conversion<Scalar, string> = { name: 'text', convert: asText };

/** Trimmed; blank becomes a given text. */
export function textOr(otherwise: string): Conversion<Scalar, string> {
  return { name: `text, else "${otherwise}"`, convert: (value) => asText(value) || otherwise };
}

/** An identity: a number or a text that must be there. Kept as text, so leading zeros stay. */
export const identity: Conversion<Scalar, string> = {
  name: 'identity',
  convert: (value) => {
    const id = asText(value);
    if (id === '') throw unreadable('an identity is missing');
    return id;
  },
};

/** The parts that are there, joined. */
export function joined(separator: string): Conversion<readonly Scalar[], string> {
  return { name: `joined by "${separator}"`, convert: (values) => values.map(asText).filter(Boolean).join(separator) };
}

/**
 * E-mail addresses of several fields, each of which may hold several already: trimmed, blanks dropped, repeats dropped
 * whatever their case (the first spelling stays), joined by a comma.
 */
export const emailList: Conversion<readonly Scalar[], string> = {
  name: 'addresses joined by ","',
  convert: (values) => {
    const kept = new Map<string, string>();
    for (const address of values.flatMap((value) => asText(value).split(/[,;]/))) {
      const trimmed = address.trim();
      if (trimmed !== '' && !kept.has(trimmed.toLowerCase())) kept.set(trimmed.toLowerCase(), trimmed);
    }
    return [...kept.values()].join(',');
  },
};

/** One of a closed set, by the vendor's spelling. Anything else is unreadable: a guess would be a lie. */
export function choice<To extends string>(noun: string, values: Readonly<Record<string, To>>): Conversion<Scalar, To> {
  const table = new Map(Object.entries(values));
  return {
    name: `choice ${noun}`,
    convert: (value) => {
      const found = table.get(asText(value));
      if (found === undefined) throw unreadable(`a ${noun} that is not in the table`);
      return found;
    },
  };
}
