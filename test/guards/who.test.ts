import { describe, expect, it } from 'vitest';
import type { MessageAdded } from '../../lib/event/event-types.ts';
import { parseNames } from '../../lib/guards/names.ts';
import { type Clues, type Identified, isPersonThere, tellWho } from '../../lib/guards/who.ts';
import { conversationAdded, messageAdded, participantAdded } from '../rules/support.ts';
import { CLUES } from './asked.ts';

const AGENT_ROLE = `RL${'f'.repeat(32)}`;
const named = (...entries: string[]) => parseNames(entries);
const who = (event: Parameters<typeof tellWho>[0], clues: Partial<Clues> = {}) =>
  tellWho(event, { ...CLUES, ...clues });

const { Source: _, ...unsigned } = messageAdded({ Author: 'ana' });
const { ParticipantSid: __, ...stranger } = unsigned;

/** As read back from Twilio: without its Source. */
function readBack(Author: string): MessageAdded {
  return { ...unsigned, Author };
}

describe('a customer', () => {
  it.each([
    ['who takes part, in a message read from Twilio', unsigned, 'customer'],
    ['who came in by a channel', { ...stranger, Source: 'SMS' }, 'customer'],
    ['who came in by an SDK', { ...stranger, Source: 'sdk' }, 'customer'],
    ['who takes part, whatever posted it', { ...unsigned, Source: 'API' }, 'customer'],
    ['who neither takes part nor says a Source', stranger, 'program'],
    ['in whose name a program writes', { ...stranger, Source: 'API' }, 'program'],
    ['in whose name a program writes in small letters', { ...stranger, Source: 'api' }, 'program'],
    ['whose number a program borrows', { ...stranger, Author: '+15550100001', Source: 'API' }, 'program'],
    ['whose number a program borrowed, read back', { ...stranger, Author: '+15550100001' }, 'program'],
  ])('is told by participant and Source: one %s', async (_, event, expected) => {
    expect(await who(event)).toBe(expected);
  });

  // AGENTS=* silenced whole kinds of people: customers were told by the digits of a number.
  it.each([
    ['whatsapp:+15550100001', 'WHATSAPP'],
    ['whatsapp:US.ABC123', 'WHATSAPP'],
    ['whatsapp:US.ABC123', undefined],
    ['+15550100001', 'SMS'],
    ['+15550100001', undefined],
    ['55512', 'SMS'],
    ['ALPHA', 'sms'],
    ['messenger:102345678901', 'MESSENGER'],
    ['messenger:102345678901', undefined],
    ['rcs:brand_agent', 'RCS'],
    ['ana@example.com', 'EMAIL'],
    ['urn:mbid:AQAA', 'APPLE'],
    ['someone', 'A_CHANNEL_OF_TOMORROW'],
  ])('who writes as %j from Source %j is none of ours, whatever AGENTS names', async (Author, Source) => {
    const { Source: _, ...event } = messageAdded({ Author });
    expect(await who(Source === undefined ? event : { ...event, Source }, { agents: named('*') })).toBe(
      'customer',
    );
  });

  it.each([['ana'], ['+15550100001'], ['55512'], ['ana@example.com'], ['agent:ana']])(
    'is not who writes as %j by an SDK while AGENTS names everybody',
    async (Author) => {
      expect(await who(messageAdded({ Author, Source: 'SDK' }), { agents: named('*') })).toBe('person');
    },
  );

  it.each([
    [{ messaging_binding: { type: 'sms' } }, 'customer'],
    [{ messaging_binding: { type: 'sms' }, identity: null }, 'customer'],
    [{ messaging_binding: { type: 'sms' }, identity: '55512' }, 'person'],
    [{ messaging_binding: null }, 'person'],
    [undefined, 'person'],
  ] as const)(
    'of a short code, read back without its Source, is told by the participant: %j is a %s',
    async (found: Identified | undefined, expected) => {
      const participant = async () => found;
      expect(await who(readBack('55512'), { agents: named('*'), participant })).toBe(expected);
      expect(await who(readBack('55512'), { byChannel: true, participant })).toBe(expected);
    },
  );

  it('is everybody whom an event about no message and no participant is about', async () => {
    expect(await who(conversationAdded(), { agents: named('*') })).toBe('customer');
  });

  // An SMS participant has no identity, and the empty text matched `*`: nobody was welcomed.
  it('who joins by a channel has no identity, and no pattern fits', async () => {
    expect(await who(participantAdded(), { agents: named('*') })).toBe('customer');
  });
});

