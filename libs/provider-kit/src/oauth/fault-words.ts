import type { ConsentFault } from '../consent.ts';
import type { VendorName } from '../http/classify.ts';
import { maskPeople } from '../http/describe-body.ts';
import type { AnyConsent } from './app-of.ts';

/** Says what a refusal means and what to do. */
export type FaultWords = (fault: ConsentFault) => string;

export interface FaultWordParts {
  readonly vendor: VendorName;
  readonly consent: Pick<AnyConsent, 'sentence'>;
  readonly callbackUrl: string;
}

/** The provider's own words for a refusal, else the kit's. */
export function createFaultWords({ vendor, consent, callbackUrl }: FaultWordParts): FaultWords {
  return (fault) => consent.sentence(fault, { callbackUrl }) ?? kitsWords(fault, vendor.title, callbackUrl);
}

function kitsWords({ error, description }: ConsentFault, title: string, callbackUrl: string): string {
  switch (error) {
    case 'access_denied':
    case 'access-denied':
      return `Access was not granted at ${title}. Start again and allow it.`;
    case 'redirect_uri_mismatch':
      return `${title} does not know the hub's callback. Register exactly ${callbackUrl} with the app there, then start again.`;
    case 'invalid_client_id':
      return `${title} does not know the app that the settings name. Correct its key in the settings, save, and start again.`;
    case 'invalid_client':
      return `${title} does not accept the app's secret. Enter it again in the settings, save, and start again.`;
    case 'invalid_grant':
      return `${title} says that this authorization is used, ended or too old${quoted(description)}. Authorize again.`;
    default:
      return `${title} refused (${error})${quoted(description)}. Ask its administrator, then authorize again.`;
  }
}

function quoted(description: string): string {
  return description === '' ? '' : `: “${maskPeople(description)}”`;
}
