import { beginsIssued, isIssued } from './card-issuers.ts';
import { plainViews, withoutKnownDigits } from './card-number-views.ts';
import { type DigitRun, digitRuns } from './digit-runs.ts';

/**
 * Whether a text holds what may be a payment card number: 13 to 19 digits that pass Luhn, written in one or grouped as on
 * a card; in any other grouping, by slashes, commas, bars, lines or tags, or with its code right behind it, where an issuer
 * numbers its cards so. In digits of any script, also where it is escaped as JSON, form, address or HTML. What reads as a
 * telephone number, date, time, coordinate or hexadecimal identifier is no part of one.
 */
export function hasCardNumber(text: string): boolean {
  for (const view of plainViews(text)) if (holdsOne(view)) return true;
  return false;
}

/** As `hasCardNumber`, anywhere in a JSON value: in texts, names and whole numbers. Values that are not JSON are left out. */
export function holdsCardNumber(value: unknown): boolean {
  // Not by recursion: a body may be nested deeper than the stack.
  const left: unknown[] = [value];
  while (left.length > 0) {
    const each = left.pop();
    if (typeof each === 'string' && each.length >= least && hasCardNumber(each)) return true;
    if (typeof each === 'number' && Number.isInteger(each) && hasCardNumber(BigInt(each).toString())) return true;
    if (typeof each !== 'object' || each === null) continue;
    for (const [name, inner] of Object.entries(each)) {
      if (!Array.isArray(each)) left.push(name);
      left.push(inner);
    }
  }
  return false;
}

const [least, most] = [13, 19];

function holdsOne(view: string): boolean {
  const suspects = suspectsIn(view);
  // Only these are looked at twice: what is known takes long to find.
  return suspects.length > 0 && [...digitRuns(withoutKnownDigits(suspects.join('\nx\n')), least)].some(holdsOneOf);
}

/** Parts of a view with runs that may hold one, and with what stands around them. */
function suspectsIn(view: string): readonly string[] {
  const parts: [from: number, to: number][] = [];
  for (const run of digitRuns(view, least)) {
    const last = parts.at(-1);
    const near = last !== undefined && run.from - last[1] < 2 * around;
    if (near && run.from < last[1]) continue;
    if (!holdsOneOf(run)) continue;
    if (near) last[1] = run.to;
    else parts.push([run.from, run.to]);
  }
  return parts.map(([from, to]) => view.slice(wordEnd(view, from - around, -1), wordEnd(view, to + around, 1)));
}

/** As long as the longest identifier whose digits may be taken for a card number. */
const around = 64;

/** Where the word ends that stands at a place: nothing is cut in two. */
function wordEnd(text: string, at: number, step: 1 | -1): number {
  let end = Math.min(Math.max(at, 0), text.length);
  while (end > 0 && end < text.length && /[\w.+-]/.test(text[step === 1 ? end : end - 1]!)) end += step;
  return end;
}

function holdsOneOf(run: DigitRun): boolean {
  const luhn = luhnOf(run.digits);
  for (let group = 0; group < run.usual.length; group += 1)
    if (isOrEndsInCard(run, group, luhn) || beginsJoined(run, group, luhn)) return true;
  return false;
}

type Luhn = (from: number, to: number) => boolean;

/** A group by itself; or one with more digits, where a card number stands right beside others, as its date or code. */
function isOrEndsInCard({ digits, bounds }: DigitRun, group: number, luhn: Luhn): boolean {
  const [from, to] = [bounds[group]!, bounds[group + 1]!];
  const size = to - from;
  if (size < least) return false;
  const isCard = (begin: number, end: number) => luhn(begin, end) && !isInstant(digits, begin, end);
  if (size <= most && isCard(from, to)) return true;
  const issued = (begin: number, end: number) => luhn(begin, end) && isIssued(firstOf(digits, begin), end - begin);
  if (size <= most) return [14, 15, 16].some((length) => [3, 4].includes(size - length) && issued(from, from + length));
  for (let length = least; length <= most; length += 1)
    if (issued(from, from + length) || issued(to - length, to)) return true;
  return false;
}

/** Whether groups from this one on make a card number together. */
function beginsJoined({ digits, bounds, usual }: DigitRun, group: number, luhn: Luhn): boolean {
  const from = bounds[group]!;
  const first = firstOf(digits, from);
  const [size, isFirstIssued] = [bounds[group + 1]! - from, beginsIssued(first)];
  if (size !== 4 && !isFirstIssued) return false;
  let isUsual = true;
  for (let next = group + 1; next < usual.length; next += 1) {
    const to = bounds[next + 1]!;
    if (to - from > most) return false;
    isUsual &&= usual[next]!;
    if (to - from < least || !luhn(from, to)) continue;
    const issued = isIssued(first, to - from);
    if (size !== 4 && !issued) continue;
    const sizes = bounds.slice(group + 1, next + 2).map((end, at) => end - bounds[group + at]!);
    if (isUsual && asOnCards.test(sizes.join('-'))) return true;
    if (issued && (asOnSomeCards.test(sizes.join('-')) || (isUsual && isPlausible(sizes)))) return true;
  }
  return false;
}

const asOnCards = /^(?:4-4-4-4(?:-3)?|4-6-[45])$/;
const asOnSomeCards = /^(?:4-4-4-4(?:-[1-3])?|4-4-4-[1-3]|4-6-[45])$/;

/** Digit by digit, or in groups of several; what is mixed of both is a list of numbers. */
function isPlausible(sizes: readonly number[]): boolean {
  return sizes.every((size) => size === 1) || sizes.slice(0, -1).every((size) => size > 1);
}

function firstOf(digits: readonly number[], at: number): number {
  return digits[at]! * 1000 + digits[at + 1]! * 100 + digits[at + 2]! * 10 + digits[at + 3]!;
}

/** Milliseconds, microseconds and nanoseconds since 1970, and a date and time in one: no issuer numbers its cards so. */
function isInstant(digits: readonly number[], from: number, to: number): boolean {
  const text = digits.slice(from, to).join('');
  if (/^(?:1[3-9]|2[01])/.test(text) && [13, 16, 19].includes(text.length)) return true;
  return /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d[0-5]\d(?:\d{3})?$/.test(text);
}

/** Luhn of any part, from sums over all: one that doubles the digits at even places, one those at odd places. */
function luhnOf(digits: readonly number[]): Luhn {
  const sums = [new Uint8Array(digits.length + 1), new Uint8Array(digits.length + 1)] as const;
  digits.forEach((digit, at) => {
    const twice = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sums[0][at + 1] = (sums[0][at]! + (at % 2 === 0 ? twice : digit)) % 10;
    sums[1][at + 1] = (sums[1][at]! + (at % 2 === 1 ? twice : digit)) % 10;
  });
  return (from, to) => {
    const sum = sums[to % 2 === 0 ? 0 : 1];
    return sum[from] === sum[to];
  };
}
