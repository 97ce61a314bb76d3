import { createHash } from 'node:crypto';

/** What was last published of a record: the hash of it, the slice it lay in, and the job it belongs to. */
export interface Digest {
  readonly hash: string;
  readonly slice: string;
  readonly job: string;
  /** What its job is known by, hashed: only where a run sees but some of the records. */
  readonly key?: string | undefined;
  /** The job was published, and no appointment. */
  readonly bare?: boolean | undefined;
}

/** In the place of a hash: the removal of the record was told. */
export const removedMark = 'removed';

/** Digests by record id. */
export type Digests = ReadonlyMap<string, Digest>;

/** A short hash of what would be published. 96 bits: a clash within one connection is out of the question. */
export function hashOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 16);
}

/** Of a store, null stands where there is nothing. */
export type SliceEntry = readonly [id: string, hash: string, job: string, key?: string | null, bare?: boolean];

/** The digest that an entry of a slice holds. */
export function digestOf(slice: string, [, hash, job, key, bare]: SliceEntry): Digest {
  return { hash, slice, job, ...(key ? { key } : {}), ...(bare ? { bare } : {}) };
}

function entryOf(id: string, { hash, job, key, bare }: Digest): SliceEntry {
  if (bare) return [id, hash, job, key ?? null, true];
  return key === undefined ? [id, hash, job] : [id, hash, job, key];
}

/** What has to be written so that the store holds the new digests: whole slices, and only those that changed. */
export interface SliceChange {
  readonly slice: string;
  readonly entries: readonly SliceEntry[];
}

/**
 * What the store holds, by slice. Takes what was published and gives the slices that differ by it, whole; as often as
 * there is something. A record that moved to another slice leaves its old one.
 */
export function createSlices(before: Digests): (published: Digests) => readonly SliceChange[] {
  const slices = new Map<string, Map<string, Digest>>();
  const sliceOf = new Map<string, string>();
  const place = (id: string, digest: Digest) => {
    sliceOf.set(id, digest.slice);
    const held = slices.get(digest.slice);
    if (held) held.set(id, digest);
    else slices.set(digest.slice, new Map([[id, digest]]));
  };
  for (const [id, digest] of before) place(id, digest);
  return (published) => {
    const touched = new Set<string>();
    for (const [id, digest] of published) {
      const old = sliceOf.get(id) ?? digest.slice;
      if (old !== digest.slice) slices.get(old)?.delete(id);
      place(id, digest);
      touched.add(old).add(digest.slice);
    }
    const entriesOf = (slice: string) => [...(slices.get(slice) ?? [])].map(([id, digest]) => entryOf(id, digest));
    return [...touched].map((slice) => ({ slice, entries: entriesOf(slice) }));
  };
}
