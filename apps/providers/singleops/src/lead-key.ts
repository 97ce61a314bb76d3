import { createHash } from 'node:crypto';
import type { Lead } from './lead.ts';

/** What an event takes as the key of a lead. */
const longest = 200;

/**
 * What a lead is known by, the same for every repeat: `source/<source>/<id>` where the source names an id of its own, so that
 * one id of two sources is two leads; else `key/<idempotency key>`. One that is too long ends in a digest of the whole.
 */
export function leadKeyOf({ source = '', source_id: id }: Lead, idempotency: string): string {
  const named = (text: string) => encodeURIComponent(text.toWellFormed());
  const key = id === undefined ? `key/${idempotency}` : `source/${named(source)}/${id.toWellFormed()}`;
  if (key.length <= longest) return key;
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 32);
  return `${key.slice(0, longest - digest.length - 1).toWellFormed()}~${digest}`;
}

/** By what people find a lead that named no id of its own; keys of other doors stand for themselves. */
export function idOfKey(key: string): string {
  return key.replace(/^key\//, '');
}
