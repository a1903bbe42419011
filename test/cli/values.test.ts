import { describe, expect, it } from 'vitest';
import type { Value } from '../../cli/option.ts';
import { mimeType, portNumber, textOf, webAddress } from '../../cli/values.ts';

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
