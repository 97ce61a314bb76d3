const amount = /^([-+]?)\s*\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d{1,10})?\s*%?$/;
const largestInteger = 2_147_483_647;

/** A number as people write money, percentages and counts: `$1,234.50`, `12.5%`, `45`. Undefined where it is none. */
export function readNumber(text: string): number | undefined {
  const match = amount.exec(text);
  if (!match) return undefined;
  const read = Number(`${match[2]?.replaceAll(',', '')}${match[3] ?? ''}`);
  return match[1] === '-' && read !== 0 ? -read : read;
}

/** The same without a fraction, within what PestPac counts with. */
export function readInteger(text: string): number | undefined {
  const read = readNumber(text);
  return read !== undefined && Number.isInteger(read) && Math.abs(read) <= largestInteger ? read : undefined;
}

const yes = new Set(['yes', 'y', 'true', 't', '1', 'on']);
const no = new Set(['no', 'n', 'false', 'f', '0', 'off']);

/** Yes or no, in the ways that ClickPoint writes it. Undefined where it is neither. */
export function readBoolean(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return yes.has(word) ? true : no.has(word) ? false : undefined;
}
