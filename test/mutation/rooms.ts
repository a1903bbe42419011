/** One run of Stryker: what is mutated, and the tests that ought to notice. */
export interface MutationRoom {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

/**
 * Apart, because a mutant of something that is made when its module is loaded is tried against all tests of its run.
 * Left out are the simulation, the fuzz tests of test/hostile, recut.test.ts and decide.property.test.ts: too slow to be
 * run a thousand times.
 */
export const ROOMS: Readonly<Record<string, MutationRoom>> = {
  webhook: {
    mutate: ['decode-form', 'envelope', 'read-request', 'receive', 'sign-webhook', 'verify-signature'].map(
      (name) => `lib/webhook/${name}.ts`,
    ),
    tests: ['test/webhook/{decode-form,envelope,read-request,receive,verify-signature}.test.ts'],
  },
  events: {
    mutate: ['event-key', 'event-schema', 'field-shapes', 'find-ambiguity', 'parse-event', 'wrong-field'].map(
      (name) => `lib/webhook/${name}.ts`,
    ),
    tests: ['test/webhook/{event-key,find-ambiguity,parse-event}.test.ts'],
  },
  rules: {
    mutate: ['conditions', 'decide', 'find-pattern', 'guards', 'opt-out'].map(
      (name) => `lib/rules/${name}.ts`,
    ),
    tests: ['test/rules/{decide,explain,find-pattern,guards,opt-out}.test.ts'],
  },
  reply: {
    mutate: [
      'circuit',
      'conversation',
      'customer',
      'find-reply',
      'marker',
      'process-batch',
      'record',
      'retry',
      'send-parts',
    ].map((name) => `lib/reply/${name}.ts`),
    tests: ['test/reply/*.test.ts'],
  },
  outside: {
    mutate: [
      'lib/log.ts',
      'lib/json.ts',
      'lib/aws/aws-error.ts',
      'lib/aws/parse-secret.ts',
      'lib/twilio/classify-response.ts',
      'lib/twilio/connection-error.ts',
      'lib/twilio/retry-after.ts',
      'lib/twilio/twilio-errors.ts',
    ],
    tests: [
      'test/log.test.ts',
      'test/aws/{aws-error,parse-secret}.test.ts',
      'test/twilio/{classify-response,connection-error,retry-after}.test.ts',
    ],
  },
};

/** The room that this run of Stryker is for (run-mutation.ts sets it). */
export function chosenRoom(): MutationRoom {
  const name = process.env['MUTATION_ROOM'] ?? '';
  const room = ROOMS[name];
  if (room === undefined)
    throw new Error(`MUTATION_ROOM is "${name}"; one of ${Object.keys(ROOMS).join(', ')}.`);
  return room;
}
