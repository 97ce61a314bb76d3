import { createHash } from 'node:crypto';

/** The bytes of one version, or what is known of them when they were too many to keep. */
export interface Content {
  size: number;
  sha256: string;
  md5: string;
  bytes: Buffer | undefined;
}

/** Contents by version id. */
export interface ContentStore {
  put(versionId: string, bytes: Buffer): Content;
  get(versionId: string): Content | undefined;
  remove(versionId: string): void;
}

/** Keeps up to `keepBytes` in memory; the oldest contents are then reduced to size and digest. */
export function createContentStore(keepBytes = 256 * 1024 ** 2): ContentStore {
  const contents = new Map<string, Content>();
  const kept: string[] = [];
  let held = 0;
  const forget = (id: string | undefined): void => {
    const content = id === undefined ? undefined : contents.get(id);
    if (!content?.bytes) return;
    held -= content.size;
    content.bytes = undefined;
  };
  return {
    put: (versionId, bytes) => {
      const content = {
        size: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        md5: createHash('md5').update(bytes).digest('hex'),
        bytes,
      };
      contents.set(versionId, content);
      kept.push(versionId);
      held += bytes.length;
      while (held > keepBytes && kept.length > 1) forget(kept.shift());
      return content;
    },
    get: (versionId) => contents.get(versionId),
    remove: (versionId) => {
      forget(versionId);
      contents.delete(versionId);
    },
  };
}