describe('a person', () => {
  it('is whoever AGENTS names, written by SDK, by REST or read back', async () => {
    const agents = named('ana');
    expect(await who(messageAdded({ Author: 'ana', Source: 'SDK' }), { agents })).toBe('person');
    expect(await who({ ...stranger, Source: 'API' }, { agents })).toBe('person');
    const participant = async () => undefined;
    expect(await who(unsigned, { agents, participant })).toBe('person');
    expect(await who(messageAdded({ Author: 'bea', Source: 'SDK' }), { agents })).toBe('customer');
  });

  it('is, where AGENTS is empty, a chat identity that takes part where somebody came by a channel', async () => {
    const written = messageAdded({ Author: 'ana', Source: 'SDK' });
    expect(await who(written, { byChannel: true })).toBe('person');
    expect(await who(written, { byChannel: false })).toBe('customer');
    expect(await who({ ...stranger, Source: 'SDK' }, { byChannel: true })).toBe('customer');
    expect(await who(written, { byChannel: true, agents: named('bea') })).toBe('customer');
    expect(await who(written, { byChannel: true, agents: named(AGENT_ROLE), participant })).toBe('customer');
  });

  // They were welcomed as customers, in the chat of one who had come by WhatsApp.
  it('is, where AGENTS is empty, whoever joins by a chat identity where somebody came by a channel', async () => {
    const joined = participantAdded({ Identity: 'ana' });
    expect(await who(joined, { byChannel: true })).toBe('person');
    expect(await who(joined, { byChannel: false })).toBe('customer');
    expect(await who(joined, { byChannel: true, agents: named('bea') })).toBe('customer');
    expect(await who(joined, { byChannel: true, programs: named('ana') })).toBe('program');
    expect(await who(participantAdded(), { byChannel: true })).toBe('customer');
  });

  const participant = async () => ({ role_sid: `RL${'e'.repeat(32)}` });

  it.each([
    [AGENT_ROLE, 'person'],
    [`RL${'e'.repeat(32)}`, 'customer'],
    [null, 'customer'],
  ])('is told by a role that AGENTS names: %s is a %s', async (role_sid, expected) => {
    const agents = named(`RL${'d'.repeat(32)}`, AGENT_ROLE);
    expect(await who(unsigned, { agents, participant: async () => ({ role_sid }) })).toBe(expected);
    const joined = participantAdded({ Identity: 'ana' });
    expect(await who(joined, { agents, participant: async () => ({ role_sid }) })).toBe(expected);
    if (role_sid !== null) expect(await who({ ...joined, RoleSid: role_sid }, { agents })).toBe(expected);
  });

  // They were answered, and so was their customer over them.
  it.each([
    [false, 'customer'],
    [true, 'person'],
  ])(
    'is, where a role tells and Twilio shows nobody, whoever came by no channel where others do: %s',
    async (byChannel, expected) => {
      const clues = { agents: named(AGENT_ROLE), byChannel, participant: async () => undefined };
      expect(await who(unsigned, clues)).toBe(expected);
      expect(await who({ ...unsigned, Attributes: { parley: {} }, Source: 'SDK' }, clues)).toBe(
        byChannel ? 'person' : 'bot',
      );
      expect(await who(participantAdded({ Identity: 'ana' }), clues)).toBe(expected);
      expect(await who(messageAdded(), clues)).toBe('customer');
      expect(await who({ ...stranger, Source: 'SDK' }, clues)).toBe('customer');
    },
  );

  it('is not asked for where the author says enough', async () => {
    const agents = named(AGENT_ROLE, 'ana');
    expect(await who({ ...unsigned, Source: 'SDK' }, { agents })).toBe('person');
    expect(await who(messageAdded(), { agents })).toBe('customer');
    expect(await who({ ...stranger, Source: 'SDK', Author: 'bea' }, { agents })).toBe('customer');
  });

  it('who joins is told by identity', async () => {
    expect(await who(participantAdded({ Identity: 'ana' }), { agents: named('ana') })).toBe('person');
    expect(await who(participantAdded({ Identity: 'bea' }), { agents: named('ana') })).toBe('customer');
  });
});

