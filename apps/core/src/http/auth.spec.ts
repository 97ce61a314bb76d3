import { describe, expect, it } from 'vitest';
import { Secret } from '@occ-hub/service';
import { createBuiltInIssuer } from '../issuer/built-in-issuer.ts';
import { checkAccess, createVerifier } from './auth.ts';
import { Role } from './caller.ts';

let now = Date.UTC(2030, 0, 1);
const env = { NODE_ENV: 'test', JWT_AUDIENCE: 'occ-hub', BUILT_IN_ISSUER_KEY: undefined };
const issuer = await createBuiltInIssuer(env, { issuer: 'spec', clock: () => now });
const rules = { issuer: 'spec', audience: 'occ-hub', keys: issuer.keys, clock: () => now };
const verify = createVerifier(rules);
const refusedAs = (code: string) => expect.objectContaining({ facts: expect.objectContaining({ status: 401, code }) });

describe('a token', () => {
  it('says who calls', async () => {
    const token = await issuer.issue({ sub: 'm-1', org: 'org-1', role: 'org-admin' });
    expect(await verify(`Bearer ${token}`)).toEqual({ member: 'm-1', org: 'org-1', role: 'org-admin' });
  });

  it('of an operator needs no org; of others it does', async () => {
    expect(await verify(`Bearer ${await issuer.issue({ sub: 'op', role: 'operator' })}`)).toMatchObject({
      role: 'operator',
    });
    const lost = await issuer.issue({ sub: 'm', role: 'org-user' });
    await expect(verify(`Bearer ${lost}`)).rejects.toEqual(refusedAs('core.token.claims'));
    const unknown = await issuer.issue({ sub: 'm', org: 'o', role: 'king' });
    await expect(verify(`Bearer ${unknown}`)).rejects.toEqual(refusedAs('core.token.claims'));
  });

  it('of a subject that is no member id is refused at the door, before anything is stored under it', async () => {
    for (const sub of ['auth0|64f0c0ffee', 'pat@example.com', 'm'.repeat(65)]) {
      const token = await issuer.issue({ sub, org: 'org-1', role: 'org-user' });
      await expect(verify(`Bearer ${token}`)).rejects.toEqual(refusedAs('core.token.claims'));
    }
  });

  it('is refused when missing, run out, for another audience, or of another issuer', async () => {
    await expect(verify(undefined)).rejects.toEqual(refusedAs('core.token.missing'));
    const token = await issuer.issue({ sub: 'm-1', org: 'org-1', role: 'org-user' });
    for (const wrong of [{ audience: 'elsewhere' }, { issuer: 'other' }]) {
      const other = createVerifier({ ...rules, ...wrong });
      await expect(other(`Bearer ${token}`)).rejects.toEqual(refusedAs('core.token.refused'));
    }
    const stranger = await createBuiltInIssuer(env, { issuer: 'spec', clock: () => now });
    const forged = await stranger.issue({ sub: 'm-1', org: 'org-1', role: 'org-user' });
    await expect(verify(`Bearer ${forged}`)).rejects.toEqual(refusedAs('core.token.refused'));
    now += 13 * 3_600_000;
    await expect(verify(`Bearer ${token}`)).rejects.toEqual(refusedAs('core.token.refused'));
  });
});

describe('the built-in issuer', () => {
  it('refuses to start in production', async () => {
    const production = createBuiltInIssuer({ ...env, NODE_ENV: 'production' }, { issuer: 'spec', clock: () => now });
    await expect(production).rejects.toMatchObject({ kind: 'config', code: 'core.issuer.production' });
  });

  it('refuses a key that is none', async () => {
    const broken = { ...env, BUILT_IN_ISSUER_KEY: new Secret('{"kty":"EC"}') };
    const start = createBuiltInIssuer(broken, { issuer: 'spec', clock: () => now });
    await expect(start).rejects.toMatchObject({ kind: 'config', code: 'core.issuer.key' });
  });

  it('publishes no private part of its key', () => {
    expect(issuer.jwks.keys).toHaveLength(1);
    expect(issuer.jwks.keys[0]).not.toHaveProperty('d');
  });
});

describe('access', () => {
  const admin = { member: 'm', org: 'org-1', role: 'org-admin' } as const;
  const statusOf = (run: () => void) => {
    try {
      run();
      return 200;
    } catch (error) {
      return (error as { facts: { status: number } }).facts.status;
    }
  };

  it.each([
    [200, admin, ['org-admin'], 'org-1'],
    [404, admin, ['org-admin'], 'org-2'],
    [403, admin, ['org-user'], 'org-1'],
    [403, admin, ['operator'], undefined],
    [200, { ...admin, org: undefined, role: 'operator' }, ['operator', 'org-admin'], 'org-2'],
    [403, { ...admin, org: undefined, role: 'operator' }, ['org-admin'], 'org-2'],
  ] as const)('is %i for %o among %o of %s', (status, caller, access, org) => {
    expect(statusOf(() => checkAccess(caller, [...access] as Role[], org))).toBe(status);
  });
});
