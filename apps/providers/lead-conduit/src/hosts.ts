import type { Env } from './env.ts';
import { type Hosts, vendorHosts } from './modules/hosts.ts';

/** LeadPerfection's hosts, or the simulator in their place. */
export function hostsOf({ LEAD_CONDUIT_POSTING_URL: url }: Env): Hosts {
  const other = url?.replace(/\/$/, '');
  return other === undefined ? vendorHosts : { posting: other, pages: () => other };
}
