import { Secret } from '@occ-hub/service';
import { expect, it } from 'vitest';
import { webhookSecret } from './webhook-secret.ts';

const key = new Secret('only-for-tests-only-for-tests-only-for-tests');

it('is the same for the same seed, and another for another org, seed or key', () => {
  const base = { org: 'org-1', seed: 'seed-1' };
  const secrets = [
    webhookSecret(key, base),
    webhookSecret(key, { ...base, org: 'org-2' }),
    webhookSecret(key, { ...base, seed: 'seed-2' }),
    webhookSecret(new Secret('another-for-tests-another-for-tests'), base),
  ];
  expect(new Set(secrets).size).toBe(4);
  expect(webhookSecret(key, base)).toBe(secrets[0]);
  expect(secrets.every((secret) => /^whsec_[A-Za-z0-9+/]{43}=$/.test(secret))).toBe(true);
});
