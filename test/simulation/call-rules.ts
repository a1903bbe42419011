import { text } from '../../lib/handlers/build-actions.ts';
import type { Handlers } from '../../lib/handlers/define-handlers.ts';
import type { Outside } from '../../lib/handlers/outside.ts';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import type { Mortal } from './mortal.ts';
import { compileVersion } from './rules.ts';
import type { SimulatedWorld, Version, WorldOptions } from './world.ts';

/** The ordinary rules, whose answers come from a handler; where it fails, they say what they say by themselves. */
export function compileCalls(version: Version) {
  const call = (parts: number) => `call: look, with: { n: '{{ match.n }}', parts: ${parts} }`;
  return compileVersion(
    version,
    `  - id: one
    when: { pattern: '^one (?<n>\\d+)$' }
    then: { ${call(1)}, else: { text: '${version} answer {{ match.n }}' } }
  - id: two
    when: { pattern: '^two (?<n>\\d+)$' }
    then: { ${call(2)}, else: [{ text: '${version} first {{ match.n }}' }, { text: '${version} second {{ match.n }}' }] }
`,
  );
}

/** The answers of one call begin with one letter, those of another with another. */
export function answersOf(n: string, parts: number, call: number) {
  const letter = String.fromCharCode(72 + (call % 16));
  return parts === 1
    ? text(`${letter} answer ${n}`)
    : [text(`${letter} first ${n}`), text(`${letter} second ${n}`)];
}

const BOOKS = { A: compileCalls('A'), B: compileCalls('B') };

export interface Calls {
  readonly world: Required<Pick<WorldOptions, 'rules' | 'handlers' | 'outside'>>;
  /** What was called although its answer was frozen. */
  readonly late: readonly string[];
}

/** A handler that asks a service, which may fail, before or after its effect, or be the last thing that the process does. */
export function startCalls(world: () => Pick<SimulatedWorld, 'store'>): Calls {
  const late: string[] = [];
  let calls = 0;
  const handlers: Handlers = {
    look: async ({ n = '', parts }, { json, key }) => {
      calls += 1;
      const call = calls;
      const frozen = world()
        .store.items()
        .some(([{ sk }, { value }]) => sk === `onMessageAdded|${key}` && isFrozen(value as MessageRecord));
      if (frozen) late.push(key);
      return (await json(`https://shop.example/${n}`)) === undefined ? [] : answersOf(n, Number(parts), call);
    },
  };
  const outside =
    (process: Mortal): Outside =>
    () =>
      process.call('the service', async () => ({ status: 200, headers: {}, body: '{}' }));
  return { world: { rules: (version) => BOOKS[version], handlers: () => handlers, outside }, late };
}

function isFrozen({ called }: MessageRecord): boolean {
  return called !== undefined;
}
