/**
 * Whether an issuer numbers its cards so: by the first four digits and how many there are. Of Maestro, Discover and
 * UnionPay only the lengths from 16 up, of Diners 14 and 16: others are as good as never met.
 */
export function isIssued(first: number, length: number): boolean {
  const two = Math.floor(first / 100);
  const three = Math.floor(first / 10);
  switch (Math.floor(two / 10)) {
    case 2:
      return length === 16 && ((first >= 2221 && first <= 2720) || (first >= 2200 && first <= 2204));
    case 3:
      return isOfTheThrees({ first, three, two, length });
    case 4:
      return length === 13 || length === 16 || length === 19;
    case 5:
      // Mastercard, and Maestro.
      return two >= 51 && two <= 55 ? length === 16 : length >= 16;
    case 6:
      // Discover, UnionPay, Maestro and others.
      return length >= 16;
    case 8:
      return two === 81 && length >= 16;
    default:
      return false;
  }
}

/** American Express, JCB and Diners. */
function isOfTheThrees(of: { first: number; three: number; two: number; length: number }): boolean {
  const { first, three, two, length } = of;
  if (two === 34 || two === 37) return length === 15;
  if (first >= 3528 && first <= 3589) return length >= 16;
  return (
    (length === 14 || length === 16) &&
    ((three >= 300 && three <= 305) || three === 309 || two === 36 || two === 38 || two === 39)
  );
}

/** Whether any issuer numbers its cards so, by the first four digits. */
export function beginsIssued(first: number): boolean {
  return lengths.some((length) => isIssued(first, length));
}

const lengths = [13, 14, 15, 16, 17, 18, 19] as const;
