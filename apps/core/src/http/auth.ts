import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { HubError } from '@occ-hub/errors';
import { HttpProblem } from '@occ-hub/service';
import type { Clock } from '@occ-hub/service';
import { Caller } from './caller.ts';
import type { Access } from './route.ts';

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
  readonly clock: Clock;
}

/** The keys of an issuer elsewhere, fetched when a token needs them and kept. */
export function remoteKeys(url: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(url), { timeoutDuration: 3_000, cooldownDuration: 10_000 });
}

/** Makes the check of an `Authorization` header. What does not pass is 401; an issuer that is away is transient. */
export function createVerifier(rules: TokenRules): (authorization: string | undefined) => Promise<Caller> {
  return async (authorization) => {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw refuse('core.token.missing', 'Send a bearer token in the Authorization header.');
    const claims = Caller.safeParse(await payloadOf(token, rules));
    if (claims.success && (claims.data.role === 'operator' || claims.data.org !== undefined)) return claims.data;
    throw refuse(
      'core.token.claims',
      'The token needs the claims sub (a member id: letters, digits, - and _), role and (but for operators) org.',
    );
  };
}

/** The role first, then the org: another org's admin learns nothing, not even that the org exists. */
export function checkAccess(caller: Caller, access: Access, org: string | undefined): void {
  if (access === 'open') return;
  if (!access.includes(caller.role)) {
    throw new HttpProblem({
      status: 403,
      code: 'core.role.refused',
      message: `This needs the role ${access.join(' or ')}; the token has ${caller.role}.`,
    });
  }
  if (org !== undefined && caller.role !== 'operator' && caller.org !== org) {
    throw new HttpProblem({ status: 404, code: 'core.org.unknown', message: 'There is no such org.' });
  }
}

async function payloadOf(token: string, rules: TokenRules): Promise<unknown> {
  try {
    const { payload } = await jwtVerify(token, rules.keys, {
      issuer: rules.issuer,
      audience: rules.audience,
      currentDate: new Date(rules.clock()),
      clockTolerance: 5,
      algorithms: ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'],
      requiredClaims: ['exp'],
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError && !keysAreAway(error)) {
      throw refuse('core.token.refused', `The token is not good (${error.code}). Sign in again.`);
    }
    throw new HubError({
      kind: 'transient',
      code: 'core.issuer.away',
      message: 'The keys of the token issuer cannot be fetched. Try again shortly.',
      cause: error,
    });
  }
}

/** The issuer did not answer, or with something that is no set of keys: its fault, not the token's. */
function keysAreAway(error: errors.JOSEError): boolean {
  return ['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC'].includes(error.code);
}

function refuse(code: string, message: string): HttpProblem {
  return new HttpProblem({ status: 401, code, message });
}
