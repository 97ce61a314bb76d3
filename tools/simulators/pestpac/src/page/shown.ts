import type { Fields } from '../records/value.ts';

/** A field as text for a page; blank for none. */
export function shown(row: Fields, name: string): string {
  const value = row[name];
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Who a record is about: people by their names, companies by theirs. */
export function nameOf(row: Fields): string {
  return `${shown(row, 'FirstName')} ${shown(row, 'LastName')}`.trim() || shown(row, 'Company') || 'nobody';
}
