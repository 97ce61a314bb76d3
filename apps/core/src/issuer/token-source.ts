import { HubError } from '@occ-hub/errors';
import type { Clock } from '@occ-hub/service';
import type { CoreEnv } from '../env.ts';
import { remoteKeys, type TokenRules } from '../http/auth.ts';
import { type BuiltInIssuer, createBuiltInIssuer } from './built-in-issuer.ts';

const builtInName = 'occ-hub-core';

/** Whose tokens core takes: those of an issuer elsewhere, or its own. Throws HubError(config) when neither is set right. */
export async function tokenSource(
  env: CoreEnv,
  clock: Clock,
): Promise<{ rules: TokenRules; issuer: BuiltInIssuer | undefined }> {
  const { JWT_AUDIENCE: audience, JWT_ISSUER, JWT_JWKS_URL } = env;
  if (env.BUILT_IN_ISSUER === 'on') {
    const name = JWT_ISSUER ?? builtInName;
    const issuer = await createBuiltInIssuer(env, { issuer: name, clock });
    return { issuer, rules: { issuer: name, audience, keys: issuer.keys, clock } };
  }
  if (JWT_ISSUER === undefined || JWT_JWKS_URL === undefined) {
    throw new HubError({
      kind: 'config',
      code: 'core.issuer.missing',
      message: 'Set JWT_ISSUER and JWT_JWKS_URL to say whose tokens core takes, or BUILT_IN_ISSUER=on for a demo.',
    });
  }
  return { issuer: undefined, rules: { issuer: JWT_ISSUER, audience, keys: remoteKeys(JWT_JWKS_URL), clock } };
}
