import { type Defect, defect } from './defect.ts';

const SEEDS = 'seeds of operators';
const AGAIN = 'test/reply/again.test.ts';
const RECORD = 'lib/record/message-record.ts';
const LOOK = 'lib/reply/late-look.ts';

/** Mistakes with what operators ask for: to stop, to keep quiet, to go on, to decide anew. */
export const OPERATOR_DEFECTS: readonly Defect[] = [
  defect(
    'go by what an operator pressed a minute ago',
    SEEDS,
    ['lib/reply/mode-switch.ts', 'const FRESH_MS = 5_000;', 'const FRESH_MS = 60_000;'],
    ['lib/reply/mode-switch.ts', 'const STOPS_WITHIN_MS = 10_000;', 'const STOPS_WITHIN_MS = 120_000;'],
  ),
  defect('take the mode for as new as its answer', 'test/reply/mode-switch.test.ts', [
    'lib/reply/mode-switch.ts',
    '    readAt = askedAt;',
    '    readAt = Math.max(askedAt, clock.now());',
  ]),
  defect('begin what was decided before an operator stopped it', SEEDS, [
    'lib/reply/check-due.ts',
    'const heldBack = begins ? await holdBack(ports, claim) : undefined;',
    'const heldBack = begins ? undefined : await holdBack(ports, claim).then(() => undefined);',
  ]),
  defect('leave what may have been sent when an operator stops it', SEEDS, [
    'lib/reply/send-parts.ts',
    `  if (part.state === 'sending') {\n`,
    `  if (part.state === 'sending' && (await ports.modes.latest()) !== 'live')
    return save(finish(record, { outcome: 'suppressed', reason: 'off', at: now() }));
  if (part.state === 'sending') {\n`,
  ]),
  defect('note an event over an operator’s mute', 'test/reply/mode.test.ts', [
    'lib/reply/note-event.ts',
    'await saveNext(ports, item, expected, now)',
    'await saveNext(ports, item, (await ports.store.get(item.key))?.version, now)',
  ]),
  defect(
    'decide anew for an operator what was answered',
    SEEDS,
    [RECORD, 'replied: [],', 'replied: undefined,'],
    [RECORD, ` || messageParts(record).some(({ state }) => state === 'sent')`, ''],
  ),
  defect('answer without a look what an operator puts back', SEEDS, [
    LOOK,
    'if (answerUntil !== undefined || isLate(at, now)',
    'if (answerUntil !== undefined) return true;\n  if (isLate(at, now)',
  ]),
  defect('answer behind a later answer what an operator puts back', SEEDS, [
    LOOK,
    'if (isOrdered && hasAnsweredLater(',
    'if (isOrdered && messages.length < 0 && hasAnsweredLater(',
  ]),
  defect('take a letter for too old that an operator redrives', SEEDS, [
    'lib/guards/too-old.ts',
    'now - at > maxAgeMs && now > answerUntil',
    'now - at > maxAgeMs && now > answerUntil - answerUntil',
  ]),
  defect('forget how it had ended what an operator has decided anew', SEEDS, [
    RECORD,
    '{ id, ...(was && { was }) }',
    '{ id, ...(was && replays.length > 1_000 && { was }) }',
  ]),
  defect('give what an operator replays the parts of the first time', AGAIN, [
    'lib/reply/look-for-part.ts',
    'place.count, latestReplay(record)?.id',
    'place.count, latestReplay(record) && undefined',
  ]),
  defect('decide anew each time that an operator’s order comes', AGAIN, [
    RECORD,
    'finished === undefined || replays?.some((replay) => replay.id === id)',
    'finished === undefined || replays.length > 1_000',
  ]),
  defect('note what an operator replays under the key of the first time', 'seeds of operators', [
    'lib/record/noted-event.ts',
    'return replay === undefined ? recordKey',
    'return replay !== undefined ? recordKey',
  ]),
];
