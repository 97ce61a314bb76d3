import { z } from 'zod';
import { phoneFields } from '../mappings/mappings.ts';
import { plain } from '../triggers/triggers.ts';
import type { FilledRow } from './read-rows.ts';
import { readPhone } from './values/phone.ts';
import { clean } from './values/text.ts';

/** From where a value came that PestPac can search a location by: a ClickPoint field, or a fixed value of the mappings. */
export interface LocationKey {
  readonly field: string;
  readonly from?: string;
  readonly value?: string;
}

/** What a location is searched by, in ClickPoint's words or PestPac's spelling. */
export interface SearchWords {
  /** Ten digits each. */
  readonly phones: readonly string[];
  /** Beginnings. */
  readonly addresses: readonly string[];
  readonly names: readonly string[];
}

const nameFields: readonly string[] = ['LastName', 'Company'];
const keyFields: readonly string[] = [...phoneFields, 'Address', ...nameFields];

/** Of what a location is sent with: where that came from, never what it was. */
export function keysIn(filled: readonly FilledRow[]): readonly LocationKey[] {
  return filled.flatMap(({ row, path }) => {
    if (path.leaf !== row.pestpac_field || !keyFields.includes(path.leaf)) return [];
    const { clickpoint_field: from, value } = row;
    return [{ field: path.leaf, ...(from === undefined ? {} : { from }), ...(value === undefined ? {} : { value }) }];
  });
}

/** PestPac cuts an address after 30 characters at the most, and finds it by its beginning. */
const beginning = 20;

/** What they were filled with, of the same record. */
export function wordsBy(keys: readonly LocationKey[], record: Readonly<Record<string, string>>): SearchWords {
  const texts = new Map(Object.entries(record).map(([name, text]) => [plain(name), text]));
  const textOf = ({ from, value }: LocationKey) => value ?? texts.get(plain(from ?? '')) ?? '';
  const textsOf = (fields: readonly string[]) =>
    keys.filter(({ field }) => fields.includes(field)).map((key) => clean(textOf(key), { lines: false }));
  const begin = (text: string) => text.slice(0, beginning).toWellFormed().trim();
  return {
    phones: textsOf(phoneFields).flatMap((text) => readPhone(text)?.digits ?? []),
    addresses: textsOf(['Address']).map(begin).filter(Boolean),
    names: textsOf(nameFields).map(begin).filter(Boolean),
  };
}

/** As a step keeps them. */
export const keysAsText = (keys: readonly LocationKey[]): string => JSON.stringify(keys);

const Kept = z.array(z.object({ field: z.string(), from: z.string().optional(), value: z.string().optional() }));

export function textAsKeys(text: string | undefined): readonly LocationKey[] {
  return text === undefined ? [] : (Kept.parse(JSON.parse(text)) as readonly LocationKey[]);
}
