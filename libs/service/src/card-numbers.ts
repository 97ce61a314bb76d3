import { plainViews } from './card-number-views.ts';

/**
 * Whether a text holds what may be a payment card number: 13 to 19 digits that pass Luhn, in any grouping, by spaces,
 * dashes, dots and the like, in digits of any script, also where it is escaped as JSON, form or address. Where further
 * digits stand beside them, groups count together when an issuer numbers its cards so.
 */
export function hasCardNumber(text: string): boolean {
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
const separator = new RegExp(separators, 'gu');

const [least, most] = [13, 19];

function isOrHoldsCard(run: string): boolean {
  if (run.length < least || isDecimal(run)) return false;
  const groups = run.replaceAll(separator, ' ').split(' ');
  const whole = groups.join('');
  if (isCard(whole) || (groups.length > 1 && groups.some(isCard))) return true;
  return [...partsOf(groups), ...groups.flatMap(endsOf)].some((digits) => isCard(digits) && issued.test(digits));
}

/** A coordinate or an amount: nobody sets a dot that early in a card number, and none else. */
function isDecimal(run: string): boolean {
  return /^\d{1,3}\.\d+$/.test(run);
}

/** Groups that stand together, as many as a card number may have digits. Telephone numbers are not cut in two. */
function partsOf(groups: readonly string[]): string[] {
  const cutsPhone = phoneCuts(groups);
  const parts: string[] = [];
  for (let from = 0; from < groups.length; from += 1) {
    if (cutsPhone.has(from)) continue;
    let digits = '';
    for (let to = from; to < groups.length && digits.length < most; to += 1) {
      digits += groups[to];
      if (digits.length >= least && digits.length <= most && !cutsPhone.has(to + 1)) parts.push(digits);
    }
  }
  return parts;
}

/** What stands at an end of more digits in one than a card number has: it may be written right beside others. */
function endsOf(group: string): string[] {
  if (group.length <= most) return [];
  const lengths = Array.from({ length: most - least + 1 }, (_, index) => least + index);
  return lengths.flatMap((length) => [group.slice(0, length), group.slice(-length)]);
}

/** Between which groups a telephone number (3-3-4 digits) would be cut. */
function phoneCuts(groups: readonly string[]): ReadonlySet<number> {
  const cuts = new Set<number>();
  for (let at = 0; at + 2 < groups.length; at += 1) {
    const sizes = groups.slice(at, at + 3).map(({ length }) => length);
    if (sizes.join() !== '3,3,4') continue;
    cuts.add(at + 1).add(at + 2);
    at += 2;
  }
  return cuts;
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

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const twice = digit * 2;
    sum += index % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice;
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
