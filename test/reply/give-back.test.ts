import { beforeEach, describe, expect, it } from 'vitest';
import type { ConversationEvent, EventOf } from '../../lib/event/event-types.ts';
import { parseNames } from '../../lib/guards/names.ts';
import type { ListedParticipant } from '../../lib/history/read-from-twilio.ts';
import { type ConversationRecord, NEW_CONVERSATION } from '../../lib/record/conversation.ts';
import { findGiveBack } from '../../lib/reply/give-back.ts';
import type { Try } from '../../lib/reply/open-try.ts';
import { messageAdded } from '../rules/support.ts';

const ROLE = `RL${'9'.repeat(32)}`;
const ANA = `MB${'1'.repeat(32)}`;
const BEN = `MB${'2'.repeat(32)}`;
const { AccountSid, ConversationSid, DateCreated } = messageAdded();
const COMMON = { AccountSid, ConversationSid };
const LEFT_AT = Date.parse(DateCreated);
const HOUR = 3_600_000;
const address = { serviceSid: `IS${'a'.repeat(32)}`, conversationSid: ConversationSid };

const byPerson = (id: string): ListedParticipant => ({ sid: id, identity: 'ben', role_sid: ROLE });
const handover = { at: LEFT_AT - HOUR, until: LEFT_AT + HOUR, back: [] };

let now: number;
let there: readonly ListedParticipant[];
let listings: number;

beforeEach(() => {
  now = LEFT_AT + HOUR;
  there = [];
  listings = 0;
});

function left(fields: Partial<EventOf<'onParticipantRemoved'>> = {}): ConversationEvent {
  const dates = { DateCreated, DateRemoved: DateCreated };
  return {
    ...COMMON,
    ...dates,
    EventType: 'onParticipantRemoved',
    ParticipantSid: ANA,
    Attributes: {},
    ...fields,
  };
}

interface Known {
  readonly state?: Partial<ConversationRecord>;
  readonly agents?: string;
  readonly tries?: number;
}

/** When an event gives the conversation back, one that is handed over and has one agent unless it is said otherwise. */
function givesBack(
  event: ConversationEvent,
  { state = { handover }, agents = 'ana,ben', tries = 1 }: Known = {},
): Promise<number | undefined> {
  const never = () => Promise.reject(new Error('nobody asks for it'));
  const read = {
    participant: never,
    conversation: never,
    participants: async () => {
      listings += 1;
      return there;
    },
  };
  const ports = {
    read,
    clock: { now: () => now },
    botAuthor: 'parley',
    agents: parseNames(agents === '' ? [] : agents.split(',')),
    programs: parseNames([]),
    quietAfterPersonMs: 8 * HOUR,
  };
  const conversation = { ...NEW_CONVERSATION, ...state };
  const claim = { event, receivedAt: now, address, conversation, read, tries: { number: tries } as Try };
  return findGiveBack(ports, claim);
}

describe('a conversation', () => {
  const becomes = (StateTo: string) =>
    givesBack({
      ...COMMON,
      EventType: 'onConversationStateUpdated',
      StateUpdated: DateCreated,
      StateFrom: 'active',
      StateTo,
    });

  it('is given back when it is closed, and not when it rests', async () => {
    expect(await becomes('closed')).toBe(LEFT_AT);
    expect(await becomes('inactive')).toBeUndefined();
  });

  it('is given back by the last of your people who leaves, whether it was handed over or they only wrote', async () => {
    expect(await givesBack(left({ Identity: 'ana' }))).toBe(LEFT_AT);
    const wrote = { personAt: LEFT_AT - HOUR };
    expect(await givesBack(left({ Identity: 'ana' }), { state: wrote })).toBe(LEFT_AT);
  });

  it('is not given back where the bot speaks already, and Twilio is not asked who is there', async () => {
    const spent = { handover: { ...handover, until: LEFT_AT - 1 }, personAt: LEFT_AT - 8 * HOUR };
    expect(await givesBack(left({ Identity: 'ana' }), { state: spent })).toBeUndefined();
    expect(listings).toBe(0);
  });
});

describe('with AGENTS empty whoever leaves a chat', () => {
  const leaves = (state: Partial<ConversationRecord>) =>
    givesBack(left({ Identity: 'ana' }), { state: { handover, ...state }, agents: '' });

  it('is one of your people where somebody came by a channel', async () => {
    expect(await leaves({ byChannel: true })).toBe(LEFT_AT);
  });

  it('is a customer where nobody did', async () => {
    expect(await leaves({})).toBeUndefined();
  });
});

describe('with a role in AGENTS whoever leaves', () => {
  const leaves = (fields: Partial<EventOf<'onParticipantRemoved'>>, roleSid?: string) => {
    const roles = roleSid === undefined ? [] : [{ participantSid: ANA, roleSid, at: LEFT_AT - HOUR }];
    return givesBack(left({ Identity: 'ana', ...fields }), { state: { handover, roles }, agents: ROLE });
  };

  it('is one of your people by the role that the webhook says', async () => {
    expect(await leaves({ RoleSid: ROLE })).toBe(LEFT_AT);
  });

  it('is one of your people by the role that was read when they wrote, where the webhook says none', async () => {
    expect(await leaves({}, ROLE)).toBe(LEFT_AT);
  });

  it('is a customer where nobody knows their role', async () => {
    expect(await leaves({})).toBeUndefined();
  });
});

describe('while Twilio still shows another of your people', () => {
  const leaves = (tries: number) => givesBack(left({ Identity: 'ana' }), { tries });

  beforeEach(() => {
    there = [byPerson(ANA), byPerson(BEN)];
  });

  it.each([1, 4])('the list may be older than that for two seconds, at try %i', async (tries) => {
    now = LEFT_AT + 1_999;
    await expect(leaves(tries)).rejects.toMatchObject({ reason: 'read_lags', delayMs: 2_000 });
  });

  it('it is believed two seconds later', async () => {
    now = LEFT_AT + 2_000;
    expect(await leaves(1)).toBeUndefined();
  });

  it('it is believed at the fifth try, whatever the clock says', async () => {
    now = LEFT_AT + 1_999;
    expect(await leaves(5)).toBeUndefined();
  });
});
