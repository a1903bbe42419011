import { type Defect, defect } from './defect.ts';

const STEP = 'lib/reply/do-step.ts';
const RECORD = 'lib/record/message-record.ts';
const TAG = 'lib/twilio/tag-message.ts';
const PARTICIPANTS = 'lib/twilio/participants.ts';
const SEEDS = 'seeds of steps';

/** Mistakes with the steps of an answer that are no messages. */
export const STEP_DEFECTS: readonly Defect[] = [
  defect('number the steps of an answer among its messages', SEEDS, [
    'lib/reply/look-for-part.ts',
    'markerFor(event, place.index, place.count,',
    'markerFor(event, index, record.parts.length,',
  ]),
  defect('take a step that was begun for done', SEEDS, [
    STEP,
    '  const started = startPart(planned, index, clock.now());\n',
    `  if (planned.parts[index]?.state === 'sending') return save(stepDone(planned, index, clock.now()));
  const started = startPart(planned, index, clock.now());\n`,
  ]),
  defect('set an answer aside when one of its steps is refused', SEEDS, [
    STEP,
    'if (isRefused && !mayAppear) return refuse(started, codeWithNumber(error));',
    `if (isRefused && !mayAppear)
      return save(finish(started, { outcome: 'quarantined', reason: error.code, at: clock.now() }));`,
  ]),
  defect('end an answer where one of its steps is refused', SEEDS, [
    RECORD,
    `return endPart(releasePart(record, index), index, { refused: code }, now);`,
    `return finish(endPart(releasePart(record, index), index, { refused: code }, now), { outcome: 'replied', at: now });`,
  ]),
  defect('tell the webhooks of a tag', SEEDS, [
    TAG,
    '{ timeoutMs: Math.max(0, deadline - now()) }',
    '{ timeoutMs: Math.max(0, deadline - now()), webhookEnabled: true }',
  ]),
  defect('tell the webhooks of an invitation', SEEDS, [
    PARTICIPANTS,
    `'x-twilio-webhook-enabled': 'false'`,
    `'x-twilio-webhook-enabled': 'true'`,
  ]),
  defect('take somebody who is there already for a refusal', SEEDS, [
    PARTICIPANTS,
    'error.twilioCode === ALREADY_THERE',
    'error.twilioCode === 0',
  ]),
  defect('do a step before anybody can know of it', SEEDS, [STEP, '  await save(started);\n', '']),
  defect('write what was read before a long stop', SEEDS, [
    TAG,
    'Math.max(0, deadline - now())',
    'timeoutMs - READ_MS',
  ]),
  defect('tag over what is there', 'seeds of steps', [TAG, '{ ...present, ...tags }', 'tags']),
  defect('keep what a step was in finished records', SEEDS, [
    RECORD,
    '{ step: { kind: step.kind }, ...part }',
    '{ step, ...part }',
  ]),
  defect('let version 1 take up what it does not know', 'test/golden/golden.test.ts', [
    RECORD,
    'const v = steps.some(isOther) ? 2 : 1;',
    'const v = 1;',
  ]),
];
