import type { Place, StoredVersion, VersionStore } from '../configuration/version.store.ts';

/** Versions in memory; `meanwhile` runs once, right before the next one is added. */
export function memoryVersions(): VersionStore & { meanwhile: (work: () => Promise<unknown>) => void; down: boolean } {
  const held: StoredVersion[] = [];
  let before: (() => Promise<unknown>) | undefined;
  const of = (place: Place) => {
    if (store.down) throw new Error('The store is away.');
    return held.filter(
      (one) => one.org === place.org && one.connection === place.connection && one.part === place.part,
    );
  };
  const store = {
    down: false,
    meanwhile: (work: () => Promise<unknown>) => void (before = work),
    latest: async (place: Place) => of(place).at(-1),
    get: async (place: Place, version: number) => of(place).find((one) => one.version === version),
    list: async (place: Place, { limit, before = Infinity }: { limit: number; before?: number | undefined }) =>
      of(place)
        .filter(({ version }) => version < before)
        .reverse()
        .slice(0, limit),
    async add(version: StoredVersion) {
      const work = before;
      before = undefined;
      await work?.();
      if (of(version).some((one) => one.version === version.version)) return false;
      held.push(version);
      return true;
    },
  };
  return store;
}
