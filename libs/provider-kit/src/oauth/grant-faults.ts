import { HubError, isHubError } from '@occ-hub/errors';
import type { VendorName } from '../http/classify.ts';

const credential = (vendor: VendorName, what: string, message: string) =>
  new HubError({ kind: 'credential', code: `${vendor.id}.grant.${what}`, message });

/** Nobody has consented, or to another app. */
export function noGrant(vendor: VendorName): HubError {
  return credential(vendor, 'none', `Nobody has authorized the hub at ${vendor.title} yet. Authorize it there.`);
}

/** True for `noGrant`: no credentials were refused, there are none. */
export function isNoGrant(error: unknown): boolean {
  return isHubError(error, 'credential') && error.code.endsWith('.grant.none');
}

/** The vendor ended the grant. */
export function endedGrant(vendor: VendorName, why: string): HubError {
  return credential(vendor, 'ended', why);
}

/** The vendor refused to refresh, for a reason that says nothing about the grant: a wrong secret, most often. */
export function refusedGrant(vendor: VendorName, why: string): HubError {
  return credential(vendor, 'refused', why);
}

/** The vendor refuses what it has just given out. */
export function uselessGrant(vendor: VendorName): HubError {
  const message = `${vendor.title} refuses even a token that it has just given out. Ask its administrator whether this user may use the API, then authorize again.`;
  return credential(vendor, 'useless', message);
}

/** The vendor is not ready to refresh; it says so itself. */
export function busyGrant(vendor: VendorName): HubError {
  const message = `${vendor.title} is busy with another request for access. The hub tries again by itself.`;
  return new HubError({ kind: 'transient', code: `${vendor.id}.grant.busy`, message });
}
