import { globSync } from 'node:fs';

/** One run of Stryker: what is mutated, and the tests that ought to notice. */
export interface MutationRoom {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

/**
 * A room of the house, or the part of it that must not be wrong, and the tests beside it.
 * @throws where nothing is found of a name: what has moved would be left out without a word.
 */
function room(mutate: readonly string[], tests: readonly string[]): MutationRoom {
  return { mutate: mutate.flatMap(find).toSorted(), tests: tests.flatMap(find) };
}

/** @param pattern with at most one list in braces */
function find(pattern: string): readonly string[] {
  const [before = '', list, after = ''] = pattern.split(/[{}]/);
  const names = list === undefined ? [pattern] : list.split(',').map((name) => `${before}${name}${after}`);
  return names.flatMap((name) => {
    const files = globSync(name);
    if (files.length === 0) throw new Error(`${name} is named in test/mutation/rooms.ts, but is not there.`);
    return files;
  });
}

/** Those of the reconciler in which it runs each minute of a day. */
const TOO_SLOW = [
  'cost',
  'damaged-items',
  'looks',
  'many-new',
  'overlap',
  'refused-looks',
  'taken-up',
  'wide-look',
];

/**
 * Apart, because a mutant of something that is made when its module is loaded is tried against all tests of its run.
 * Left out are the simulation, the fuzz tests of test/hostile, recut.test.ts and decide.property.test.ts, too slow to
 * be run a thousand times, and the tables of words in lib/text: a mutant for each word would say nothing.
 */
export const ROOMS: Readonly<Record<string, MutationRoom>> = {
  who: room(['lib/guards/{names,who}.ts'], ['test/guards/{names,who}.test.ts']),
  words: room(['lib/guards/{reactions,stop-words}.ts'], ['test/guards/{reactions,stop-words}.test.ts']),
  guards: room(globSync('lib/guards/*.ts', { exclude: ['lib/guards/{names,reactions,stop-words,who}.ts'] }), [
    'test/guards/{budget,guards,handover,reactions,repeated-text,stop-words,subject-key,tap,too-old}.test.ts',
  ]),
  record: room(
    ['lib/record/*.ts'],
    [
      'test/record/*.test.ts',
      // What it keeps is seen where it is used.
      'test/reply/{again,do-step,long-conversation,mode,remembering,send-parts,steps}.test.ts',
    ],
  ),
  event: room(['lib/event/*.ts'], ['test/event/*.test.ts']),
  text: room(
    [
      'lib/text/{compose,fold,hash-text,ignore-accents,normalize-text,quote-source,slips,split-text,to-words,trim}.ts',
    ],
    ['test/text/*.test.ts'],
  ),
  webhook: room(globSync('lib/webhook/*.ts', { exclude: ['lib/webhook/open.ts'] }), [
    'test/webhook/{decode-form,events,find-ambiguity,near-misses,new-parameters,parse-event,read-request,verify-signature}.test.ts',
  ]),
  receive: room(['lib/receive/*.ts', 'lib/webhook/open.ts'], ['test/receive/*.test.ts']),
  queue: room(['lib/queue/*.ts'], ['test/queue/*.test.ts']),
  history: room(
    ['lib/history/{certain-event,find-reply,missed-messages,tell-history}.ts'],
    ['test/history/*.test.ts'],
  ),
  rules: room(
    ['lib/rules/{decide,explain,find-answer,follow-go-to}.ts', 'lib/rules/match/**/*.ts'],
    [
      'test/rules/{decide,explain,follow-go-to,questions,reading,texts}.test.ts',
      'test/rules/actions/{bounded-values,continue,forget,go-to,handover,remember,text,wait}.test.ts',
      'test/rules/{answers,hours,render}/*.test.ts',
      'test/rules/compile/{compile-languages,templates-by-language}.test.ts',
      // Whoever must know which question is open, or in which language to speak.
      'test/reply/remembering.test.ts',
      // What it says of patterns that may hang needs their proof, which cheapen.ts leaves out.
      ...globSync('test/rules/match/**/*.test.ts', {
        exclude: ['test/rules/match/conditions/pattern.test.ts'],
      }),
    ],
  ),
  reply: room(
    ['lib/reply/*.ts'],
    ['test/reply/*.test.ts', 'test/history/*.test.ts', 'test/reconcile/another-bot.test.ts'],
  ),
  reconcile: room(['lib/reconcile/*.ts'], [`test/reconcile/!(${TOO_SLOW.join('|')}).test.ts`]),
  outside: room(
    [
      'lib/{json,log,retry}.ts',
      'lib/aws/{aws-error,parse-secret}.ts',
      'lib/twilio/{classify-response,connection-error,retry-after,twilio-errors}.ts',
    ],
    [
      'test/{json,log,retry}.test.ts',
      'test/aws/{aws-error,parse-secret}.test.ts',
      'test/twilio/{classify-response,connection-error,retry-after}.test.ts',
    ],
  ),
};

/** The room that this run of Stryker is for (run-mutation.ts sets it). */
export function chosenRoom(): MutationRoom {
  const name = process.env['MUTATION_ROOM'] ?? '';
  const room = ROOMS[name];
  if (room === undefined)
    throw new Error(`MUTATION_ROOM is "${name}"; one of ${Object.keys(ROOMS).join(', ')}.`);
  return room;
}
