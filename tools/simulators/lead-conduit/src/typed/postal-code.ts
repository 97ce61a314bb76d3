import type { Typed } from './typed-value.ts';
import { typed } from './typed-value.ts';

const BRITISH = /^[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}$/i;

/** `12345`, `12345-6789`, `A1A 1A1` or a British one; invalid otherwise. Leading zeros stay. */
export function postalCode(raw: string): Typed {
  const text = raw.trim();
  const us = /^(\d{5})(?:-?(\d{4}))?$/.exec(text);
  if (us) {
    const [, zip, four] = us;
    const code = four ? `${zip}-${four}` : String(zip);
    return typed(code, { raw, valid: true, country_code: 'US', code, zip, four });
  }
  const canadian = /^([a-z]\d[a-z])\s*(\d[a-z]\d)$/i.exec(text);
  if (canadian) {
    const code = `${canadian[1]} ${canadian[2]}`.toUpperCase();
    return typed(code, { raw, valid: true, country_code: 'CA', code });
  }
  if (!BRITISH.test(text)) return typed(raw, { raw, valid: false });
  return typed(text.toUpperCase(), { raw, valid: true, country_code: 'GB', code: text.toUpperCase() });
}
