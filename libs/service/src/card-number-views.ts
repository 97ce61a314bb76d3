import { isUtf8 } from 'node:buffer';

/**
 * A text as those may read it who unescape it: as it stands, and with what addresses, forms, JSON and HTML escape; digits
 * of any script as 0-9, tags as line ends, numbers with an exponent written out, without what nobody sees.
 */
export function* plainViews(text: string): Generator<string> {
  const raw = folded(isForm(text) ? text.replaceAll('+', ' ') : text);
  const separated = unescaped(raw, 'separators');
  yield plain(separated);
  let last = raw;
  // Escapes may be escaped once more, but nobody reads them without end.
  for (let round = 0; round < deepest; round += 1) {
    const next = unescaped(last, 'all');
    if (next === last) return;
    if (next !== separated) yield plain(next);
    last = next;
  }
}

/** A form or a query: there + is a space, and only what is escaped is a plus sign. */
function isForm(text: string): boolean {
  return text.includes('+') && text.includes('=') && !/[\s"]/.test(text);
}

/** A plain view without identifiers that are hexadecimal, dates, times, telephone numbers and coordinates. */
export function withoutKnownDigits(view: string): string {
  return known.reduce((left, { shape, taken }) => left.replaceAll(shape, taken), view);
}

const deepest = 4;

/**
 * `separators` leaves escaped letters and digits as they are: who does not unescape reads the digits behind a percent sign
 * as they stand, but those of the escape itself belong to no number.
 */
function unescaped(text: string, what: 'all' | 'separators'): string {
  if (!/[%\\&]/.test(text)) return text;
  return (
    text
      .replaceAll(/(?:%[0-9a-f]{2})+/gi, (escape) => {
        const read = readEscape(escape);
        return what === 'all' || (read !== undefined && !/[\p{L}\p{N}]/u.test(read)) ? (read ?? 'x') : escape;
      })
      // However often it was escaped again: who counts the backslashes reads no other digits.
      .replaceAll(/(?<!\\)\\+(?:u([0-9a-f]{4})|[nrtbf/])/gi, (escape, hex: string | undefined) =>
        hex === undefined ? (escape.endsWith('/') ? '/' : '\n') : String.fromCharCode(Number.parseInt(hex, 16)),
      )
      .replaceAll(/&(nbsp|lt|gt);/gi, (_escape, name: string) => named[name.toLowerCase()] ?? ' ')
      .replaceAll(/&#(x?)([0-9a-f]{1,7});/gi, (_escape, x: string, code: string) =>
        charOf(Number.parseInt(code, x ? 16 : 10)),
      )
  );
}

const named: Readonly<Record<string, string>> = { nbsp: ' ', lt: '<', gt: '>' };

/** Undefined where the bytes are neither UTF-8 nor a separator in Latin-1: behind the percent sign of a swiped card stand digits. */
function readEscape(escape: string): string | undefined {
  const code = Number.parseInt(escape.slice(1, 3), 16);
  if (escape.length === 3 && code < 0x80) return String.fromCharCode(code);
  const bytes = Buffer.from(escape.replaceAll('%', ''), 'hex');
  if (isUtf8(bytes)) return bytes.toString();
  const text = bytes.toString('latin1');
  return /^[\s\u0096\u0097\u00ad]+$/.test(text) ? text.replaceAll(/[^\s]/g, '-') : undefined;
}

function charOf(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}

function plain(text: string): string {
  const whole = folded(text);
  return writtenOut(whole.includes('<') ? whole.replaceAll(tag, '\n') : whole);
}

const tag = /<\/?[a-z][a-z0-9]*(?:\s[^<>\d]{0,200})?\/?>/gi;

/** Only who reads 4.1e15 sees its digits. Fewer than eight of them are no card number. */
function writtenOut(text: string): string {
  if (!/\de[+-]?\d/i.test(text)) return text;
  return text.replaceAll(/(?<![\w.-])[1-9][\d.]{7,20}e[+-]?\d{1,2}(?![\w.])/gi, (number) => {
    const value = Number(number);
    return Number.isInteger(value) ? BigInt(value).toString() : number;
  });
}

function isAscii(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- all of ASCII
  return /^[\u0000-\u007f]*$/.test(text);
}

function folded(text: string): string {
  if (isAscii(text)) return text;
  return text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/(?![0-9])\p{Nd}/gu, digitOf);
}

/** The digits of a script stand in a row; the row begins at a multiple of sixteen, or six behind it. */
function digitOf(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const row = code - (code % 16);
  const zero = /\p{Nd}/u.test(String.fromCodePoint(row)) ? row : row + 6;
  return String(code - zero);
}

const withLetters = (least: number) => (text: string) => ((text.match(/[a-f]/gi) ?? []).length >= least ? 'x' : text);

/** What stands instead breaks a run of digits. */
const known: readonly { readonly shape: RegExp; readonly taken: (found: string) => string }[] = [
  { shape: /(?<![0-9a-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])/gi, taken: withLetters(1) },
  {
    shape: /(?<![0-9a-z])(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32}|[0-9a-f]{24}|[0-9a-f]{16})(?![0-9a-z])/gi,
    taken: withLetters(2),
  },
  ...[
    // Years first, days or months first.
    /(?<!\d[-/.]?)(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\1(?:[12]\d|3[01]|0?[1-9])(?![-/.]?\d)/g,
    /(?<!\d[-/.]?)(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|[12]\d|3[01])\1(?:19|20)\d\d(?![-/.]?\d)/g,
    // A time, with seconds and parts of them or without.
    /(?<!\d:?)(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?!:?\d)/g,
    // A coordinate: nobody sets a dot that early in a card number, and none else.
    /(?<![\d.])\d{1,3}\.\d{4,}(?!\.?\d)/g,
    // North American telephone numbers, with what is dialled before.
    /(?<!\d)(?:\+?1[-. ]{1,3})?(?:\([2-9]\d\d\)|[2-9]\d\d)[-. ]{0,3}(?<=\D)[2-9]\d\d[-. ]{1,3}\d{4}(?!\d)/g,
    // The same in one, and ZIP codes of nine digits, where nothing stands before: no card number begins with such a group.
    /(?<!\d[-. ]{0,3})(?:1?[2-9]\d\d[2-9]\d{6}|\d{5}-\d{4})(?!-?\d)/g,
    // Of the world: no card number is this short but those that nobody issues any more.
    /(?<![\p{L}\d+])\+[1-9](?:[-. ()]{0,2}\d){7,12}(?![-. ]?\d)/gu,
  ].map((shape) => ({ shape, taken: () => 'x' })),
];
