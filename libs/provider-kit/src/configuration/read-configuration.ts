import type { ReadConfiguration } from '../configuration.ts';
import { unreadable } from './faults.ts';
import { rawOf, readValue } from './stored-value.ts';
import type { VersionStore } from './version.store.ts';

/** Reads the configuration of one connection for one call or attempt: whoever saves meanwhile does not split it. */
export function readConfigurationOf(
  store: VersionStore,
  { org, connection }: { readonly org: string; readonly connection: string },
): ReadConfiguration {
  const held = new Map<string, Promise<{ version: number; value: unknown }>>();
  const readNow = async (part: Parameters<ReadConfiguration>[0]) => {
    const stored = await store.latest({ org, connection, part: part.name });
    if (stored === undefined) return { version: 0, value: part.initial };
    const read = readValue(part, rawOf(part, stored));
    if (!read.ok) throw unreadable(part, stored.version, read.faults);
    return { version: stored.version, value: read.value };
  };
  return ((part) => {
    const known = held.get(part.name) ?? readNow(part);
    held.set(part.name, known);
    // What could not be read is read anew.
    known.catch(() => held.delete(part.name));
    return known;
  }) as ReadConfiguration;
}
