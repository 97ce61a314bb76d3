import { hkdfSync } from 'node:crypto';
import type { Clock } from '@occ-hub/service';
import { SignJWT, errors, jwtVerify } from 'jose';
import type { KeyRing } from '../vault/key-ring.ts';

/** What comes of a `state` that was sent back: the pending authorization it names, or why it names none. */
export type ReadState = { readonly pending: string } | { readonly refused: 'forged' | 'expired' };

/** The `state` of an authorization: says which one it is, and that this hub made it. */
export interface States {
  /** `expiresAt` in epoch ms. */
  sign(pending: string, expiresAt: number): Promise<string>;
  /** Never throws for a bad state. */
  read(state: string): Promise<ReadState>;
}

export interface StateParts {
  readonly ring: KeyRing;
  /** A state of one provider means nothing to another. */
  readonly provider: string;
  readonly clock: Clock;
}

/** States are signed with a key made from the ring's first; one of any key of the ring is read. */
export function createStates({ ring, provider, clock }: StateParts): States {
  const keyOf = (id: string | undefined): Uint8Array => {
    const key = ring.keys.get(id ?? '');
    if (!key) throw new errors.JWSInvalid('a key that is not in the ring');
    return new Uint8Array(hkdfSync('sha256', key, '', 'occ-hub oauth state', 32));
  };
  return {
    sign: (pending, expiresAt) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'HS256', kid: ring.current })
        .setSubject(pending)
        .setAudience(provider)
        .setExpirationTime(Math.floor(expiresAt / 1000))
        .sign(keyOf(ring.current)),
    async read(state) {
      const checks = { audience: provider, algorithms: ['HS256'], requiredClaims: ['exp', 'sub'] };
      try {
        const { payload } = await jwtVerify(state, ({ kid }) => keyOf(kid), {
          ...checks,
          currentDate: new Date(clock()),
        });
        return { pending: payload.sub! };
      } catch (error) {
        if (error instanceof errors.JWTExpired) return { refused: 'expired' };
        if (error instanceof errors.JOSEError) return { refused: 'forged' };
        throw error;
      }
    },
  };
}
