/** What a client may be found by. */
export interface Contact {
  readonly emails: readonly string[];
  readonly phones: readonly string[];
}

const emailShape = /^[^\s@<>"(),;:]+@[^\s@<>"(),;:]+\.[^\s@<>"(),;:.]{2,}$/u;
const extension = /[\s,;]*(?:(?:x|extension|extn|ext)\s*[.:]?|#)\s*(\d{1,8})\s*$/iu;
/** A number of ten digits in the groups in which North America writes it, among whatever else. */
const written = /(?<![\d+])(?:(?:\+|00)?1[\s.-]*)?\(?(\d{3})\)?[\s.-]*(\d{3})[\s.-]*(\d{4})(?!\d)/u;
/** Another country's, by its code. */
const foreign = /^[^\d+]*(?:\+|00)\s*(?!1)\d/u;

/** Addresses of a field that may hold several, in lower case; undefined where a part is none. */
export function emailsIn(text: string): readonly string[] | undefined {
  const parts = text
    .toLowerCase()
    .split(/[\s,;]+/u)
    .filter(Boolean);
  return parts.every((part) => emailShape.test(part)) ? [...new Set(parts)] : undefined;
}

/** The ten digits of a North American number, country code, extension and words beside it aside: of several numbers the first. Undefined for any other. */
export function tenDigits(phone: string): string | undefined {
  if (foreign.test(phone)) return undefined;
  const digits = phone.replace(extension, '').replace(/\D/g, '');
  const national = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
  return national.length === 10 ? national : numberAmongWords(phone)?.digits;
}

/** A number as SingleOps' sample writes it, `404-555-0112 x12`; words beside it stay, and one that is not North American is as it was given. */
export function writtenPhone(phone: string): string {
  const digits = tenDigits(phone);
  if (digits === undefined) return phone.trim();
  const [tail, behind] = extension.exec(phone) ?? ['', ''];
  const number = phone.slice(0, phone.length - tail.length).trim();
  const among = numberAmongWords(number);
  const bare = among === undefined ? dashed(digits) : number.replace(among.text, dashed(digits));
  return behind === '' ? bare : `${bare} x${behind}`;
}

/** The forms in which people type a number: the search compares texts. Nothing where a prefix would find half the account. */
export function phoneForms(phone: string): readonly string[] {
  const digits = tenDigits(phone);
  if (digits === undefined) return [];
  const given = numberAmongWords(phone)?.text ?? phone.replace(extension, '').trim();
  const [area, exchange, line] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)];
  return [...new Set([given, dashed(digits), `(${area}) ${exchange}-${line}`, digits])];
}

/** The first number of a text that may say more. */
function numberAmongWords(text: string): { readonly text: string; readonly digits: string } | undefined {
  const [found, ...groups] = written.exec(text) ?? [];
  return found === undefined ? undefined : { text: found, digits: groups.join('') };
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
