import { isIP } from 'node:net';
import { type FieldFault, HubError } from '@occ-hub/errors';
import type { Env } from './env.ts';
import type { Settings } from './settings.ts';

/** Where PestPac itself was ever seen to be. An operator adds others by `PESTPAC_HOSTS`. */
const vendorHosts: readonly string[] = ['api.workwave.com', 'api.pestpac.com'];

/** Names that only mean something inside a network. */
const inside = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|private)$/;

/** Why the hub must not call this address; undefined where it may. Nothing is looked up: names that lead inside are refused on connecting. */
export function hostFault(address: string, { PESTPAC_HOSTS: more }: Pick<Env, 'PESTPAC_HOSTS'>): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:') return 'Enter an address that begins with https://.';
  if (url.username !== '' || url.password !== '' || /[?#]/.test(address))
    return 'Enter the address alone, without a user, a question mark or a hash sign.';
  // The name with its final dot is the same host.
  const name = url.hostname.replace(/\.$/, '');
  if (isIP(name.replace(/^\[|\]$/g, '')) !== 0 || !name.includes('.') || inside.test(name))
    return 'Enter the name of a host on the internet; addresses inside a network are not called.';
  const host = url.port === '' ? name : `${name}:${url.port}`;
  if ([...vendorHosts, ...more].includes(host)) return undefined;
  return `This host is not PestPac’s. Known are ${[...vendorHosts, ...more].join(', ')}; an operator can add one with PESTPAC_HOSTS.`;
}

/** Faults of the settings that their shape cannot see. */
export function checkSettings(settings: Settings, env: Env): readonly FieldFault[] {
  if (env.PESTPAC_URL !== undefined) return [];
  const message = hostFault(settings.host_url, env);
  return message === undefined ? [] : [{ pointer: '/host_url', message }];
}

/** Where the API of a connection is, without a slash at its end. Fails as `credential` where it was saved before the hub stopped calling that host. */
export function apiOf({ host_url: url }: Settings, env: Env): { readonly url: string; readonly publicOnly: boolean } {
  if (env.PESTPAC_URL !== undefined) return { url: withoutSlash(env.PESTPAC_URL), publicOnly: false };
  const fault = hostFault(url, env);
  if (fault !== undefined) throw hostRefused(fault);
  return { url: withoutSlash(url), publicOnly: true };
}

const withoutSlash = (url: string) => url.replace(/\/+$/, '');

function hostRefused(fault: string): HubError {
  const message = `The hub does not call the PestPac host URL of this connection. ${fault} Correct the settings and authorize again.`;
  return new HubError({ kind: 'credential', code: 'pestpac.host-refused', message });
}
