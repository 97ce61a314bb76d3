import { placeOf } from './paths.ts';
import { plainOf } from './typed-value.ts';

/**
 * Overwrites a secret on `vars` with as many asterisks as it had characters, so that the event the platform records
 * never shows it. Call it when the real request is built: afterwards `vars` no longer has the secret.
 */
export function mask(vars: unknown, path: string): void {
  const place = placeOf(vars, path);
  if (place === undefined) return;
  const secret = [plainOf(place.holder[place.key])].flat().join('');
  if (secret !== '') place.holder[place.key] = '*'.repeat(secret.length);
}
