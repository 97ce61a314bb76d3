import { HubError } from '@occ-hub/errors';
import { type FlattenedJWE, FlattenedEncrypt, flattenedDecrypt } from 'jose';
import type { KeyRing } from './key-ring.ts';

/** Something sealed, as it lies in the store: a flattened JWE (dir, A256GCM), the key's id in its header. */
export type Sealed = FlattenedJWE;

/** Seals secrets and opens them again. Sealed text is bound to its record: moved to another, it does not open. */
export interface Vault {
  seal(record: string, secret: unknown): Promise<Sealed>;
  /** Fails as `config` when no key of the ring opens it. */
  open(record: string, sealed: Sealed): Promise<unknown>;
  /** True when it was sealed with an older key than the ring's first. */
  isOld(sealed: Sealed): boolean;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function createVault(ring: KeyRing): Vault {
  return {
    async seal(record, secret) {
      return new FlattenedEncrypt(encoder.encode(JSON.stringify(secret)))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: ring.current })
        .setAdditionalAuthenticatedData(encoder.encode(record))
        .encrypt(ring.keys.get(ring.current)!);
    },
    async open(record, sealed) {
      const key = ring.keys.get(keyIdOf(sealed) ?? '');
      const bound = sealed.aad === Buffer.from(record).toString('base64url');
      if (!key || !bound)
        throw cannotOpen(record, key ? 'it belongs to another record' : 'its key is not in VAULT_KEYS');
      try {
        const { plaintext } = await flattenedDecrypt(sealed, key);
        return JSON.parse(decoder.decode(plaintext)) as unknown;
      } catch (error) {
        throw cannotOpen(record, 'it was changed, or the key of that id is another one', error);
      }
    },
    isOld: (sealed) => keyIdOf(sealed) !== ring.current,
  };
}

function keyIdOf(sealed: Sealed): string | undefined {
  try {
    const header = JSON.parse(Buffer.from(sealed.protected ?? '', 'base64url').toString()) as { kid?: string };
    return header.kid;
  } catch {
    return undefined;
  }
}

function cannotOpen(record: string, why: string, cause?: unknown): HubError {
  return new HubError({
    kind: 'config',
    code: 'vault.cannot-open',
    message: `The secrets of ${record} cannot be opened: ${why}.`,
    cause,
  });
}
