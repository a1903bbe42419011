import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { isOwnMachine, lookupElsewhere } from '../../lib/handlers/own-machine.ts';

const hostOf = (url: string) => new URL(url).hostname;

describe('what leads to this machine', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1.2.3:8080/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://0.0.0.0/',
    'http://169.254.169.254/latest/meta-data',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://x.localhost/',
    'http://[::1]/',
    'http://[::]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::169.254.169.254]/',
    'http://[64:ff9b:1::127.0.0.1]/',
    'http://[fe80::1]/',
    'http://[febf::1]/',
    'http://[fd00:ec2::254]/',
  ])('is %s', (url) => {
    expect(isOwnMachine(hostOf(url))).toBe(true);
  });

  it.each([
    'https://shop.example/',
    'https://localhost.shop.example/',
    'http://8.8.8.8/',
    // What is reached through a VPC is somebody's service.
    'http://10.0.0.1/',
    'http://[2606:4700::1111]/',
    'http://[::ffff:8.8.8.8]/',
  ])('is not %s', (url) => {
    expect(isOwnMachine(hostOf(url))).toBe(false);
  });

  it('is known of an address as the system writes it', () => {
    expect(['::ffff:127.0.0.1', 'fe80::1%eth0', '0:0:0:0:0:ffff:7f00:1'].map(isOwnMachine)).toEqual([
      true,
      true,
      true,
    ]);
  });
});

describe('looking up a name', () => {
  const look = (name: string, all: boolean) =>
    new Promise<{ code?: string | undefined; found: string | LookupAddress[] }>((resolve) => {
      lookupElsewhere(name, { all }, (error, found) => resolve({ code: error?.code, found }));
    });

  // `localhost` is the one name that every machine knows without asking.
  it.each([true, false])('fails where it leads to this machine', async (all) => {
    expect(await look('localhost', all)).toEqual({ code: 'EOWNMACHINE', found: [] });
  });

  it('gives the addresses of any other, one or all', async () => {
    expect(await look('8.8.8.8', true)).toEqual({
      code: undefined,
      found: [{ address: '8.8.8.8', family: 4 }],
    });
    expect(await look('8.8.8.8', false)).toEqual({ code: undefined, found: '8.8.8.8' });
  });
});
