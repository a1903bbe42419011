import { describe, expect, it } from 'vitest';
import { parseNames } from '../../lib/guards/names.ts';
import type { Identified } from '../../lib/guards/who.ts';
import type { ReconcilePorts } from '../../lib/reconcile/reconcile-ports.ts';
import type { ConversationRecord } from '../../lib/record/conversation.ts';
import { foundKey } from '../../lib/record/keys.ts';
import type { MessageResource } from '../../lib/twilio/messages.ts';
import { ADDRESS, AT, ago, keyOf, message, sidOf, startLook } from './look-scene.ts';

const HOUR = 3_600_000;
const FIELDS = { ...ADDRESS, messageSid: sidOf(0) };
const found = (index: number) => foundKey(ADDRESS.conversationSid, keyOf(index));

describe('a message that is put on the queue', () => {
  it('is remembered for twelve hours', async () => {
    const { look, store } = startLook([message(0)]);
    await look();
    const expiresAt = AT / 1_000 + 12 * 3_600;
    expect(await store.get(found(0))).toEqual({ version: 1, expiresAt, value: { at: AT } });
  });

  it('is not remembered where the queue refuses it', async () => {
    const send = () => Promise.reject(new Error('SQS'));
    const { look, store } = startLook([message(0)], { queue: { send } });
    await expect(look()).rejects.toThrow('SQS');
    expect(await store.get(found(0))).toBeUndefined();
  });

  it('is counted and logged by its SIDs', async () => {
    const { look, counted, said } = startLook([message(0)]);
    await look();
    expect(counted('message_found')).toHaveLength(1);
    const line = { level: 'info', message: 'a message was found whose webhook never came', ...FIELDS };
    expect(said()).toEqual([{ time: expect.any(String), ...line }]);
  });

  it.each([
    [HOUR, 0],
    [HOUR + 1, 1],
  ])('%i ms after it was written is counted as late %i times', async (age, late) => {
    const { look, counted } = startLook([message(0, { date_created: ago(age) })], { maxAgeMs: HOUR });
    await look();
    expect(counted('message_found')).toHaveLength(1);
    expect(counted('message_found_late')).toHaveLength(late);
  });

  it.each([
    ['a customer', {}],
    ['a program', { author: 'survey' }],
  ])('of %s is counted as taken up where it has a record', async (_, over) => {
    const programs = parseNames(['survey']);
    const { look, record, counted, said } = startLook([message(0, over)], { programs });
    await record(0, { receivedAt: AT - 13 * HOUR });
    expect(await look()).toBe(1);
    expect(counted('record_taken_up')).toHaveLength(1);
    expect(counted('message_found')).toEqual([]);
    const line = {
      level: 'info',
      message: 'a message was taken up again that the queue has lost',
      ...FIELDS,
    };
    expect(said()).toEqual([{ time: expect.any(String), ...line }]);
  });
});

describe('a message that is put on the queue is counted as lost', () => {
  const member = { author: 'ben' };
  const role = `RL${'5'.repeat(32)}`;
  const participantSid = message(0).participant_sid ?? '';
  const agents = parseNames([role]);
  const isAgent = async (): Promise<Identified> => ({ role_sid: role });
  const fails = () => Promise.reject(new Error('Twilio'));

  interface Case {
    readonly message?: Partial<MessageResource>;
    readonly ports?: Partial<ReconcilePorts>;
    readonly state?: Partial<ConversationRecord>;
  }

  async function counted({ message: over = {}, ports = {}, state }: Case): Promise<number> {
    const scene = startLook([message(0, over)], ports);
    if (state !== undefined) await scene.know(state);
    expect(await scene.look()).toBe(1);
    return scene.counted('message_found').length;
  }

  it.each<[who: string, Case]>([
    ['a customer by a channel', {}],
    ['a chat identity where nobody came by a channel', { message: member }],
    ['a chat identity where nobody is known to have come by a channel', { message: member, state: {} }],
    ['a participant without an agent’s role', { message: member, ports: { agents } }],
    ['somebody who cannot be read', { message: member, ports: { agents, readParticipant: fails } }],
  ])('when it is from %s', async (_, each) => {
    expect(await counted(each)).toBe(1);
  });

  it.each<[who: string, Case]>([
    ['a program, over REST', { message: { author: 'erp', participant_sid: null } }],
    ['one of PROGRAMS', { message: { author: 'erp' }, ports: { programs: parseNames(['erp']) } }],
    ['one of AGENTS', { message: member, ports: { agents: parseNames(['ben']) } }],
    ['a participant with an agent’s role', { message: member, ports: { agents, readParticipant: isAgent } }],
    ['a chat identity where customers come by a channel', { message: member, state: { byChannel: true } }],
    [
      'somebody whose role is known, whom nobody reads again',
      {
        message: member,
        ports: { agents, readParticipant: fails },
        state: { roles: [{ participantSid, roleSid: role, at: AT - HOUR }] },
      },
    ],
  ])('but not when it is from %s', async (_, each) => {
    expect(await counted(each)).toBe(0);
  });
});

describe('a message that cannot be put on the queue', () => {
  const tooLong = message(0, { body: 'ü'.repeat(50_000) });

  it('is remembered and counted as a failure, and holds up nothing behind it', async () => {
    const { look, store, queued, counted, said } = startLook([tooLong, message(1)]);
    await look();
    expect(queued()).toEqual([keyOf(1)]);
    expect(await store.get(found(0))).toMatchObject({ value: { at: AT } });
    expect(counted('reconcile_failed')).toMatchObject([{ reason: 'envelope_too_large' }]);
    expect(said()[0]).toMatchObject({
      level: 'error',
      message: 'a message was found that cannot be put on the queue',
      ...FIELDS,
      code: 'envelope_too_large',
    });
  });

  it('is not counted as found', async () => {
    const { look, counted, said } = startLook([tooLong]);
    await look();
    expect(counted('message_found')).toEqual([]);
    expect(said()).toHaveLength(1);
  });

  it('for a reason that nobody foresaw makes the look fail', async () => {
    const attributes = '['.repeat(100_000) + ']'.repeat(100_000);
    const { look, queued } = startLook([message(0, { attributes })]);
    await expect(look()).rejects.toThrow(RangeError);
    expect(queued()).toEqual([]);
  });
});
