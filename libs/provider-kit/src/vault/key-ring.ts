import { HubError } from '@occ-hub/errors';

/** The keys that seal secrets: the first seals, all open. */
export interface KeyRing {
  readonly current: string;
  readonly keys: ReadonlyMap<string, Uint8Array>;
}

/** Reads `id:base64,id:base64` (32 bytes each, the one that seals first). Fails as `config`, never quoting a key. */
export function readKeyRing(text: string): KeyRing {
  const keys = new Map<string, Uint8Array>();
  for (const [index, entry] of text.split(',').entries()) {
    const [id = '', encoded = ''] = entry.trim().split(/:(.*)/s);
    const key = Buffer.from(encoded, 'base64');
    if (!/^[A-Za-z0-9_-]+$/.test(id) || key.length !== 32) {
      throw new HubError({
        kind: 'config',
        code: 'vault.key-ring-unreadable',
        message: `VAULT_KEYS: entry ${index + 1} is not "id:base64 of 32 bytes". Make one with: openssl rand -base64 32`,
      });
    }
    keys.set(id, key);
  }
  return { current: [...keys.keys()][0]!, keys };
}
