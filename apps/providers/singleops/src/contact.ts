/** What a client may be found by. */
export interface Contact {
  readonly emails: readonly string[];
  readonly phones: readonly string[];
}

const emailShape = /^[^\s@<>"(),;:]+@[^\s@<>"(),;:]+\.[^\s@<>"(),;:.]{2,}$/u;
const extension = /\s*(?:x|ext\.?|extension|#)\s*(\d{1,8})\s*$/iu;

/** Addresses of a field that may hold several, in lower case; undefined where a part is none. */
export function emailsIn(text: string): readonly string[] | undefined {
  const parts = text
    .toLowerCase()
    .split(/[\s,;]+/u)
    .filter(Boolean);
  return parts.every((part) => emailShape.test(part)) ? [...new Set(parts)] : undefined;
}

/** The ten digits of a North American number, country code and extension aside; undefined for any other. */
export function tenDigits(phone: string): string | undefined {
  const digits = phone.replace(extension, '').replace(/\D/g, '');
  const national = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
  return national.length === 10 ? national : undefined;
}

/** A number as SingleOps' sample writes it, `404-555-0112 x12`; one that is not North American as it was given. */
export function writtenPhone(phone: string): string {
  const digits = tenDigits(phone);
  if (digits === undefined) return phone.trim();
  const [, behind] = extension.exec(phone) ?? [];
  return behind === undefined ? dashed(digits) : `${dashed(digits)} x${behind}`;
}

/** The forms in which people type a number: the search compares texts. Nothing where a prefix would find half the account. */
export function phoneForms(phone: string): readonly string[] {
  const digits = tenDigits(phone);
  if (digits === undefined) return [];
  const given = phone.replace(extension, '').trim();
  const [area, exchange, line] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)];
  return [...new Set([given, dashed(digits), `(${area}) ${exchange}-${line}`, digits])];
}

/** Whether a stored field is this address: alone or among other addresses, but not with other words behind it. */
export function isEmailOf(stored: string, email: string): boolean {
  return emailsIn(stored)?.includes(email.toLowerCase()) ?? false;
}

/** Whether a stored field begins with this number; an extension or a second number may follow. */
export function isPhoneOf(stored: string, phone: string): boolean {
  const [digits, wanted] = [stored.replace(/\D/g, ''), tenDigits(phone)];
  return wanted !== undefined && (digits.startsWith(wanted) || digits.startsWith(`1${wanted}`));
}

const dashed = (digits: string): string => `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`;
