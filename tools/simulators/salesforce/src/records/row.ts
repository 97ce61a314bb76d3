import type { Value } from '../schema/definition.ts';

/** A record as it is stored: real field names, every stored field that was ever given, and what the org keeps. */
export interface Row {
  Id: string;
  IsDeleted: boolean;
  CreatedDate: string;
  CreatedById: string;
  LastModifiedDate: string;
  LastModifiedById: string;
  SystemModstamp: string;
  [field: string]: Value;
}

/** Epoch milliseconds as the API prints them: always UTC, and without a colon in the offset. */
export function dateTimeText(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+0000');
}

/** The same as it is stored: the org knows no fractions of a second. */
export function stampText(ms: number): string {
  return dateTimeText(Math.floor(ms / 1000) * 1000);
}

/** The instant of a printed or given date-time; NaN when it is none. */
export function instantOf(text: string): number {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return Number.NaN;
  return Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
}
