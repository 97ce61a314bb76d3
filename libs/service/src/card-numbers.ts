import { plainViews } from './card-number-views.ts';

/**
 * Whether a text holds what may be a payment card number: 13 to 19 digits that pass Luhn, in any grouping, by spaces,
 * dashes, dots and the like, in digits of any script, also where it is escaped as JSON, form or address. Where further
 * digits stand beside them, groups count together when an issuer numbers its cards so.
 */
export function hasCardNumber(text: string): boolean {
  // Also an escaped digit is written with digits.
  if (!manyDigits.test(text)) return false;
  return plainViews(text).some((view) => (view.match(digitRuns) ?? []).some(isOrHoldsCard));
}

/** As `hasCardNumber`, anywhere in a JSON value: in texts, names and whole numbers. Values that are not JSON are left out. */
export function holdsCardNumber(value: unknown): boolean {
  // Not by recursion: a body may be nested deeper than the stack.
  const left: unknown[] = [value];
  while (left.length > 0) {
    const each = left.pop();
    if (typeof each === 'string' && hasCardNumber(each)) return true;
    if (typeof each === 'number' && Number.isInteger(each) && hasCardNumber(BigInt(each).toString())) return true;
    if (typeof each !== 'object' || each === null) continue;
    for (const [name, inner] of Object.entries(each)) {
      if (!Array.isArray(each)) left.push(name);
      left.push(inner);
    }
  }
  return false;
}

const separators = String.raw`[\s\p{Z}\p{Pd}\u2212\ufffd._·•‧+~*]{1,3}`;
const digitRuns = new RegExp(String.raw`\d+(?:${separators}\d+)*`, 'gu');
const separator = new RegExp(separators, 'u');

const [least, most] = [13, 19];
const manyDigits = /(?:\p{N}\P{N}*){13}/u;

function isOrHoldsCard(run: string): boolean {
  if (run.length < least || isDecimal(run)) return false;
  const groups = run.split(separator);
  if (groups.some(isOrEndsInCard)) return true;
  if (groups.length === 1) return false;
  const digits = groups.join('');
  return isCard(digits) || holdsIssued(digits, startsOf(groups));
}

/** A coordinate or an amount: nobody sets a dot that early in a card number, and none else. */
function isDecimal(run: string): boolean {
  return /^\d{1,3}\.\d+$/.test(run);
}

/** A group by itself, or an end of one that has more digits than a card number: it may be written right beside others. */
function isOrEndsInCard(group: string): boolean {
  if (group.length <= most) return isCard(group);
  for (let length = least; length <= most; length += 1)
    if ([group.slice(0, length), group.slice(-length)].some((end) => isCard(end) && issued.test(end))) return true;
  return false;
}

/** Whether groups that stand together are as an issuer numbers. `starts` says at which digits one may begin or end. */
function holdsIssued(digits: string, starts: Uint8Array): boolean {
  for (let from = 0; from + least <= digits.length; from += 1) {
    if (starts[from] !== 1) continue;
    for (let to = from + least; to <= Math.min(from + most, digits.length); to += 1) {
      if (starts[to] !== 1 || !passesLuhn(digits, from, to)) continue;
      const part = digits.slice(from, to);
      if (isCard(part) && issued.test(part)) return true;
    }
  }
  return false;
}

/** Marks where groups begin and the last one ends, but not where a telephone number (3-3-4 digits) would be cut. */
function startsOf(groups: readonly string[]): Uint8Array {
  const sizes = groups.map(({ length }) => length);
  const starts = new Uint8Array(sizes.reduce((sum, size) => sum + size, 1));
  let digit = 0;
  for (let at = 0; at < sizes.length; at += 1) {
    starts[digit] = 1;
    const isPhone = sizes[at] === 3 && sizes[at + 1] === 3 && sizes[at + 2] === 4;
    digit += isPhone ? 10 : (sizes[at] ?? 0);
    if (isPhone) at += 2;
  }
  starts[digit] = 1;
  return starts;
}

function isCard(digits: string): boolean {
  return digits.length >= least && digits.length <= most && !isInstant(digits) && passesLuhn(digits);
}

/** Milliseconds, microseconds and nanoseconds since 1970, and a date and time in one: no issuer numbers its cards so. */
function isInstant(digits: string): boolean {
  if (/^(?:1[3-9]|2[01])/.test(digits) && [13, 16, 19].includes(digits.length)) return true;
  return /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d[0-5]\d(?:\d{3})?$/.test(
    digits,
  );
}

function passesLuhn(digits: string, from = 0, to = digits.length): boolean {
  let sum = 0;
  for (let at = from; at < to; at += 1) {
    const digit = digits.charCodeAt(at) - 48;
    const twice = digit * 2;
    sum += (to - at) % 2 === 1 ? digit : twice > 9 ? twice - 9 : twice;
  }
  return sum % 10 === 0;
}

/** How the issuers number: Visa, Mastercard, Mir, American Express, Diners, JCB, Discover, UnionPay, Maestro. */
const issued = new RegExp(
  [
    '4(?:.{12}|.{15}|.{18})',
    '(?:5[1-5]|222[1-9]|22[3-9].|2[3-6]..|27[01].|2720).*(?<=^.{16})',
    '220[0-4].{12,15}',
    '3[47].{13}',
    '3(?:0[0-5]|09|6.|8.|9.).{11,16}',
    '35.{14,17}',
    '(?:62|81).{14,17}',
    '(?:5[06-8]|6.).{11,17}',
  ]
    .map((each) => `^${each}$`)
    .join('|'),
);
