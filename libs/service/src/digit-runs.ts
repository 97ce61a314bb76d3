/** Groups of digits that stand together, with nothing between them but what separates the groups of one number. */
export interface DigitRun {
  readonly digits: readonly number[];
  /** Where each group begins, and behind the last where all end. */
  readonly bounds: readonly number[];
  /** Where it stands in the text. */
  readonly from: number;
  readonly to: number;
  /** Of each group: whether what stands before it is what people write within a number (a space, a dash, a dot). */
  readonly usual: readonly boolean[];
}

/** All runs of a text with at least so many digits. */
export function* digitRuns(text: string, least: number): Generator<DigitRun> {
  let at = 0;
  while (at < text.length) {
    if (kindOf(text.charCodeAt(at)) !== digit) {
      at += 1;
      continue;
    }
    const run = runFrom(text, at);
    if (run.digits.length >= least) yield run;
    at = run.to;
  }
}

function runFrom(text: string, from: number): DigitRun {
  const [digits, bounds, usual]: [number[], number[], boolean[]] = [[], [], []];
  let to = from;
  for (let next = from; next !== none;) {
    let at = Math.abs(next);
    bounds.push(digits.length);
    usual.push(next >= 0);
    for (; kindOf(text.charCodeAt(at)) === digit; at += 1) digits.push(text.charCodeAt(at) - 48);
    to = at;
    next = acrossGap(text, at);
  }
  bounds.push(digits.length);
  return { digits, bounds, usual, from, to };
}

/** Where the next group begins, negative behind what is not usual; `none` where none belongs to this one. */
function acrossGap(text: string, from: number): number {
  let isUsual = true;
  for (let at = from; at < text.length && at <= from + longestGap; at += 1) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind === digit) return isUsual && at - from <= longestUsual ? at : -at;
    if (kind === other) return none;
    isUsual &&= kind === usualSeparator;
  }
  return none;
}

const none = Number.NEGATIVE_INFINITY;
const longestGap = 12;
const longestUsual = 3;

const [other, digit, usualSeparator, oddSeparator, unknown] = [0, 1, 2, 3, 4];
const kinds = new Uint8Array(0x10000).fill(unknown);

function kindOf(code: number): number {
  // Behind the end of the text there is no code.
  if (Number.isNaN(code)) return other;
  const known = kinds[code] ?? other;
  return known === unknown ? (kinds[code] = readKind(String.fromCharCode(code))) : known;
}

function readKind(char: string): number {
  if (/[0-9]/.test(char)) return digit;
  if (/[\n\r\u2028\u2029/,|:;]/.test(char)) return oddSeparator;
  return /[\s\p{Z}\p{Pd}\u2212._·•‧+~*]/u.test(char) ? usualSeparator : other;
}
