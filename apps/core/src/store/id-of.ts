import { createHash } from 'node:crypto';

/** Same JSON, same text of 43 characters. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}

/** Same prefix and parts, same id: an upsert needs no look-up, and a repeat meets itself. */
export function idOf(prefix: string, parts: readonly string[]): string {
  return `${prefix}_${hashOf(parts).slice(0, 26)}`;
}
