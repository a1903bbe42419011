import { describe, expect, it } from 'vitest';
import { afterOutcome, everyNext, knownReasons } from '../../../cli/explain/after-outcome.ts';
import type { Evidence } from '../../../cli/explain/evidence.ts';
import { explainConversation } from '../../../cli/explain/explain-conversation.ts';
import { type Explanation, explainMessage } from '../../../cli/explain/explain-message.ts';
import { showMessage } from '../../../cli/explain/show-explanation.ts';
import { whyDecided } from '../../../cli/explain/why-decided.ts';
import type { Stage } from '../../../cli/stage/stage.ts';
import { parleyLine } from '../../../cli/stage/suggest.ts';
import { AFTER_RULES, GUARDS } from '../../../lib/guards/guards.ts';
import { finishedRecord, isReplayable, type MessageRecord } from '../../../lib/record/message-record.ts';
import { answeredWorld, recorded } from '../../simulation/answered-world.ts';
import { rulesOf } from '../../simulation/rules.ts';
import { misunderstood } from '../harmless.ts';

/** What is said of the second message of `answeredWorld`, whose record is changed; undefined: none. */
async function explained(
  change: (record: MessageRecord) => MessageRecord | undefined = (record) => record,
  rest: (stage: Stage) => Partial<Stage> = () => ({}),
): Promise<Explanation & { readonly of: string; readonly conversationSid: string }> {
  const { stage, world, sids, conversationSid, takeAway } = await answeredWorld();
  const [, sid = ''] = sids;
  const changed = recorded(stage, (each, record) => (each === sid ? change(record) : record));
  const { serviceSid } = world.service;
  const kept = await changed.table.list(conversationSid, 100);
  const answeredNow = kept.some(([{ sk }, { value }]) => sk.endsWith(sid) && 'parts' in Object(value));
  if (!answeredNow) await takeAway(1);
  const told = await explainMessage({ ...changed, ...rest(changed) }, { serviceSid, conversationSid }, sid);
  return { ...told, of: sid, conversationSid };
}

/** What helps with a message that has no outcome yet. */
const OPEN = ['dead list', 'status', 'recover', 'explain CH', 'addresses check', 'templates check'];

const ended = (outcome: string, reason?: string) => (record: MessageRecord) =>
  ({
    ...record,
    parts: [],
    finished: { outcome, at: record.receivedAt, ...(reason && { reason }) },
  }) as MessageRecord;

const open = ({ finished: _, ...record }: MessageRecord): MessageRecord => record;
const none = () => undefined;
const busy = ({ queue }: Stage) => ({
  queue: { ...queue, depth: async () => ({ visible: 3, inFlight: 0, delayed: 0 }) },
});

