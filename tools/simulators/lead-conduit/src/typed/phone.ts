import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Typed } from './typed-value.ts';
import { typed } from './typed-value.ts';

const HINTS: Readonly<Record<string, string>> = { h: 'home', w: 'work', c: 'mobile', m: 'mobile' };

/** A US phone number: ten digits when valid. A letter behind it (`h w c m`) hints at its type; asterisks mask it. */
export function phone(raw: string): Typed {
  if (raw.includes('*')) return typed(raw, { raw, valid: false, masked: true });
  const hint = /\d\s*([hwcm])\s*$/i.exec(raw)?.[1]?.toLowerCase();
  const read = parsePhoneNumberFromString(hint ? raw.replace(/[a-z]\s*$/i, '') : raw, 'US');
  if (!read) return typed(raw, { raw, valid: false, masked: false });
  const number = String(read.nationalNumber);
  const isTen = number.length === 10;
  return typed(number, {
    raw,
    valid: read.isValid(),
    masked: false,
    prefix: '1',
    area: isTen ? number.slice(0, 3) : undefined,
    exchange: isTen ? number.slice(3, 6) : undefined,
    line: isTen ? number.slice(6) : undefined,
    number: isTen ? number.slice(3) : undefined,
    extension: read.ext,
    country_code: read.country ?? 'US',
    type: hint === undefined ? undefined : HINTS[hint],
  });
}
