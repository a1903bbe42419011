import { type Defect, defect } from './defect.ts';

const SPOOL = 'lib/queue/spool.ts';
const SWEEP = 'lib/queue/sweep-spool.ts';
const KEYS = 'lib/record/keys.ts';
const SWEEP_TEST = 'test/queue/sweep-spool.test.ts';
const REFUSED_TEST = 'test/queue/refused-events.test.ts';

/** Mistakes with what waits in the table until the queue takes it. */
export const SPOOL_DEFECTS: readonly Defect[] = [
  defect(
    'the spool removes an event before the queue has it',
    SWEEP_TEST,
    [
      SWEEP,
      'await queue.send(item.value);',
      'await store.remove(key, item.version);\n      await queue.send(item.value);',
    ],
    [SWEEP, '    refusedInARow = 0;\n    await store.remove(key, item.version);', '    refusedInARow = 0;'],
  ),
  defect('what the queue refuses stays in front of the others', REFUSED_TEST, [
    SWEEP,
    'refusedAgain ||= item.version > 1;',
    '',
  ]),
  defect('ten refusals of one conversation are the queue’s', REFUSED_TEST, [
    SWEEP,
    'refused = (await bringBack(event)) ? 0 : refused + 1;',
    'if (!(await bringBack(event))) refusedInARow += 1;',
  ]),
  defect('the sweep never comes behind the first page', REFUSED_TEST, [
    SWEEP,
    'if (page.length < BATCH) {',
    'if (page.length <= BATCH) {',
  ]),
  defect('what the queue refuses is copied by whoever sweeps at the same time', REFUSED_TEST, [
    SWEEP,
    'await store.put(key, {',
    'await store.put({ ...key, sk: key.sk + Math.random() }, {',
  ]),
  defect(
    'an event overtakes the one before it in its conversation as soon as that is refused',
    REFUSED_TEST,
    [SWEEP, 'if (event[1].version <= REFUSALS_TO_OVERTAKE) waiting.add(groupId);\n      else await', 'await'],
  ),
  defect('an event of the second page overtakes the one before it in its conversation', REFUSED_TEST, [
    SWEEP,
    'else if (!waiting.has(groupId)) await',
    'else await',
  ]),
  defect('a conversation waits for ever for an event that is always refused', REFUSED_TEST, [
    SWEEP,
    'else await bringBackEach(events.slice(at + 1));',
    '',
  ]),
  defect('an event that somebody damaged goes to the queue', 'test/queue/damaged-events.test.ts', [
    SWEEP,
    'page.filter(isReadable)',
    'page as Spooled[]',
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