describe('a program', () => {
  it('is whom PROGRAMS names, by message and when it joins, even under a name that AGENTS fits', async () => {
    const clues = { programs: named('reminder*'), agents: named('*') };
    expect(await who(messageAdded({ Author: 'reminder-1', Source: 'SDK' }), clues)).toBe('program');
    expect(
      await who({ ...stranger, Author: 'reminder', Attributes: { parley: { waits: 'x' } } }, clues),
    ).toBe('program');
    expect(await who(participantAdded({ Identity: 'reminder' }), clues)).toBe('program');
  });
});

describe('the bot', () => {
  it('is its author, by message and when it joins', async () => {
    expect(await who(messageAdded({ Author: 'parley' }))).toBe('bot');
    expect(await who(participantAdded({ Identity: 'parley' }))).toBe('bot');
  });

  // The SDK lets whoever writes copy Attributes, and with them the marker.
  it('is whoever carries its marker, but for a customer by channel and whom AGENTS names', async () => {
    const Attributes = { parley: {} };
    const agents = named('ana');
    expect(await who({ ...stranger, Attributes, Source: 'SMS' }, { agents })).toBe('bot');
    expect(await who({ ...unsigned, Author: 'bea', Attributes, Source: 'SDK' }, { agents })).toBe('bot');
    expect(await who({ ...unsigned, Attributes, Source: 'SDK' }, { agents })).toBe('person');
    expect(await who(messageAdded({ Attributes }), { agents })).toBe('customer');
  });

  // It was never noted that they had written, and their customer was answered over them.
  it('is not an agent whom only a role tells, although they copy its marker', async () => {
    const agents = named(AGENT_ROLE);
    const marked = { ...unsigned, Attributes: { parley: {} }, Source: 'SDK' };
    const role = (role_sid: string | null) => ({ agents, participant: async () => ({ role_sid }) });
    expect(await who(marked, role(AGENT_ROLE))).toBe('person');
    expect(await who(marked, role(null))).toBe('bot');
    expect(await who({ ...marked, Author: 'parley' }, role(AGENT_ROLE))).toBe('bot');
  });

  it('is not Twilio’s system', async () => {
    expect(await who(messageAdded({ Author: 'System' }))).toBe('system');
  });
});

describe('whoever takes part', () => {
  const ana = { identity: 'ana', role_sid: `RL${'e'.repeat(32)}` };

  it.each<[string, Identified, Partial<Clues>, boolean]>([
    ['whom AGENTS names', ana, { agents: named('ana') }, true],
    ['whose role AGENTS names', ana, { agents: named(`RL${'e'.repeat(32)}`) }, true],
    ['whom AGENTS does not name', ana, { agents: named('bea'), byChannel: true }, false],
    ['whose role AGENTS does not name', ana, { agents: named(AGENT_ROLE), byChannel: true }, false],
    ['where AGENTS is empty and somebody came by a channel', ana, { byChannel: true }, true],
    ['where AGENTS is empty and nobody came by a channel', ana, {}, false],
    ['without an identity', { identity: null }, { agents: named('*'), byChannel: true }, false],
    ['as the bot', { identity: 'parley' }, { agents: named('*'), byChannel: true }, false],
    ['as a program', ana, { agents: named('*'), programs: named('ana') }, false],
  ])('%s is one of your people or is not', (_, found, clues, expected) => {
    expect(isPersonThere(found, { ...CLUES, ...clues })).toBe(expected);
  });
});
