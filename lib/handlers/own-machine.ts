import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { BlockList, isIP, isIPv6 } from 'node:net';

/**
 * Addresses that lead to the machine itself or to what only it can reach: in Lambda its runtime, in the cloud the
 * credentials of its role (169.254.169.254, fd00:ec2::254).
 */
const OWN = new BlockList();
OWN.addSubnet('0.0.0.0', 8, 'ipv4');
OWN.addSubnet('127.0.0.0', 8, 'ipv4');
OWN.addSubnet('169.254.0.0', 16, 'ipv4');
OWN.addAddress('::', 'ipv6');
OWN.addAddress('::1', 'ipv6');
OWN.addSubnet('fe80::', 10, 'ipv6');
OWN.addSubnet('fd00:ec2::', 32, 'ipv6');

/** IPv6 addresses that carry one of IPv4 in their last four bytes: mapped, compatible, translated (RFC 6052, 8215). */
const CARRIES_IPV4 = /^(?:::ffff:(?:0:)?|::|64:ff9b:(?:1:)?:)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i;

/** @param host of a URL as it is parsed: an address in its shortest form, in brackets where it is IPv6, or a name */
export function isOwnMachine(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (isIP(address) === 0) return /(?:^|\.)localhost\.?$/i.test(address);
  const short = isIPv6(address) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
  const [, high, low] = CARRIES_IPV4.exec(short) ?? [];
  if (high !== undefined && low !== undefined && isOwnMachine(toIpv4(high, low))) return true;
  return OWN.check(short, isIPv6(short) ? 'ipv6' : 'ipv4');
}

function toIpv4(high: string, low: string): string {
  return [high, low]
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
}

type Found = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/** What a socket asks for the addresses of a name: the connection goes to no other than those that are looked at here. */
export function lookupElsewhere(hostname: string, options: LookupOptions, found: Found): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return found(error, []);
    if (addresses.some(({ address }) => isOwnMachine(address)))
      return found(Object.assign(new Error('own machine'), { code: 'EOWNMACHINE' }), []);
    if (options.all) return found(null, addresses);
    const [{ address, family } = { address: '', family: 0 }] = addresses;
    found(null, address, family);
  });
}
