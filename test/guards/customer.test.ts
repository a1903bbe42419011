import { describe, expect, it } from 'vitest';
import { isCustomer, parseAgents, type ReadRole } from '../../lib/guards/customer.ts';
import { conversationAdded, messageAdded, participantAdded } from '../rules/support.ts';

const AGENT_ROLE = `RL${'f'.repeat(32)}`;
const noRole: ReadRole = () => Promise.reject(new Error('nobody asked for roles'));
const named = (...entries: string[]) => parseAgents(entries);
const nobody = named();
const { Source: _, ...unsigned } = messageAdded({ Author: 'ana' });
const { ParticipantSid: __, ...stranger } = unsigned;

describe('the AGENTS setting', () => {
  it('holds identities, and roles by their SID', () => {
    expect(parseAgents(['ana', AGENT_ROLE, 'agent-*'])).toEqual({
      identities: ['ana', 'agent-*'],
      roleSids: [AGENT_ROLE],
    });
  });

  it.each([`x${AGENT_ROLE}`, `${AGENT_ROLE}0`, `RL${'f'.repeat(31)}`, `RL${'g'.repeat(32)}`])(
    'takes %s for an identity',
    (entry) => {
      expect(parseAgents([entry])).toEqual({ identities: [entry], roleSids: [] });
    },
  );
});

describe('a customer', () => {
  it.each([
    ['who takes part, in a message read from Twilio', unsigned, true],
    ['who came in by a channel', { ...stranger, Source: 'SMS' }, true],
    ['who came in by an SDK', { ...stranger, Source: 'sdk' }, true],
    ['who takes part, whatever posted it', { ...unsigned, Source: 'API' }, true],
    ['who neither takes part nor says a Source', stranger, false],
    ['in whose name a program writes', { ...stranger, Source: 'API' }, false],
    ['in whose name a program writes in small letters', { ...stranger, Source: 'api' }, false],
  ])('is told by participant and Source: one %s', async (_, event, expected) => {
    expect(await isCustomer(event, nobody, noRole)).toBe(expected);
  });

  it.each([
    ['+15550100', true],
    ['whatsapp:+15550100', true],
    ['x+15550100', false],
    ['+15550100 ', false],
    ['a b:+15550100', false],
    ['whatsapp:+', false],
    ['whatsapp:', false],
    ['ana', false],
  ])('who writes as %j while AGENTS names all identities: %s', async (Author, expected) => {
    expect(await isCustomer({ ...unsigned, Author }, named('*'), noRole)).toBe(expected);
  });

  it('is everybody whom an event about no message and no participant is about', async () => {
    expect(await isCustomer(conversationAdded(), named('*'), noRole)).toBe(true);
  });

  it('who joins is told by the identity', async () => {
    expect(await isCustomer(participantAdded({ Identity: 'ana' }), named('ana'), noRole)).toBe(false);
    expect(await isCustomer(participantAdded({ Identity: 'bea' }), named('ana'), noRole)).toBe(true);
  });

  // An SMS participant has no identity, and the empty text matched `*`: nobody was welcomed.
  it('who joins by a channel has no identity, and no pattern fits', async () => {
    expect(await isCustomer(participantAdded(), named('*'), noRole)).toBe(true);
  });
});

describe('a pattern in AGENTS', () => {
  it.each([
    ['ana', 'ana', true],
    ['ana', 'ana2', false],
    ['aa', 'aaa', false],
    ['*', '', true],
    ['agent-*', 'agent-', true],
    ['*-ana', 'agent-ana', true],
    ['*-ana', 'agent-ana-2', false],
    ['agent-*', 'my-agent-1', false],
    ['a*b*c', 'a1b2c', true],
    ['a*b*c', 'abc', true],
    ['a*b*c', 'a1c2b', false],
    ['a*b*c', 'ac', false],
    ['a*b*b*c', 'abxc', false],
    ['a*bb*b*c', 'abbc', false],
    ['a**c', 'axc', true],
    ['ab*ba', 'aba', false],
    ['ab*ba', 'abba', true],
    ['a*b*', 'acb', true],
    ['*b*', 'ac', false],
  ])('%s fits %j: %s', async (pattern, Author, fits) => {
    expect(await isCustomer({ ...unsigned, Author }, named(pattern), noRole)).toBe(!fits);
  });
});

describe('a role in AGENTS', () => {
  const agents = named(`RL${'d'.repeat(32)}`, AGENT_ROLE);
  const role =
    (sid: string | null | undefined): ReadRole =>
    async (participantSid) =>
      participantSid === unsigned.ParticipantSid ? sid : undefined;

  it.each([
    [AGENT_ROLE, false],
    [`RL${'e'.repeat(32)}`, true],
    [null, true],
    [undefined, true],
  ])('is read of the participant who writes: with %s a customer is %s', async (sid, expected) => {
    expect(await isCustomer(unsigned, agents, role(sid))).toBe(expected);
  });

  it('is not asked for when no participant wrote, or the author says enough', async () => {
    expect(await isCustomer({ ...stranger, Source: 'SDK' }, agents, noRole)).toBe(true);
    expect(await isCustomer({ ...unsigned, Author: '+15550100' }, agents, noRole)).toBe(true);
    expect(await isCustomer(unsigned, named(AGENT_ROLE, 'ana'), noRole)).toBe(false);
  });
});