describe('explaining a message', () => {
  it('tells what happened in order, and that nothing is open', async () => {
    const told = await explained();
    expect(told).toMatchObject({ outcome: 'replied', rule: 'two', logs: 'read', says: 'Nothing is open.' });
    expect(told.next).toBeUndefined();
    expect(told.moments.map(({ where, what }) => `${where} ${what.replaceAll(/IM\w+/g, 'IM')}`)).toEqual([
      'Twilio message written, Index 2, whatsapp, 5 characters',
      'queue taken in',
      expect.stringMatching(/^API POST \/webhook 200 \d+ ms$/),
      'reply decided two',
      'reply POST Messages, part 1/2',
      'Twilio part 1/2 of its answer is there: IM, Index 3',
      'reply POST Messages, part 2/2',
      'Twilio part 2/2 of its answer is there: IM, Index 4',
      'table ended replied',
      expect.stringMatching(/^reply answered, outcome replied, \d+ ms$/),
      expect.stringMatching(/^delivery IM sent|delivered|read$/),
      expect.stringMatching(/^delivery IM sent|delivered|read$/),
    ]);
  });

  it('says why it was decided so, by the rules that are here', async () => {
    const { stage, world, sids, conversationSid } = await answeredWorld();
    const address = { serviceSid: world.service.serviceSid, conversationSid };
    const why = (evidence: Evidence) => whyDecided(rulesOf('A'), evidence);
    const { moments } = await explainMessage(stage, address, sids[1] ?? '', why);
    const decided = moments.find(({ what }) => what.startsWith('decided'))?.what;
    expect(decided).toMatch(/^decided two: pattern: .*; 2 rules before it did not match$/);
  });

  it('goes without logs, and says that they are missing', async () => {
    const logs = { find: () => Promise.reject(new Error('AccessDenied')) };
    const told = await explained(undefined, () => ({ logs }));
    expect(told).toMatchObject({ outcome: 'replied', logs: 'unreadable' });
    expect(told.moments.map(({ where }) => where)).not.toContain('API');
    expect(showMessage(told)).toContain('The logs cannot be read, so what they would tell is missing here.');
  });

  it.each<
    [
      string,
      (record: MessageRecord) => MessageRecord | undefined,
      ((stage: Stage) => Partial<Stage>) | undefined,
      string,
    ]
  >([
    ['no rule answers', ended('no_rule'), undefined, 'rules check'],
    ['came when it was too old', ended('stale'), undefined, 'replay IM'],
    ['a person keeps the bot from', ended('suppressed', 'person'), undefined, 'handback CH'],
    ['came to a muted conversation', ended('suppressed', 'muted'), undefined, 'unmute CH'],
    ['came while the bot was off', ended('suppressed', 'off'), undefined, 'replay IM'],
    ['another stack has answered', ended('suppressed', 'answered_elsewhere'), undefined, 'doctor'],
    ['was half answered', ended('quarantined', 'half_answered'), undefined, 'explain CH'],
    ['Twilio refused for its template', ended('quarantined', 'rejected:50526'), undefined, 'templates check'],
    [
      'Twilio refused for its variables',
      ended('quarantined', 'rejected:50541'),
      undefined,
      'templates check',
    ],
    // After anything of 505xx templates were suggested.
    ['Twilio refused for its text', ended('quarantined', 'rejected:50504'), undefined, 'rules check'],
    ['Twilio refused for its file', ended('quarantined', 'rejected:50512'), undefined, 'rules check'],
    ['the bot may not write', ended('quarantined', 'rejected:50513'), undefined, 'explain CH'],
    ['Twilio refused for the key', ended('quarantined', 'unauthorized'), undefined, 'doctor'],
    ['a process died of', ended('quarantined', 'process_died'), undefined, 'replay IM'],
    ['is in flight', open, busy, 'status'],
    ['nobody works on', open, undefined, 'recover'],
    ['may be on the queue', none, busy, 'status'],
    ['nobody knows of', none, undefined, 'recover'],
  ])('names the command that helps with one that %s', async (_, change, rest, next) => {
    const told = await explained(change, rest);
    const words = next.replace('IM', told.of).replace('CH', told.conversationSid);
    const stage = next.startsWith('rules') ? '' : ' --stage simulated';
    expect(told.next).toBe(`npx parley ${words}${stage}`);
    expect(showMessage(told).at(-1)).toBe(`${told.says} Next: ${told.next}`);
  });

  it.each([
    ['rejected:50512', 'Twilio refused it'],
    ['unknown_outcome', 'nobody knows whether it took effect'],
  ])('says of a part that was never confirmed, where it ended as %s: %s', async (reason, note) => {
    const told = await explained((record) => {
      const parts = record.parts.map((part) => ({ ...part, state: 'sending', sendingSince: 1 }) as const);
      return { ...record, parts, finished: { outcome: 'quarantined', reason, at: 2 } };
    });
    const notes = told.moments.flatMap((moment) => moment.note || []);
    expect(new Set(notes)).toEqual(new Set([note]));
    const lines = showMessage(told).filter((line) => line.endsWith(note));
    expect(lines[0]).toMatch(new RegExp(`POST Messages, part 1/2(, attempt \\d+)?  ${note}$`));
  });

  it('says how it had ended before it was decided anew', async () => {
    const replays = [{ id: 'a', was: { outcome: 'stale', at: 0 } }] as const;
    const told = await explained((record) => ({ ...record, v: 3, replays }));
    expect(showMessage(told)).toContain(' It had ended stale before it was decided anew.');
  });

  it('sends nobody anywhere where silence was right', async () => {
    const told = await explained(ended('suppressed', 'ignored'));
    expect({ says: told.says, next: told.next }).toEqual({
      says: 'The rule says to answer nothing.',
      next: undefined,
    });
  });

  it('finds a dead letter, and what is in the spool', async () => {
    const letter = (sid: string) => ({ groupId: '', deduplicationId: `onMessageAdded|${sid}`, body: '' });
    const { sids, stage, world, conversationSid } = await answeredWorld();
    const [sid = ''] = sids;
    const address = { serviceSid: world.service.serviceSid, conversationSid };
    const without = recorded(stage, (each, record) => (each === sid ? open(record) : record));
    const dead = { ...letter(sid), id: '1', sentAt: stage.clock.now(), handle: '1' };
    const deadLetters = { ...stage.deadLetters, count: async () => 1, read: async () => [dead] };
    expect(await explainMessage({ ...without, deadLetters }, address, sid)).toMatchObject({
      says: 'It is a dead letter.',
      next: 'npx parley dead list --stage simulated',
    });
    const item = { version: 1, expiresAt: stage.clock.now(), value: letter(sid) };
    await world.store.put({ pk: 'spool|0', sk: 'x' }, item, undefined);
    expect(await explainMessage(without, address, sid)).toMatchObject({
      says: 'It is in the spool, which is swept every minute.',
      next: 'npx parley status --stage simulated',
    });
  });

  it.each([
    [63016, 'WhatsApp takes only approved templates', 'templates check'],
    [30007, 'The carrier took the message for spam', 'addresses check'],
  ])('finds an answer that did not arrive for error %d: %s', async (code, why, words) => {
    const receipts = {
      delivery_receipts: [{ sid: 'DY', status: 'undelivered', error_code: code, date_updated: null }],
    };
    const told = await explained(undefined, ({ twilio }) => ({
      twilio: {
        ...twilio,
        request: (call) =>
          call.path.endsWith('/Receipts') ? Promise.resolve(receipts as never) : twilio.request(call),
      },
    }));
    expect(told).toMatchObject({
      says: expect.stringMatching(new RegExp(`^Its answer was not delivered \\(${code}\\)\\. .*${why}\\.$`)),
      next: `npx parley ${words} --stage simulated`,
      moments: expect.arrayContaining([
        expect.objectContaining({ where: 'delivery', note: expect.stringContaining(why) }),
      ]),
    });
  });

  // Something was open, and the next thing was nothing.
  it('names a command for what is open in a conversation and is no message', async () => {
    const { stage, world, conversationSid } = await answeredWorld();
    const key = { pk: conversationSid, sk: `onParticipantAdded|MB${'1'.repeat(32)}` };
    const receivedAt = stage.clock.now() - 20 * 60_000;
    const value = { v: 3, eventType: 'onParticipantAdded', receivedAt, parts: [] };
    await world.store.put(key, { version: 1, expiresAt: stage.clock.now(), value }, undefined);
    const address = { serviceSid: world.service.serviceSid, conversationSid };
    expect(await explainConversation(stage, address)).toMatchObject({
      says: 'It is in flight, and nobody works on it.',
      next: 'npx parley doctor --stage simulated',
    });
  });

  it('finds an answer that is there twice', async () => {
    const { sids, stage, world, conversationSid, answerAgain } = await answeredWorld();
    const address = { serviceSid: world.service.serviceSid, conversationSid };
    await answerAgain(0);
    const twice = await explainMessage(stage, address, sids[0] ?? '');
    expect(twice).toMatchObject({ next: 'npx parley doctor --stage simulated' });
    expect(twice.moments.at(-1)).toMatchObject({ note: 'its record does not know it' });
  });

  it('knows each reason for which the bot keeps an answer back', () => {
    const reasons = [...GUARDS, ...AFTER_RULES].map(({ reason }) => reason);
    const outcomes = ['stale', 'no_rule', 'half_answered'];
    const keepBack = reasons.filter((reason) => !outcomes.includes(reason));
    expect(knownReasons()).toEqual(expect.arrayContaining(keepBack));
  });

  it.each(knownReasons())('has nothing decided anew that cannot be: %s', (reason) => {
    const finished = { outcome: 'suppressed', reason, at: 0 } as const;
    const record = finishedRecord({ eventType: 'onMessageAdded', receivedAt: 0 }, finished);
    const isReplayed = afterOutcome(finished).next?.startsWith('replay') === true;
    expect(!isReplayed || isReplayable(record, 'new')).toBe(true);
  });

  it.each(['stale', 'quarantined', 'no_rule', 'suppressed'] as const)(
    'has nothing done about %s of whoever was forgotten, which replay refuses',
    (outcome) => {
      const finished = { outcome, reason: 'forgotten', at: 0 };
      const record = finishedRecord({ eventType: 'onMessageAdded', receivedAt: 0 }, finished);
      expect(afterOutcome(finished).next).toBeUndefined();
      expect(isReplayable(record, 'new')).toBe(false);
    },
  );

  it.each([...new Set([...everyNext(), ...OPEN])])('has commands that there are: %s', async (next) => {
    const words = next.replace('IM', `IM${'0'.repeat(32)}`).replace('CH', `CH${'0'.repeat(32)}`);
    expect(await misunderstood(parleyLine(words, { given: { stage: 'prod' } }))).toBeUndefined();
  });
});
