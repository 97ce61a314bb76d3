import { ControlError } from '@occ-hub/simulator-stage';
import type { StoredFile } from '../files/files.ts';
import type { ApiWrite } from '../records/org.ts';
import type { Fields } from '../records/prepare.ts';
import type { Row } from '../records/row.ts';
import type { ControlParts } from './parts.ts';
import { granted } from './granted.ts';

/** A file without its bytes. */
export type FileFacts = Omit<StoredFile, 'content'>;

/**
 * The records, as the office sees and changes them. The office's own writes are not checked, are not counted as calls
 * and may set stamps. All throw ControlError for an unknown object or record.
 */
export interface RecordControl {
  create(type: string, fields?: Fields): Row;
  /** `system` moves SystemModstamp only, as the machinery of the org does; then fields may be left out. */
  update(type: string, id: string, change: { fields?: Fields; system?: boolean }): Row;
  /** Into the recycle bin. */
  remove(type: string, id: string): void;
  undelete(type: string, id: string): void;
  /** Out of the recycle bin and gone without a trace. */
  hardDelete(type: string, id: string): void;
  /** With formulas computed, deleted or not. */
  record(type: string, id: string): Row;
  records(type: string, more?: { deleted?: boolean }): Row[];
  /** How many records of each object are not deleted. */
  objectCounts(): Record<string, number>;
  /** Files that hang on a record when one is named, oldest first. */
  files(filter?: { linkedTo?: string }): FileFacts[];
  /** Throws when the version is unknown or its bytes were too much to keep. */
  fileContent(versionId: string): Buffer;
  /** The last writes through the API, oldest first; of one object or one record when named. */
  writes(filter?: { type?: string; id?: string }): ApiWrite[];
}

export function recordControl({ org }: ControlParts): RecordControl {
  return {
    create: (type, fields = {}) => granted(() => org.get(type, org.create(type, fields).Id)) ?? unknown(type, 'new'),
    update: (type, id, { fields = {}, system = false }) => {
      granted(() => org.update(type, id, { fields, system }));
      return granted(() => org.get(type, id)) ?? unknown(type, id);
    },
    remove: (type, id) => granted(() => org.delete(type, id)),
    undelete: (type, id) => granted(() => org.undelete(type, id)),
    hardDelete: (type, id) => granted(() => org.hardDelete(type, id)),
    record: (type, id) => granted(() => org.get(type, id)) ?? unknown(type, id),
    records: (type, more = {}) => granted(() => org.all(type, more)),
    objectCounts: () => objectCounts(org),
    files: (filter = {}) => {
      const wanted = filter.linkedTo?.slice(0, 15);
      return org
        .files()
        .filter((file) => wanted === undefined || file.linkedTo.some((id) => id.slice(0, 15) === wanted))
        .map(({ content: _, ...facts }) => facts);
    },
    fileContent: (versionId) => {
      const content = org.contentOf(versionId);
      if (!content) throw new ControlError(404, `The simulator holds no bytes of a file version ${versionId}.`);
      return Buffer.from(content);
    },
    writes: (filter = {}) =>
      org
        .writes()
        .filter((one) => filter.type === undefined || one.type.toLowerCase() === filter.type.toLowerCase())
        .filter((one) => filter.id === undefined || one.id.slice(0, 15) === filter.id.slice(0, 15)),
  };
}

function objectCounts(org: ControlParts['org']): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { name } of org.schema.objects()) {
    let count = 0;
    for (const row of org.store.rows(name)) if (!row.IsDeleted) count += 1;
    counts[name] = count;
  }
  return counts;
}

function unknown(type: string, id: string): never {
  throw new ControlError(404, `The org has no ${type} ${id}.`);
}
