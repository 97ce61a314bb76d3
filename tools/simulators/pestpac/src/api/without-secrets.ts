import type { Value } from '../records/value.ts';
import { isFields } from '../records/value.ts';

const SECRET = /^(cardtoken|password|client_secret|refresh_token|access_token|id_token)$/i;

/** A body as it may be kept: secrets and card tokens are masked. */
export function withoutSecrets(value: unknown): Value {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isFields(value)) return (value ?? null) as Value;
  const masked = Object.entries(value).map(([name, one]) => [name, SECRET.test(name) ? '•••' : withoutSecrets(one)]);
  return Object.fromEntries(masked) as Value;
}

/** A path as it may be kept: the token of a card is masked. */
export function pathWithoutSecrets(path: string): string {
  return path.replace(/(\/paymentAccounts\/)(?=[^/?]*[^\d/?])[^/?]+/i, (whole, before: string) =>
    /\/(capabilities|hostedPayments)$/i.test(whole) ? whole : `${before}•••`,
  );
}
