import { hkdfSync } from 'node:crypto';
import type { Secret } from '@occ-hub/service';

const secretBytes = 32;

/**
 * The secret of an org's webhook, as Standard Webhooks writes it. Made from the hub's key and the org's seed, so that
 * the store holds none and a new seed is a new secret.
 */
export function webhookSecret(key: Secret, { org, seed }: { org: string; seed: string }): string {
  const bytes = hkdfSync('sha256', key.reveal(), seed, `occ-hub/alerts/webhook/${org}`, secretBytes);
  return `whsec_${Buffer.from(bytes).toString('base64')}`;
}
