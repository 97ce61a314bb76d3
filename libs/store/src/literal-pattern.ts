/**
 * A pattern for MongoDB that matches just this text. Not `RegExp.escape`: that writes some blanks as `\u3000`, which
 * MongoDB's patterns do not know and refuse.
 */
export function literalPattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
