import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from './clock.ts';

/** Makes a new id; with a prefix it reads `prefix_…`. */
export type NewId = (prefix?: string) => string;

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const timeDigits = 10;
const randomDigits = 16;

/**
 * Makes ids of 26 characters (10 of time, 16 random) that sort by the time they were made, so a cursor is (time, id).
 * Within one process every id is greater than the one before, also when the clock stands still or goes back.
 */
export function createIds(sources: { clock: Clock; random: (bytes: number) => Uint8Array }): NewId {
  let lastTime = -1;
  let tail: number[] = [];
  return (prefix) => {
    const now = sources.clock();
    if (now > lastTime || !increment(tail)) {
      lastTime = Math.max(now, lastTime + (now > lastTime ? 0 : 1));
      tail = Array.from(sources.random(randomDigits), (byte) => byte & 31);
    }
    const id = digitsOf(lastTime).concat(tail);
    const text = id.map((digit) => alphabet[digit]).join('');
    return prefix === undefined ? text : `${prefix}_${text}`;
  };
}

/** A new id from the machine's clock and randomness. */
export const newId: NewId = createIds({ clock: systemClock, random: randomBytes });

function digitsOf(time: number): number[] {
  const digits: number[] = [];
  for (let rest = time; digits.length < timeDigits; rest = Math.floor(rest / 32)) digits.unshift(rest % 32);
  return digits;
}

/** Adds one in place; false when it overflowed. */
function increment(digits: number[]): boolean {
  for (let place = digits.length - 1; place >= 0; place--) {
    if (digits[place] !== 31) {
      digits[place] = (digits[place] ?? 0) + 1;
      return true;
    }
    digits[place] = 0;
  }
  return false;
}
