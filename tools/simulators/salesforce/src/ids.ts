const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const SERIAL = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The three letters that make a 15-character id safe where upper and lower case are not told apart. */
export function checksumOf(id15: string): string {
  return [0, 5, 10].map((from) => letterOf(id15.slice(from, from + 5))).join('');
}

function letterOf(five: string): string {
  let bits = 0;
  for (let at = 0; at < five.length; at += 1) {
    const character = five.charAt(at);
    if (character >= 'A' && character <= 'Z') bits |= 1 << at;
  }
  return LETTERS.charAt(bits);
}

/** The 18-character form of an id, or undefined for what is no id. A wrong checksum is no id either. */
export function id18(id: string): string | undefined {
  if (!/^[0-9A-Za-z]+$/.test(id)) return undefined;
  if (id.length === 15) return id + checksumOf(id);
  if (id.length !== 18) return undefined;
  const whole = id.slice(0, 15) + checksumOf(id.slice(0, 15));
  return whole.slice(15) === id.slice(15).toUpperCase() ? whole : undefined;
}

/** The id of the n-th record of a key prefix, 18 characters. */
export function idOf(prefix: string, serial: number): string {
  let text = '';
  for (let rest = serial; rest > 0; rest = Math.floor(rest / 62)) text = SERIAL.charAt(rest % 62) + text;
  const id15 = `${prefix}Hs0${text.padStart(9, '0')}`;
  return id15 + checksumOf(id15);
}
