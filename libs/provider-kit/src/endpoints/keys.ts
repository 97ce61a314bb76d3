import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock, RandomBytes } from '@occ-hub/service';
import type { KeyStore, StoredKey } from './key.store.ts';

/** Makes keys and knows them again. */
export interface Keys {
  /** The key and its text, which is nowhere else. */
  make(of: { org: string; connection: string; name: string; scopes: readonly string[]; by: string }): Promise<{
    key: StoredKey;
    text: string;
  }>;
  /** The key of a text; undefined for anything that is no good key. A revoked one is refused within five seconds. */
  known(text: string): Promise<StoredKey | undefined>;
}

export interface KeysParts {
  readonly store: KeyStore;
  readonly clock: Clock;
  readonly random: RandomBytes;
}

const shape = /^occ_([A-Za-z0-9_-]{16})_([A-Za-z0-9_-]{43})$/;
const heldMs = 5_000;
/** When a key was used is kept to the minute. */
const noteMs = 60_000;
const mostHeld = 10_000;

export function createKeys({ store, clock, random }: KeysParts): Keys {
  const held = new Map<string, { readonly key: StoredKey | undefined; readonly readAt: number }>();

  async function keyOf(id: string): Promise<StoredKey | undefined> {
    const known = held.get(id);
    if (known && clock() - known.readAt < heldMs) return known.key;
    const key = await store.get(id);
    if (held.size >= mostHeld) held.clear();
    held.set(id, { key, readAt: clock() });
    return key;
  }

  /** Who used what and when must not hold up a lead. */
  function noteUse(key: StoredKey): void {
    const now = clock();
    if (key.usedAt !== null && now - key.usedAt < noteMs) return;
    held.set(key._id, { key: { ...key, usedAt: now }, readAt: held.get(key._id)?.readAt ?? now });
    store.markUsed(key._id, now).catch(() => undefined);
  }

  return {
    async make({ by, ...facts }) {
      const id = Buffer.from(random(12)).toString('base64url');
      const secret = Buffer.from(random(32)).toString('base64url');
      const key = { _id: id, ...facts, hash: hashOf(secret), createdAt: clock(), createdBy: by, usedAt: null };
      await store.add(key);
      return { key, text: `occ_${id}_${secret}` };
    },
    async known(text) {
      const [, id, secret] = shape.exec(text) ?? [];
      if (id === undefined || secret === undefined) return undefined;
      const key = await keyOf(id);
      if (!key || !timingSafeEqual(Buffer.from(hashOf(secret)), Buffer.from(key.hash))) return undefined;
      noteUse(key);
      return key;
    },
  };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
