import { createHash } from 'node:crypto';
import { HubError } from '@occ-hub/errors';
import { type CardFacts, CardPosted, type Disposition, textsOf } from './disposition.ts';

/** What a run is about, as it lies in its event: everything but the card's token, which lies there sealed. */
export interface RunFacts {
  readonly recordType: string;
  readonly action: string;
  /** ClickPoint's id of the lead. */
  readonly lead: string;
  /** Stands for the idempotency key: short, and the same at every attempt. */
  readonly run: string;
  readonly receivedAt: number;
  /** ClickPoint's fields by their names there; blank ones are left out. */
  readonly record: Readonly<Record<string, string>>;
  readonly card?: CardFacts;
}

const fieldPrefix = 'field:';
const cardPrefix = 'card:';
const CardShown = CardPosted.omit({ token: true });

/** The variables of the event. `key` is the caller's idempotency key, `now` when it came. */
export function variablesOf(
  { record_type, action, lead_id, fields, card }: Disposition,
  { key, now }: { key: string; now: number },
): Record<string, string> {
  const { token: _, ...shown } = card ?? { token: '' };
  return {
    ...{ record_type, action, lead_id, run: runOf(key), received_at: new Date(now).toISOString() },
    ...prefixed(fieldPrefix, textsOf(fields)),
    ...prefixed(cardPrefix, shown),
  };
}

/** Reads them again. Fails as `unreadable` where something is missing: another door than ours made the event. */
export function factsOf(variables: Readonly<Record<string, string>>): RunFacts {
  const { record_type: recordType, action, lead_id: lead, run, received_at: at } = variables;
  if (!recordType || !action || !lead || !run || !at) {
    const message = 'This lead did not come in as a disposition. Post it to /dispositions.';
    throw new HubError({ kind: 'unreadable', code: 'pestpac.no-disposition', message });
  }
  const card = CardShown.safeParse(withPrefix(cardPrefix, variables)).data;
  return {
    ...{ recordType, action, lead, run, receivedAt: Date.parse(at) },
    record: withPrefix(fieldPrefix, variables),
    ...(card === undefined ? {} : { card }),
  };
}

/** Twelve digits and letters. */
function runOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 12);
}

function prefixed(prefix: string, texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [prefix + name, text]));
}

function withPrefix(prefix: string, texts: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(texts).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, text]) => [name.slice(prefix.length), text]));
}
