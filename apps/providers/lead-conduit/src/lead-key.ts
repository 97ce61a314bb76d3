import { createHash } from 'node:crypto';
import type { Texts } from './lead-variables.ts';

/** What the source knows the lead by, the best first. A lead without any is known by all of itself: a repeat to the letter is a repeat. */
export function leadKeys(texts: Texts): readonly [string, ...string[]] {
  const named = (['lognumber', 'eventid', 'event.id', 'event_id'] as const).flatMap((name) =>
    texts[name] === undefined ? [] : [`${name === 'lognumber' ? 'log' : 'event'}/${texts[name]}`],
  );
  const [first, ...others] = new Set(named);
  return first === undefined ? [`lead/${digestOf(texts)}`] : [first, ...others];
}

/** The same for the same texts, in whatever order they came. */
export function digestOf(texts: Texts): string {
  return createHash('sha256')
    .update(JSON.stringify(Object.entries(texts).sort()))
    .digest('hex');
}

/** As much of a key as a subject holds. */
export function shortKey(key: string): string {
  return key.slice(0, 200);
}
