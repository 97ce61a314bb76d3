import type { SalesforceUser } from '../access/users.ts';
import type { Clock } from '../clock.ts';
import type { FileParts } from '../files/files.ts';
import type { ObjectDefinition } from '../schema/definition.ts';
import type { SimulatorOptions } from '../settings.ts';
import type { LockRefusal, Org } from './org.ts';
import { createContentStore } from '../files/content-store.ts';
import { storedFiles } from '../files/files.ts';
import { idOf } from '../ids.ts';
import { DEFAULT_OBJECTS } from '../schema/objects.ts';
import { createSchema } from '../schema/schema.ts';
import { DEFAULT_SWITCHES } from '../settings.ts';
import { orgReads } from './org-reads.ts';
import { orgWrites } from './org-writes.ts';
import { stampText } from './row.ts';
import { createStore } from './store.ts';
import { createWriteLog } from './write-log.ts';
import { createRowWriter } from './writer.ts';

/** An org with its schema and without records. */
export function createOrg(options: SimulatorOptions, clock: Clock): Org {
  const data = { schema: createSchema(objectsOf(options), clock.now), store: createStore() };
  const switches = { ...DEFAULT_SWITCHES, ...options.switches };
  const contents = createContentStore();
  const files: FileParts = { data, rows: createRowWriter(data, clock), contents, switches };
  const log = createWriteLog(data.store, clock);
  const office = { userId: idOf('005', 1), api: false };
  let locked: (ids: readonly string[]) => LockRefusal | undefined = () => undefined;
  let locatorEpoch = 0;
  let updatedLag = 0;
  return {
    ...data,
    clock,
    switches,
    configure: (changes) => void Object.assign(switches, changes),
    ...orgReads(data),
    ...orgWrites({ files, clock, log, office, locked: (ids) => locked(ids) }),
    files: () => storedFiles(files),
    contentOf: (versionId) => contents.get(versionId)?.bytes,
    writes: log.writes,
    onLock: (ask) => void (locked = ask),
    expireLocators: () => void (locatorEpoch += 1),
    get locatorEpoch() {
      return locatorEpoch;
    },
    lagUpdatedBy: (ms) => void (updatedLag = ms),
    get updatedLag() {
      return updatedLag;
    },
  };
}

/** The org's users as rows, so that owners and authors can be queried. */
export function seatUsers(org: Org, users: readonly SalesforceUser[]): void {
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
      IsActive: user.active,
    });
  }
}

function objectsOf(options: SimulatorOptions): ObjectDefinition[] {
  const own = options.objects ?? [];
  const names = new Set(own.map((object) => object.name.toLowerCase()));
  return [...DEFAULT_OBJECTS.filter((object) => !names.has(object.name.toLowerCase())), ...own];
}
