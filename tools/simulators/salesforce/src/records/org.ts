import type { Clock } from '../clock.ts';
import type { StoredFile, Upload } from '../files/files.ts';
import type { Schema } from '../schema/schema.ts';
import type { Switches } from '../settings.ts';
import type { Data } from './read-value.ts';
import type { Fields } from './prepare.ts';
import type { Row } from './row.ts';
import type { Writer } from './writer.ts';

/** A write that came through the API, without the content of files. */
export interface ApiWrite {
  at: number;
  kind: 'create' | 'update' | 'delete';
  type: string;
  id: string;
  fields: Readonly<Record<string, unknown>>;
  /** User id. */
  by: string;
}

/** The refusal of a write, as a lock on the record would give it. */
export interface LockRefusal {
  errorCode: string;
  message: string;
  fields?: readonly string[];
}

/**
 * The simulated org: what it holds and what can be done to it. Without `by`, a write is the office's own: unchecked, and
 * free to set stamps. Methods that name a record throw SalesforceError for an unknown type or id.
 */
export interface Org extends Data {
  readonly clock: Clock;
  readonly switches: Readonly<Switches>;
  configure(changes: Partial<Switches>): void;
  /** `upload` is the content of a ContentVersion that came as a part of its own. */
  create(type: string, fields: Fields, more?: { by?: Writer; upload?: Upload }): Row;
  /** `system`: moves SystemModstamp only, with or without fields. */
  update(type: string, id: string, write: { fields: Fields; system?: boolean; by?: Writer }): Row;
  delete(type: string, id: string, by?: Writer): void;
  undelete(type: string, id: string): void;
  hardDelete(type: string, id: string): void;
  /** The row with its formulas computed, deleted or not; undefined when there is none. A copy. */
  get(type: string, id: string): Row | undefined;
  /** Every row with its formulas computed; deleted ones only when asked for. Copies. */
  all(type: string, more?: { deleted?: boolean }): Row[];
  files(): StoredFile[];
  contentOf(versionId: string): Buffer | undefined;
  /** The last writes through the API, oldest first. */
  writes(): readonly ApiWrite[];
  /** Every page of a query that is still to be fetched is refused from now on. */
  expireLocators(): void;
  /** Locators opened before this number are expired. */
  readonly locatorEpoch: number;
  /** How far `latestDateCovered` lies behind the clock, in milliseconds. */
  lagUpdatedBy(ms: number): void;
  readonly updatedLag: number;
  /** Asked before every write through the API with the records it locks. */
  onLock(ask: (ids: readonly string[]) => LockRefusal | undefined): void;
  readonly schema: Schema;
}
