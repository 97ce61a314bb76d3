/**
 * A text as those may read it who unescape it: as it stands, and with what addresses, forms, JSON and HTML escape; digits
 * of any script as 0-9, without what nobody sees. Identifiers that are hexadecimal and dates are taken out: their digits
 * are no number.
 */
export function plainViews(text: string): readonly string[] {
  const views = [unescaped(text, 'separators')];
  let last = text;
  // Escapes may be escaped once more, but nobody reads them without end.
  for (let round = 0; round < deepest; round += 1) {
    const next = unescaped(last, 'all');
    if (next === last) break;
    views.push(next);
    last = next;
  }
  return views.map(plain).filter((view, index, all) => all.indexOf(view) === index);
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
        const read = Buffer.from(escape.replaceAll('%', ''), 'hex').toString();
        return what === 'all' || !/[\p{L}\p{N}]/u.test(read) ? read : escape;
      })
      // However often it was escaped again: who counts the backslashes reads no other digits.
      .replaceAll(/(?<!\\)\\+(?:u([0-9a-f]{4})|[nrtbf])/gi, (_escape, hex: string | undefined) =>
        hex === undefined ? ' ' : String.fromCharCode(Number.parseInt(hex, 16)),
      )
      .replaceAll(/&nbsp;/gi, ' ')
      .replaceAll(/&#(x?)([0-9a-f]{1,7});/gi, (_escape, x: string, code: string) =>
        charOf(Number.parseInt(code, x ? 16 : 10)),
      )
  );
}

function charOf(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}

function plain(text: string): string {
  const folded = isAscii(text) ? text : foldedDigits(text);
  return identifiers.reduce((left, { shape, taken }) => left.replaceAll(shape, taken), folded);
}

function isAscii(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- all of ASCII
  return /^[\u0000-\u007f]*$/.test(text);
}

function foldedDigits(text: string): string {
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

/** What stands instead of an identifier breaks a run of digits. */
const identifiers: readonly { readonly shape: RegExp; readonly taken: (found: string) => string }[] = [
  { shape: /(?<![0-9a-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])/gi, taken: withLetters(1) },
  {
    shape: /(?<![0-9a-z])(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32}|[0-9a-f]{24}|[0-9a-f]{16})(?![0-9a-z])/gi,
    taken: withLetters(2),
  },
  { shape: /(?<![\d-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d-])/g, taken: () => 'x' },
  { shape: /(?<![\d.])(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d(?![\d.])/g, taken: () => 'x' },
];
