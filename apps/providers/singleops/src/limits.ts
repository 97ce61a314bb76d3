/** What SingleOps takes at most, in characters (code points). */
export const limits = { name: 41, notes: 4000, value: 4000, state: 5, text: 255 } as const;

const cutMark = '… [cut]';

/** The length that SingleOps counts: characters, neither bytes nor UTF-16 units. */
export function characters(text: string): number {
  return [...text].length;
}

/** One line of at most `most` characters: shortened on a word where there is one to end on. */
export function shorten(text: string, most: number): string {
  const line = text.toWellFormed().replace(/\s+/gu, ' ').trim();
  if (characters(line) <= most) return line;
  const kept = beginning(line, most);
  const wordEnds = line[kept.length] === ' ' ? kept.length : kept.lastIndexOf(' ');
  return (wordEnds > 0 ? kept.slice(0, wordEnds) : kept).replace(/[\s,;:–—-]+$/u, '') || kept;
}

/** Notes as they are, or their beginning with a mark where they are too long. */
export function fitNotes(text: string): string {
  const whole = text.toWellFormed().replace(/\r\n?/g, '\n').trim();
  if (characters(whole) <= limits.notes) return whole;
  return `${beginning(whole, limits.notes - characters(cutMark)).trimEnd()}${cutMark}`;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** As much as fits, never half of what people see as one sign, unless that one is longer than all there is room for. */
function beginning(text: string, most: number): string {
  const atMost = [...text].slice(0, most + 1).join('');
  let [kept, count] = ['', 0];
  for (const { segment } of graphemes.segment(atMost)) {
    count += characters(segment);
    if (count > most) return kept || [...segment].slice(0, most).join('');
    kept += segment;
  }
  return kept;
}
