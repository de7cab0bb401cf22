import { BlockList, isIPv4 } from 'node:net';

/**
 * Networks that are not the public internet (IANA special-purpose registries): loopback, private, link-local,
 * multicast, documentation, …
 */
const blockedV4 = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  blockedV4.addSubnet(network, prefix, 'ipv4');
// A separate list: Node matches IPv4 addresses against IPv6 networks that contain their mapped form. It holds
// all of IPv6 except global unicast, and the parts of global unicast that embed an IPv4 address or have a
// special purpose.
const blockedV6 = new BlockList();
for (const [network, prefix] of [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  blockedV6.addSubnet(network, prefix, 'ipv6');

/** Whether an IP address is not an ordinary address of the public internet. */
export function isPrivateAddress(address: string): boolean {
  return isIPv4(address) ? blockedV4.check(address, 'ipv4') : blockedV6.check(address, 'ipv6');
}
