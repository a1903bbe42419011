import { describe, expect, it } from 'vitest';
import type { Value } from '../../cli/option.ts';
import { mimeType, moment, portNumber, textOf, webAddress } from '../../cli/values.ts';

const CASES: readonly (readonly [string, Value<unknown>, readonly string[], readonly string[]])[] = [
  [
    'a port',
    portNumber,
    ['0', '80', '65535', '04000'],
    ['', '65536', '-1', '1.5', '1e3', ' 80', '0x50', '٣'],
  ],
  [
    'a URL',
    webAddress,
    ['http://127.0.0.1:3000/webhook', 'https://example.com', 'HTTP://example.com'],
    [
      '',
      'here',
      '/webhook',
      'localhost:3000',
      '127.0.0.1:3000',
      'ftp://example.com',
      'http://',
      'mailto:a@b',
    ],
  ],
  [
    'a MIME type',
    mimeType,
    ['image/jpeg', 'application/vnd.ms-excel', 'image/svg+xml'],
    ['', 'jpeg', 'image/', '/jpeg', 'image/jpeg;q=1', 'image/jpeg,image/png', 'a/b/c'],
  ],
  [
    'a moment',
    moment,
    ['0', '90m', '3d', '7300d', '2026-11-29T03:00Z', '2024-02-29T23:59:59Z'],
    [
      '',
      '-1h',
      '1e3s',
      '7301d',
      '999999999999d',
      'now',
      '2026-11-29',
      '2026-02-31T00:00Z',
      '2026-11-29T24:00Z',
      '2026-11-29T03:00:00+01:00',
    ],
  ],
  ['a text', textOf('file', 'a file'), ['a', 'a b.json', ' a'], ['', ' ', '\n\t']],
];

describe.each(CASES)('%s', (_name, { read }, good, bad) => {
  it.each(good)('can be %j', (given) => {
    expect(read(given)).not.toBeUndefined();
  });

  it.each(bad)('cannot be %j', (given) => {
    expect(read(given)).toBeUndefined();
  });
});

describe('a moment', () => {
  it('is so long ago, or the time that was given', () => {
    expect(moment.read('2h')?.(8_000_000)).toBe(800_000);
    expect(moment.read('2026-11-29T03:00Z')?.(Date.UTC(2027, 0))).toBe(Date.UTC(2026, 10, 29, 3));
  });

  it('is never yet to come, or the mark of recover would hide what is lost until then', () => {
    expect(() => moment.read('2026-11-29T03:00Z')?.(Date.UTC(2026, 10, 29, 2))).toThrow(
      '2026-11-29T03:00Z is yet to come: expected how long ago',
    );
  });
});
