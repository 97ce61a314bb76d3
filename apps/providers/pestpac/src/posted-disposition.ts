import { HubError } from '@occ-hub/errors';
import { readAs } from './body-of.ts';
import { looksLikeSecret } from './catalogue/secret-names.ts';
import { Disposition } from './disposition.ts';

/**
 * A disposition as ClickPoint or the page of the preview posts it. Nothing public fixes how ClickPoint spells these, and its
 * ids may be numbers. Fails as `rejected`: `pestpac.card-secret-refused` where a field that is named like a card's secret holds
 * digits, `pestpac.body-invalid` naming the fields that are wrong.
 */
export function postedDisposition(json: unknown): Disposition {
  const secret = secretNameIn(json);
  if (secret !== undefined) throw secretRefused(secret);
  return readAs(Disposition, plainly(json));
}

const spelt: Readonly<Record<string, string>> = { recordType: 'record_type', leadId: 'lead_id' };

function plainly(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => {
      const own = spelt[name] ?? name;
      return [own, own === 'lead_id' && Number.isSafeInteger(value) ? String(value) : (value as unknown)];
    }),
  );
}

/** The first name, at whatever depth, under which stands what nobody may keep of a card. */
function secretNameIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    if (!Array.isArray(value) && looksLikeSecret(name) && holdsDigits(inner)) return name;
    const found = secretNameIn(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

// From the three of a security code on; blanks, dashes and dots between them count for nothing.
const digits = /\p{Nd}(?:[\s\p{Pd}.]*\p{Nd}){2,}/u;

/** Whether something could be a secret at all: a form sends its empty fields along, and "PIN" may be a word. */
function holdsDigits(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some(holdsDigits);
  return (typeof value === 'string' || typeof value === 'number') && digits.test(String(value));
}

function secretRefused(name: string): HubError {
  const message = `The field "${name.slice(0, 60)}" looks like a security code, a PIN or a card number. Such things are never sent here; a card comes as a tokeniser's token.`;
  return new HubError({ kind: 'rejected', code: 'pestpac.card-secret-refused', message });
}
