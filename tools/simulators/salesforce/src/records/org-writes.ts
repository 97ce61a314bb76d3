import type { FileParts } from '../files/files.ts';
import type { Clock } from '../clock.ts';
import type { ObjectShape } from '../schema/object-shape.ts';
import type { LockRefusal, Org } from './org.ts';
import type { Row } from './row.ts';
import type { WriteLog } from './write-log.ts';
import type { Writer } from './writer.ts';
import { createVersion, mirrorTexts } from '../files/files.ts';
import { objectNamed, rowOf } from './find-row.ts';
import { SalesforceError } from './salesforce-error.ts';
import { makeSale } from './sold-flow.ts';

export interface OrgWriteParts {
  files: FileParts;
  clock: Clock;
  log: WriteLog;
  /** Who writes when nobody is named. */
  office: Writer;
  /** The refusal of a write to these records. */
  locked(ids: readonly string[]): LockRefusal | undefined;
}

/** The writing half of an org: every write, whoever makes it, goes through here with its locks, flows and log. */
export function orgWrites(parts: OrgWriteParts): Pick<Org, 'create' | 'update' | 'delete' | 'undelete' | 'hardDelete'> {
  const { office, log } = parts;
  const { data, rows, contents } = parts.files;
  return {
    create: (type, fields, { by = office, upload } = {}) => {
      const object = objectNamed(data, type);
      demandUnlocked(parts, by, [fields['FirstPublishLocationId'], fields['LinkedEntityId']]);
      return data.store.whole(() => {
        const isVersion = object.name === 'ContentVersion';
        const row = isVersion ? createVersion(parts.files, fields, { by, upload }) : rows.create(object, fields, by);
        runFlow(parts, { object, row, fields: Object.keys(fields), by });
        log.note(by, { kind: 'create', type: object.name, id: row.Id, fields });
        return row;
      });
    },
    update: (type, id, { fields, system, by = office }) => {
      const object = objectNamed(data, type);
      const row = rowOf(data, object, { id, deletedToo: !by.api });
      demandUnlocked(parts, by, [row.Id]);
      return data.store.whole(() => {
        rows.update(object, row, { fields, by, ...(system ? { system } : {}) });
        mirrorTexts(parts.files, { object, row });
        runFlow(parts, { object, row, fields: Object.keys(fields), by });
        log.note(by, { kind: 'update', type: object.name, id: row.Id, fields });
        return row;
      });
    },
    delete: (type, id, by = office) => {
      const object = objectNamed(data, type);
      const row = rowOf(data, object, { id });
      demandUnlocked(parts, by, [row.Id]);
      rows.setDeleted(object, row, { deleted: true, by });
      log.note(by, { kind: 'delete', type: object.name, id: row.Id, fields: {} });
    },
    undelete: (type, id) => {
      const object = objectNamed(data, type);
      rows.setDeleted(object, rowOf(data, object, { id, deletedToo: true }), { deleted: false, by: office });
    },
    hardDelete: (type, id) => {
      const object = objectNamed(data, type);
      const row = rowOf(data, object, { id, deletedToo: true });
      const versions = data.store.children('ContentVersion', 'ContentDocumentId', row.Id).map((version) => version.Id);
      rows.purge(object, row.Id);
      for (const versionId of versions) contents.remove(versionId);
    },
  };
}

/** The office is never kept out by a lock. */
function demandUnlocked(parts: OrgWriteParts, by: Writer, ids: readonly unknown[]): void {
  if (!by.api) return;
  const refusal = parts.locked(ids.filter((id) => typeof id === 'string'));
  if (refusal) throw new SalesforceError(refusal.errorCode, refusal.message, { fields: refusal.fields ?? [] });
}

function runFlow(
  { files, clock }: OrgWriteParts,
  written: { object: ObjectShape; row: Row; fields: readonly string[]; by: Writer },
): void {
  if (files.switches.saleOnSold) makeSale({ data: files.data, rows: files.rows, now: clock.now() }, written);
}
