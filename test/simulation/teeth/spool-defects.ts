import { type Defect, defect } from './defect.ts';

const SPOOL = 'lib/queue/spool.ts';
const SWEEP = 'lib/queue/sweep-spool.ts';
const KEYS = 'lib/record/keys.ts';
const SWEEP_TEST = 'test/queue/sweep-spool.test.ts';

/** Mistakes with what waits in the table until the queue takes it. */
export const SPOOL_DEFECTS: readonly Defect[] = [
  defect(
    'the spool removes an event before the queue has it',
    SWEEP_TEST,
    [SWEEP, 'await queue.send(value);', 'await store.remove(key, version);\n      await queue.send(value);'],
    [SWEEP, '    taken += 1;\n    await store.remove(key, version);', '    taken += 1;'],
  ),
  defect(
    'the spool removes what the queue refuses before it is written behind the others',
    SWEEP_TEST,
    [SWEEP, '    await store.remove(key, item.version);\n', ''],
    [
      SWEEP,
      '    // Not to win is as good',
      '    await store.remove(key, item.version);\n    // Not to win is as good',
    ],
  ),
  defect('what the queue refuses stays in front of the others', SWEEP_TEST, [
    SWEEP,
    'await moveBehind(spooled, 1);',
    '',
  ]),
  defect('an event overtakes the one before it in its conversation as soon as that is refused', SWEEP_TEST, [
    SWEEP,
    'else if (waiting.has(spooled[1].value.groupId)) await moveBehind(spooled, 0);',
    '',
  ]),
  defect('a conversation waits for ever for an event that is always refused', SWEEP_TEST, [
    SWEEP,
    'if (version <= REFUSALS_TO_OVERTAKE) waiting',
    'waiting',
  ]),
  defect('the spool of the version before is forgotten', SWEEP_TEST, [
    SWEEP,
    'await sweepPartition(ports, OLD_SPOOL)',
    '0',
  ]),
  defect('the spool is in the order of ids, not of arrival', SWEEP_TEST, [
    KEYS,
    'toISOString()}|',
    'toISOString().slice(0, 0)}|',
  ]),
  defect('an event that neither the queue nor the table took is acknowledged', 'test/queue/spool.test.ts', [
    SPOOL,
    '          throw error;',
    '',
  ]),
];
