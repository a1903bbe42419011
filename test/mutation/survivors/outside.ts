import type { Survivor } from './survivor.ts';

export const OUTSIDE: readonly Survivor[] = [
  {
    file: 'lib/json.ts',
    line: '} catch {',
    change: '{ return undefined; } → {}',
    reason: 'A function that ends without a `return` returns undefined, too; it is written out to be read.',
  },
  {
    file: 'lib/json.ts',
    line: 'return text === null || text === undefined ? undefined : parseJson(text);',
    change: 'text === undefined → false',
    reason: 'The word undefined is not JSON either; the check is for the compiler.',
  },
];
