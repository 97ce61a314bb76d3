import { HubError } from '@occ-hub/errors';
import type { ConsentFault } from '../consent.ts';
import type { VendorAnswer } from '../http/vendor-io.ts';
import type { VendorSender } from '../http/vendor-sender.ts';
import type { Consents } from './consents.ts';
import { faultIn } from './fault-in.ts';

const timeoutMs = 5_000;

/** Mistakes that a person can put right before leaving for the vendor's page, by what the page says of them. */
const mistakes: readonly (readonly [pattern: RegExp, error: string])[] = [
  [/redirect_uri_mismatch/, 'redirect_uri_mismatch'],
  [/invalid_client_id|client identifier invalid/, 'invalid_client_id'],
];

/**
 * Looks at the vendor's page once, without a person. Fails as `rejected` when it clearly says that the app or the callback
 * is not known there. Whatever else comes, or does not come, is left for the person to see.
 */
export async function preflight(
  { vendor, words }: Pick<Consents, 'vendor' | 'words'>,
  sender: Pick<VendorSender, 'send'>,
  url: string,
): Promise<void> {
  const answer = await sender.send({ method: 'GET', url, writes: false, timeoutMs }).catch(() => undefined);
  const fault = answer && mistakeIn(answer);
  if (!fault) return;
  const code = `${vendor.id}.consent.${fault.error.replaceAll('_', '-')}`;
  throw new HubError({ kind: 'rejected', code, message: words(fault) });
}

function mistakeIn(answer: VendorAnswer): ConsentFault | undefined {
  if (answer.status !== 400) return undefined;
  const error = mistakes.find(([pattern]) => pattern.test(answer.text))?.[1];
  return error === undefined ? undefined : { error, description: faultIn(answer)?.description ?? '' };
}
