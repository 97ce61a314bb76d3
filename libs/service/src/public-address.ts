import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const inside = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  inside.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  inside.addSubnet(network, prefix, 'ipv6');
}

/** True when an IP address is one of the internet: not of a private network, this machine, a cloud's metadata or a group. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  return !inside.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** True when the host of an address is itself an address inside: nothing is looked up then, so it is to be asked beside `publicLookup`. */
export function isInsideHost(url: URL): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) !== 0 && !isPublicAddress(host);
}

/** Fails a connection to a name that has an address inside: checked at each connect, for names change. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '', 0);
    const first = addresses[0];
    if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) {
      return callback(insideError(), '', 0);
    }
    if (options.all === true) return (callback as AllCallback)(null, addresses);
    return callback(null, first.address, first.family);
  });
};

/** `code` of the error of a connection that was not made because its address is inside. */
export const insideCode = 'ADDRESS_INSIDE';

type AllCallback = (error: Error | null, addresses: LookupAddress[]) => void;

function insideError(): NodeJS.ErrnoException {
  return Object.assign(new Error('the name has an address that is not public'), { code: insideCode });
}
