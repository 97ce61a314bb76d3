import type { Clock } from '@occ-hub/service';
import type { AnyConfigurationPart } from '../configuration.ts';
import type { AnyProvider } from '../provider.ts';
import { changedMeanwhile, invalid, unknownPart, unknownVersion } from './faults.ts';
import { rawOf, readValue } from './stored-value.ts';
import type { Place, StoredVersion, VersionStore } from './version.store.ts';

/** Who saves, and what they had looked at. */
export interface Saving extends Place {
  /** The version that was looked at; 0 where nobody had saved. */
  readonly version: number;
  readonly by: string;
  /** The vendor's client; undefined where the settings are not saved yet. */
  readonly client: () => Promise<never | undefined>;
}

/** The configuration of connections, in versions that are kept for good. */
export interface Configurations {
  /** Fails as `rejected` `configuration.unknown` where the provider declares no such part. */
  partOf(name: string): AnyConfigurationPart;
  /** As it stands, or one version; undefined is version 0. Fails as `rejected` where there is no such version. */
  find(place: Place, version?: number): Promise<StoredVersion | undefined>;
  /** Checks and adds a version. Fails as `rejected` `configuration.invalid` with pointers, or as `stale` `configuration.changed`. */
  save(saving: Saving, value: unknown): Promise<StoredVersion>;
  /** Brings a version back as a new one; checked like a save. */
  restore(saving: Saving, to: number | 'defaults'): Promise<StoredVersion>;
}

export interface ConfigurationParts {
  readonly provider: AnyProvider;
  readonly store: VersionStore;
  readonly clock: Clock;
}

export function createConfigurations({ provider, store, clock }: ConfigurationParts): Configurations {
  const partOf = (name: string): AnyConfigurationPart => {
    const part = provider.configuration?.find((each) => each.name === name);
    if (part) return part;
    throw unknownPart(provider.title, name);
  };

  async function find(place: Place, version?: number): Promise<StoredVersion | undefined> {
    if (version === undefined) return store.latest(place);
    const found = version === 0 ? undefined : await store.get(place, version);
    if (found || version === 0) return found;
    throw unknownVersion(partOf(place.part), version);
  }

  async function add(saving: Saving, entered: unknown, restored: StoredVersion['restored']): Promise<StoredVersion> {
    const part = partOf(saving.part);
    const value = await checked(part, entered, saving.client);
    const { org, connection, version, by } = saving;
    const next = { org, connection, part: part.name, version: version + 1, value: JSON.stringify(value), restored };
    const latest = await store.latest(next);
    if ((latest?.version ?? 0) === version) {
      const saved = { ...next, savedAt: clock(), savedBy: by };
      if (await store.add(saved)) return saved;
    }
    return sameAsSaved(part, { ...next, savedBy: by }, await store.latest(next));
  }

  return {
    partOf,
    find,
    save: (saving, value) => add(saving, value, null),
    async restore(saving, to) {
      const part = partOf(saving.part);
      return add(saving, rawOf(part, to === 'defaults' ? undefined : await find(saving, to)), to);
    },
  };
}

/** The shape first; what the shape refuses, the part's check never sees. */
async function checked(
  part: AnyConfigurationPart,
  entered: unknown,
  client: Saving['client'],
): Promise<NonNullable<unknown> | null> {
  const read = readValue(part, entered);
  if (!read.ok) throw invalid(part, read.faults);
  const faults = part.check ? await part.check(read.value as never, await client()) : [];
  if (faults.length > 0) throw invalid(part, faults);
  return read.value ?? null;
}

/** Whoever did not hear the answer to a save repeats it: that is no change by somebody else. */
function sameAsSaved(
  part: AnyConfigurationPart,
  wanted: Omit<StoredVersion, 'savedAt'>,
  latest: StoredVersion | undefined,
): StoredVersion {
  const isSame =
    latest?.version === wanted.version &&
    latest.value === wanted.value &&
    latest.savedBy === wanted.savedBy &&
    latest.restored === wanted.restored;
  if (isSame) return latest;
  throw changedMeanwhile(part, latest?.version ?? 0);
}
