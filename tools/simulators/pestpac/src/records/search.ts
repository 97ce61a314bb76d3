import type { Fields } from './value.ts';
import { digitsOf } from './phone.ts';

const STARTS = ['Address', 'LastName', 'Company'] as const;
const PHONES = ['Phone', 'AlternatePhone', 'MobilePhone', 'Fax'] as const;

/**
 * Whether `q` finds a record: address, last name or company starts with it, or it is the e-mail or one of the phones.
 * Letters in any case. Phones by their digits when `phoneMatch` says so, otherwise exactly as they are kept.
 */
export function matches(row: Fields, q: string, phoneMatch: 'digits' | 'exact'): boolean {
  const wanted = q.trim().toLowerCase();
  const text = (name: string): string => String(row[name] ?? '').toLowerCase();
  if (STARTS.some((name) => text(name) !== '' && text(name).startsWith(wanted))) return true;
  if (text('EMail') === wanted) return true;
  if (phoneMatch === 'exact') return PHONES.some((name) => text(name) === wanted);
  const digits = /[a-z]/.test(wanted) ? '' : digitsOf(wanted);
  return digits.length >= 7 && PHONES.some((name) => digitsOf(text(name)) === digits);
}
