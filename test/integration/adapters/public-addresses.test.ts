import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../../lib/adapters/public-addresses.ts';

/**
 * One address of every block that is not globally reachable, its last one where the block's edge matters.
 * https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry,
 * https://www.iana.org/assignments/ipv6-address-space, https://www.iana.org/assignments/multicast-addresses
 */
const SPECIAL: readonly (readonly [block: string, addresses: readonly string[]])[] = [
  ['0.0.0.0/8 this network', ['0.0.0.0', '0.255.255.255']],
  ['10.0.0.0/8 private use', ['10.0.0.0', '10.255.255.255']],
  ['100.64.0.0/10 shared address space', ['100.64.0.0', '100.127.255.255']],
  ['127.0.0.0/8 loopback', ['127.0.0.1', '127.255.255.255']],
  ['169.254.0.0/16 link local', ['169.254.169.254', '169.254.255.255']],
  ['172.16.0.0/12 private use', ['172.16.0.0', '172.31.255.255']],
  ['192.0.0.0/24 IETF protocol assignments', ['192.0.0.1', '192.0.0.8', '192.0.0.170', '192.0.0.171']],
  ['192.0.2.0/24 documentation', ['192.0.2.1']],
  ['192.88.99.0/24 6to4 relay', ['192.88.99.1', '192.88.99.2']],
  ['192.168.0.0/16 private use', ['192.168.0.0', '192.168.255.255']],
  ['198.18.0.0/15 benchmarking', ['198.18.0.0', '198.19.255.255']],
  ['198.51.100.0/24 documentation', ['198.51.100.7']],
  ['203.0.113.0/24 documentation', ['203.0.113.255']],
  ['224.0.0.0/4 multicast', ['224.0.0.1', '239.255.255.255']],
  ['240.0.0.0/4 reserved', ['240.0.0.1']],
  ['255.255.255.255/32 broadcast', ['255.255.255.255']],
  ['::/128 unspecified', ['::']],
  ['::1/128 loopback', ['::1', '0:0:0:0:0:0:0:1']],
  ['::/96 IPv4-compatible', ['::8.8.8.8', '::808:808']],
  ['::ffff:0:0/96 IPv4-mapped', ['::ffff:8.8.8.8', '::ffff:127.0.0.1', '::ffff:7f00:1']],
  ['64:ff9b::/96 IPv4-IPv6 translation', ['64:ff9b::7f00:1', '64:ff9b::10.0.0.1', '64:ff9b::8.8.8.8']],
  ['64:ff9b:1::/48 IPv4-IPv6 translation', ['64:ff9b:1::1', '64:ff9b:1:ffff::a00:1']],
  ['100::/64 discard only', ['100::1']],
  ['100:0:0:1::/64 dummy prefix', ['100:0:0:1::1']],
  ['2001::/23 IETF protocol assignments', ['2001::', '2001:1ff:ffff::1']],
  ['2001::/32 Teredo', ['2001:0:4136:e378:8000:63bf:3fff:fdd2']],
  ['2001:2::/48 benchmarking', ['2001:2::1']],
  ['2001:10::/28 ORCHID', ['2001:10::1']],
  ['2001:20::/28 ORCHIDv2', ['2001:20::1']],
  ['2001:db8::/32 documentation', ['2001:db8::1', '2001:db8:ffff::1']],
  ['2002::/16 6to4', ['2002:7f00:1::1', '2002:808:808::1']],
  ['3fff::/20 documentation', ['3fff::1', '3fff:fff:ffff::1']],
  ['5f00::/16 segment routing SIDs', ['5f00::1']],
  ['4000::/3 not given out', ['4000::1', '9999::1']],
  ['fc00::/7 unique local', ['fc00::1', 'fdff:ffff::1']],
  ['fe80::/10 link local', ['fe80::1', 'fe80::1%eth0', 'fe80::1%1']],
  ['fec0::/10 site local', ['fec0::1', 'feff::1']],
  ['ff00::/8 multicast', ['ff02::1', 'ff0e::1']],
];

/** Neighbours of those blocks, and services that are known to everybody. */
const PUBLIC = [
  '1.0.0.1',
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.255',
  '192.0.3.0',
  '192.167.255.255',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2000::1',
  '2001:200::1',
  '2001:4860:4860::8888',
  '2003::1',
  '2606:4700:4700::1111',
  '3ffe::1',
  '3fff:1000::1',
];

describe('an address that is not globally reachable is not public:', () => {
  it.each(SPECIAL.flatMap(([block, addresses]) => addresses.map((address) => [address, block])))(
    '%s (%s)',
    (address) => expect(isPublicAddress(address)).toBe(false),
  );
});

it.each(PUBLIC)('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));

it.each(['', 'localhost', '127.1', '2130706433', '0x7f000001', '[::1]', '8.8.8.8 ', '2606:4700::1111%eth0'])(
  '"%s" is no address in plain writing, so it is not public',
  (text) => expect(isPublicAddress(text)).toBe(false),
);
