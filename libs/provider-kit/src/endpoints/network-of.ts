import { isIPv6 } from 'node:net';

/** Who calls, by an address: an IPv6 address stands for its /64, as whoever has one has all of them; an IPv4 address for itself, also inside an IPv6 one. */
export function networkOf(from: string): string {
  const [address = ''] = from.toLowerCase().split('%');
  const inside = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (inside !== undefined || !isIPv6(address)) return inside ?? address;
  const [head = '', tail] = address.split('::');
  const first = groupsOf(head);
  const last = groupsOf(tail ?? '');
  const between = Array<string>(tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length)).fill('0');
  return [...first, ...between, ...last]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

function groupsOf(part: string): readonly string[] {
  return part.split(':').filter((group) => group !== '');
}
