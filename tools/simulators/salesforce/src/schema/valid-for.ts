/**
 * The bitmap of a dependent picklist entry: bit n, counted from the most significant, belongs to the n-th entry of the
 * controlling field. Whole groups of three bytes, so that the base64 text needs no `=`.
 */
export function validForBitmap(indexes: readonly number[], controllingCount: number): string {
  const bytes = Buffer.alloc(Math.max(1, Math.ceil(controllingCount / 24)) * 3);
  for (const index of indexes) {
    const at = index >> 3;
    bytes[at] = (bytes[at] ?? 0) | (0x80 >> (index % 8));
  }
  return bytes.toString('base64');
}
