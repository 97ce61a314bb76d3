import type { Clock } from '../clock.ts';
import type { ApiWrite } from './org.ts';
import type { Store } from './store.ts';
import type { Writer } from './writer.ts';

const WRITES_KEPT = 1000;

/** The last writes through the API. A write that is taken back was none. */
export interface WriteLog {
  note(by: Writer, write: Omit<ApiWrite, 'at' | 'by'>): void;
  writes(): readonly ApiWrite[];
}

export function createWriteLog(store: Store, clock: Clock): WriteLog {
  let writes: ApiWrite[] = [];
  return {
    note: (by, write) => {
      if (!by.api) return;
      const written = { ...write, fields: loggable(write.fields), at: clock.now(), by: by.userId };
      writes.push(written);
      if (writes.length > WRITES_KEPT) writes.shift();
      store.onTakenBack(() => {
        writes = writes.filter((one) => one !== written);
      });
    },
    writes: () => writes,
  };
}

/** Nobody needs the content of a file in a list of writes. */
function loggable(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, name.toLowerCase() === 'versiondata' ? '(content)' : value]),
  );
}
