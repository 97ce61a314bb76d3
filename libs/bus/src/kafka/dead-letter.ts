import type { Kind } from '@occ-hub/errors';

/** A record as it came, untouched: the bytes that a person will look at and maybe replay. */
export interface RawRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  /** Broker's epoch milliseconds, as text. With the offset it tells a record from any other of its partition. */
  readonly timestamp: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: RawHeaders;
}
export type RawHeaders = Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>;

/** A record that was set aside, and why. */
export interface DeadLetter {
  readonly record: RawRecord;
  readonly kind: Kind | 'bug';
  /** Stable and dotted, to group and search by. */
  readonly code: string;
  /** For people; holds no data of the record. */
  readonly message: string;
  readonly group: string;
  readonly attempts: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

const longestMessage = 500;

/** The original headers and, beside them, the coded reasons. */
export function deadLetterHeaders({
  record,
  ...letter
}: DeadLetter): Record<string, Buffer | string | (Buffer | string)[]> {
  const original = Object.entries(record.headers).filter((entry) => entry[1] !== undefined);
  return {
    ...(Object.fromEntries(original) as Record<string, Buffer | string | (Buffer | string)[]>),
    'parked-code': letter.code,
    'parked-kind': letter.kind,
    'parked-message': letter.message.slice(0, longestMessage),
    'parked-topic': record.topic,
    'parked-partition': String(record.partition),
    'parked-offset': record.offset,
    'parked-group': letter.group,
    'parked-attempts': String(letter.attempts),
    'parked-at': new Date(letter.at).toISOString(),
  };
}
