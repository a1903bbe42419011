import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { option } from '../cli/option.ts';

/** Which machines may reach a world. */
export const HOST = option(
  'the address of this machine to listen on; 0.0.0.0 is all of them, and lets others in',
  {
    name: 'address',
    expected: 'an IP address of this machine, 0.0.0.0 or localhost',
    read: (given) => (given === 'localhost' || isIP(given) > 0 ? given : undefined),
  },
  '127.0.0.1',
);

const EVERY = ['0.0.0.0', '::'];
/** Such an address means something only together with a network interface, which no Host header names. */
const LINK_LOCAL = /^fe[89ab][0-9a-f]:/i;

/** The names under which others reach this machine, when it listens on `host`; none where only itself can. */
export function namesOf(host: string): readonly string[] {
  if (isOwn(host)) return [];
  if (!EVERY.includes(host)) return [host];
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const others = addresses.filter(
    ({ address, family, internal }) =>
      !internal && !LINK_LOCAL.test(address) && (family === 'IPv4' || host === '::'),
  );
  return [...new Set(others.map(({ address }) => inUrl(address))), hostname().toLowerCase()];
}

/** What to know before others are let in; undefined where nobody is. */
export function warningOf(host: string, port: number): string | undefined {
  const names = namesOf(host);
  if (names.length === 0) return undefined;
  const urls = names.map((name) => `http://${name}:${port}`).join(', ');
  return `Warning: ${host} lets every machine that reaches this one read and change everything here, without credentials: ${urls}.`;
}

function isOwn(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function inUrl(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
