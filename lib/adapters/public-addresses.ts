import { BlockList, isIP, isIPv4 } from 'node:net';

/**
 * IPv4 networks that are not globally reachable: IANA IPv4 Special-Purpose Address Registry, with its deprecated relay
 * 192.88.99.0/24, and multicast (RFC 5771).
 */
const SPECIAL_IPV4 = [
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
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/** All that IANA has given out as global unicast (IPv6 Address Space registry). What is outside is never called. */
const GLOBAL_IPV6 = ['2000::', 3] as const;

/** What of it is not globally reachable, or leads to IPv4: IANA IPv6 Special-Purpose Address Registry. */
const SPECIAL_IPV6 = [
  ['2001::', 23], // Teredo 2001::/32 among them
  ['2001:db8::', 32],
  ['2002::', 16], // 6to4
  ['3fff::', 20],
] as const;

const specialIpv4 = new BlockList();
for (const [net, prefix] of SPECIAL_IPV4) specialIpv4.addSubnet(net, prefix, 'ipv4');
const globalIpv6 = new BlockList();
globalIpv6.addSubnet(...GLOBAL_IPV6, 'ipv6');
const specialIpv6 = new BlockList();
for (const [net, prefix] of SPECIAL_IPV6) specialIpv6.addSubnet(net, prefix, 'ipv6');

/** Whether a text is an IP address that is reached through the internet. One with a zone is not. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0 || address.includes('%')) return false;
  if (isIPv4(address)) return !specialIpv4.check(address, 'ipv4');
  return globalIpv6.check(address, 'ipv6') && !specialIpv6.check(address, 'ipv6');
}
