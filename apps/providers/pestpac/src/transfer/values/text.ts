/** A text without what no field can hold: control characters go, and a field of one line gets one. */
export function clean(text: string, { lines }: { lines: boolean }): string {
  const spaced = lines ? text.replace(/\r\n?/g, '\n') : text.replace(/\s+/g, ' ');
  return spaced
    .replace(/[\p{Cc}\u2028\u2029]/gu, (character) => (character === '\n' || character === '\t' ? character : ''))
    .toWellFormed()
    .trim();
}

/** The beginning of a text, never half a character. */
export function shortened(text: string, max: number): string {
  return text
    .slice(0, max)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
}

/** The entries of a list that is written with commas, semicolons or lines. */
export function entries(text: string): readonly string[] {
  const found = text.split(/[,;\n]/).map((entry) => entry.trim());
  return [...new Set(found.filter((entry) => entry !== ''))];
}
