/** Runs of digits that may be parted by single spaces or dashes. */
const RUNS = /\d(?:[ -]?\d)*/g;

/** Whether a text, list or object holds 13 to 19 digits that pass Luhn anywhere, names included. */
export function hasCardNumber(value: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'number') return inText(String(value));
  if (Array.isArray(value)) return value.some(hasCardNumber);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, one]) => inText(name) || hasCardNumber(one));
}

function inText(text: string): boolean {
  const runs = text.match(RUNS) ?? [];
  const solid = text.match(/\d+/g) ?? [];
  return [...runs, ...solid].some((run) => isCardNumber(run.replace(/[ -]/g, '')));
}

function isCardNumber(digits: string): boolean {
  return digits.length >= 13 && digits.length <= 19 && passesLuhn(digits);
}

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
