import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWK,
  type JWTVerifyGetKey,
  SignJWT,
} from 'jose';
import { HubError } from '@occ-hub/errors';
import type { Clock } from '@occ-hub/service';
import type { CoreEnv } from '../env.ts';

const algorithm = 'ES256';
const lifetimeSeconds = 12 * 3600;

/** What a token says. */
export interface TokenClaims {
  readonly sub: string;
  readonly role: string;
  readonly org?: string | undefined;
}

export interface BuiltInIssuer {
  readonly keys: JWTVerifyGetKey;
  readonly jwks: JSONWebKeySet;
  /** A token good for twelve hours. */
  issue(claims: TokenClaims): Promise<string>;
}

/** Gives out tokens to whoever asks: for demo and tests. Throws HubError(config) in production. */
export async function createBuiltInIssuer(
  env: Pick<CoreEnv, 'NODE_ENV' | 'BUILT_IN_ISSUER_KEY' | 'JWT_AUDIENCE'>,
  facts: { issuer: string; clock: Clock },
): Promise<BuiltInIssuer> {
  if (env.NODE_ENV === 'production') throw refused();
  const jwk = await privateKey(env.BUILT_IN_ISSUER_KEY?.reveal());
  const kid = await calculateJwkThumbprint(jwk);
  const { d: _private, ...open } = jwk;
  const jwks = { keys: [{ ...open, kid, alg: algorithm, use: 'sig' }] };
  const key = await importJWK(jwk, algorithm);
  return {
    jwks,
    keys: createLocalJWKSet(jwks),
    issue({ sub, role, org }) {
      const now = Math.floor(facts.clock() / 1000);
      return new SignJWT({ role, ...(org === undefined ? {} : { org }) })
        .setProtectedHeader({ alg: algorithm, kid })
        .setSubject(sub)
        .setIssuer(facts.issuer)
        .setAudience(env.JWT_AUDIENCE)
        .setIssuedAt(now)
        .setExpirationTime(now + lifetimeSeconds)
        .sign(key);
    },
  };
}

async function privateKey(text: string | undefined): Promise<JWK> {
  if (text === undefined) {
    const pair = await generateKeyPair(algorithm, { extractable: true });
    return exportJWK(pair.privateKey);
  }
  try {
    const jwk = JSON.parse(text) as JWK;
    await importJWK(jwk, algorithm);
    if (jwk.d === undefined) throw new Error('not a private key');
    return jwk;
  } catch (cause) {
    throw new HubError({
      kind: 'config',
      code: 'core.issuer.key',
      message: 'BUILT_IN_ISSUER_KEY is not a private ES256 JWK. Leave it out to have one made.',
      cause,
    });
  }
}

function refused(): HubError {
  return new HubError({
    kind: 'config',
    code: 'core.issuer.production',
    message:
      'BUILT_IN_ISSUER=on gives tokens to anybody and is refused in production. Set JWT_ISSUER and JWT_JWKS_URL.',
  });
}
