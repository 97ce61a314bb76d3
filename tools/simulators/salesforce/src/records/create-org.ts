import type { Clock } from '../clock.ts';
import type { FileParts } from '../files/files.ts';
import type { FieldDefinition } from '../schema/definition.ts';
import type { ObjectShape } from '../schema/schema.ts';
import type { SimulatorOptions } from '../settings.ts';
import type { ApiWrite, LockRefusal, Org } from './org.ts';
import type { Reader } from './read-value.ts';
import type { Row } from './row.ts';
import type { Writer } from './writer.ts';
import { createContentStore } from '../files/content-store.ts';
import { createVersion, mirrorTexts, storedFiles } from '../files/files.ts';
import { id18, idOf } from '../ids.ts';
import { DEFAULT_OBJECTS } from '../schema/objects.ts';
import { createSchema } from '../schema/schema.ts';
import { DEFAULT_SWITCHES } from '../settings.ts';
import { isComputed } from '../schema/describe.ts';
import { noSuchRecord } from './no-such-record.ts';
import { readerOf } from './read-value.ts';
import { stampText } from './row.ts';
import { SalesforceError } from './salesforce-error.ts';
import { makeSale } from './sold-flow.ts';
import { createStore } from './store.ts';
import { createRowWriter } from './writer.ts';

const WRITES_KEPT = 1000;

