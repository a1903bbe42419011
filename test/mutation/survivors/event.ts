import type { Survivor } from './survivor.ts';

export const EVENT: readonly Survivor[] = [
  {
    file: 'lib/event/read-channel.ts',
    line: 'default:',
    change: 'default: return undefined; → default:',
    reason: 'A function that ends without a `return` returns undefined, too.',
  },
  {
    file: 'lib/event/read-channel.ts',
    line: "function channelOf(address = '', hint = ''): Channel | undefined {",
    change: '\'\' → "Stryker was here!"',
    reason: 'Neither is the address of any channel.',
  },
  {
    file: 'lib/event/read-channel.ts',
    line: "const named = PREFIXES.get(/^([a-z]+):./.exec(address)?.[1] ?? '');",
    change: '\'\' → "Stryker was here!"',
    reason: 'Neither is a prefix.',
  },
];