/** An org with its schema and no records but its users. */
export function createOrg(options: SimulatorOptions, clock: Clock): Org {
  const schema = createSchema(objectsOf(options), clock.now);
  const data = { schema, store: createStore() };
  const rows = createRowWriter(data, clock);
  const switches = { ...DEFAULT_SWITCHES, ...options.switches };
  const contents = createContentStore();
  const files: FileParts = { data, rows, contents, switches };
  const office: Writer = { userId: idOf('005', 1), api: false };
  let writes: ApiWrite[] = [];
  let lock: (ids: readonly string[]) => LockRefusal | undefined = () => undefined;
  let locatorEpoch = 0;
  let updatedLag = 0;
  const objectOf = (type: string): ObjectShape => {
    const object = schema.object(type);
    if (!object) throw new SalesforceError('NOT_FOUND', 'The requested resource does not exist', { status: 404 });
    return object;
  };
  const found = (object: ObjectShape, id: string, deletedToo = false): Row => {
    const row = data.store.get(object.name, id18(id) ?? '');
    if (!row) throw noSuchRecord(id);
    if (row.IsDeleted && !deletedToo)
      throw new SalesforceError('ENTITY_IS_DELETED', 'entity is deleted', { status: 404, fields: [] });
    return row;
  };
  const locking = (by: Writer, ids: readonly unknown[]): void => {
    if (!by.api) return;
    const refusal = lock(ids.filter((id) => typeof id === 'string'));
    if (refusal) throw new SalesforceError(refusal.errorCode, refusal.message, { fields: refusal.fields ?? [] });
  };
  const note = (by: Writer, write: Omit<ApiWrite, 'at' | 'by'>): void => {
    if (!by.api) return;
    const written = { ...write, fields: loggable(write.fields), at: clock.now(), by: by.userId };
    writes.push(written);
    if (writes.length > WRITES_KEPT) writes.shift();
    data.store.onTakenBack(() => void (writes = writes.filter((one) => one !== written)));
  };
  const sold = (object: ObjectShape, row: Row, written: { fields: Record<string, unknown>; by: Writer }): void => {
    if (!switches.saleOnSold) return;
    makeSale({ data, rows, now: clock.now() }, { object, row, fields: Object.keys(written.fields), by: written.by });
  };
  return {
    ...data,
    clock,
    switches,
    configure: (changes) => void Object.assign(switches, changes),
    create: (type, fields, { by = office, upload } = {}) => {
      const object = objectOf(type);
      locking(by, [fields['FirstPublishLocationId'], fields['LinkedEntityId']]);
      return data.store.whole(() => {
        const isVersion = object.name === 'ContentVersion';
        const row = isVersion ? createVersion(files, fields, { by, upload }) : rows.create(object, fields, by);
        sold(object, row, { fields, by });
        note(by, { kind: 'create', type: object.name, id: row.Id, fields });
        return row;
      });
    },
    update: (type, id, { fields, system, by = office }) => {
      const object = objectOf(type);
      const row = found(object, id, !by.api);
      locking(by, [row.Id]);
      return data.store.whole(() => {
        rows.update(object, row, { fields, by, ...(system ? { system } : {}) });
        mirrorTexts(files, { object, row });
        sold(object, row, { fields, by });
        note(by, { kind: 'update', type: object.name, id: row.Id, fields });
        return row;
      });
    },
    delete: (type, id, by = office) => {
      const object = objectOf(type);
      const row = found(object, id);
      locking(by, [row.Id]);
      rows.setDeleted(object, row, { deleted: true, by });
      note(by, { kind: 'delete', type: object.name, id: row.Id, fields: {} });
    },
    undelete: (type, id) => {
      const object = objectOf(type);
      rows.setDeleted(object, found(object, id, true), { deleted: false, by: office });
    },
    hardDelete: (type, id) => {
      const object = objectOf(type);
      const row = found(object, id, true);
      const versions = data.store.children('ContentVersion', 'ContentDocumentId', row.Id).map((version) => version.Id);
      rows.purge(object, row.Id);
      for (const versionId of versions) contents.remove(versionId);
    },
    get: (type, id) => {
      const object = objectOf(type);
      const row = data.store.get(object.name, id18(id) ?? '');
      return row && computedRow(row, readersOf(object));
    },
    all: (type, { deleted = false } = {}) => {
      const object = objectOf(type);
      const readers = readersOf(object);
      return [...data.store.rows(object.name)]
        .filter((row) => deleted || !row.IsDeleted)
        .map((row) => computedRow(row, readers));
    },
    files: () => storedFiles(files),
    contentOf: (versionId) => contents.get(versionId)?.bytes,
    writes: () => writes,
    expireLocators: () => void (locatorEpoch += 1),
    get locatorEpoch() {
      return locatorEpoch;
    },
    lagUpdatedBy: (ms) => void (updatedLag = ms),
    get updatedLag() {
      return updatedLag;
    },
    onLock: (ask) => void (lock = ask),
  };

  function readersOf(object: ObjectShape): [string, Reader][] {
    const computed = (field: FieldDefinition): boolean => isComputed(field) && field.autoNumber === undefined;
    return object
      .fields()
      .filter(computed)
      .map((field) => [field.name, readerOf(data, field, object)]);
  }
}

function computedRow(row: Row, readers: readonly [string, Reader][]): Row {
  const copy = { ...row };
  for (const [name, read] of readers) copy[name] = read(row);
  return copy;
}

function objectsOf(options: SimulatorOptions): NonNullable<SimulatorOptions['objects']> {
  const own = options.objects ?? [];
  const names = new Set(own.map((object) => object.name.toLowerCase()));
  return [...DEFAULT_OBJECTS.filter((object) => !names.has(object.name.toLowerCase())), ...own];
}

/** Nobody needs the content of a file in a list of writes. */
function loggable(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, name.toLowerCase() === 'versiondata' ? '(content)' : value]),
  );
}

/** The org's users as rows, so that owners and authors can be queried. */
export function seatUsers(
  org: Org,
  users: readonly { id: string; username: string; displayName: string; email: string }[],
): void {
  const now = stampText(org.clock.now());
  for (const user of users) {
    org.store.insert('User', {
      Id: user.id,
      IsDeleted: false,
      CreatedDate: now,
      CreatedById: user.id,
      LastModifiedDate: now,
      LastModifiedById: user.id,
      SystemModstamp: now,
      Username: user.username,
      Name: user.displayName,
      Email: user.email,
      IsActive: true,
    });
  }
}
