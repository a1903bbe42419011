import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AFTER_RULES, explainReason, GUARDS } from '../../lib/guards/guards.ts';
import { parseNames } from '../../lib/guards/names.ts';
import { conversationAdded, messageAdded, participantAdded } from '../rules/support.ts';
import { OPEN, reasonFor } from './asked.ts';

const reason = (fields: Parameters<typeof messageAdded>[0]) => reasonFor(messageAdded(fields));
const HOUR = 3_600_000;
const at = Date.parse(messageAdded().DateCreated);

describe('the list of guards', () => {
  it('is asked in one order, whose reasons are stored and counted', () => {
    expect(GUARDS.map((guard) => guard.reason)).toEqual([
      'own_author',
      'system_author',
      'api_source',
      'own_marker',
      'not_a_customer',
      'reaction',
      'opt_out_word',
      'handed_over',
      'person',
      'off',
      'stale',
      'muted',
      'repeated_text',
      'budget_minute',
      'budget_taps',
      'budget_hour',
      'budget_day',
    ]);
  });

  it('has a sentence for people behind each reason, and docs/rules.md has them all', () => {
    const docs = readFileSync('docs/rules.md', 'utf8');
    for (const { reason, says } of [...GUARDS, ...AFTER_RULES]) {
      expect(says).toMatch(/^[A-Z].*[.)]\.?$/);
      expect(explainReason(reason)).toBe(says);
      expect(docs).toContain(`| \`${reason}\` | ${says} |`);
    }
    expect(explainReason('50407')).toBeUndefined();
  });

  it('gives the reason of the first that stops when several would', async () => {
    const all = { Author: 'parley', Source: 'API', Attributes: { parley: {} }, Body: 'stop' };
    expect(await reason(all)).toBe('own_author');
    expect(await reason({ ...all, Author: 'system' })).toBe('system_author');
    expect(await reason({ ...all, Author: '+15550100001' })).toBe('api_source');
    expect(await reason({ ...all, Author: '+15550100001', Source: 'SMS' })).toBe('own_marker');
  });
});

describe('guards against answering ourselves', () => {
  it('let a customer through', async () => {
    expect(await reason({ Body: 'hello' })).toBeUndefined();
  });

  it('stop a message by our own author, with nothing else to tell it', async () => {
    expect(await reason({ Author: 'parley', Source: 'SDK' })).toBe('own_author');
  });

  it('let an author through whose name only resembles ours', async () => {
    expect(await reason({ Author: 'parley-fan', Source: 'SDK' })).toBeUndefined();
  });

  it.each([['system'], ['System'], ['SYSTEM']])('stop a message by Twilio’s author %s', async (Author) => {
    expect(await reason({ Author, Source: 'SDK' })).toBe('system_author');
  });

  it.each([['API'], ['api'], ['Api']])('stop a message from Source %s', async (Source) => {
    expect(await reason({ Source })).toBe('api_source');
  });

  it.each([['SMS'], ['SDK'], ['WHATSAPP'], ['']])('let Source %j through', async (Source) => {
    expect(await reason({ Source })).toBeUndefined();
  });

  it('let a message through that says nothing of its Source', async () => {
    const { Source: _, ...event } = messageAdded();
    expect(await reasonFor(event)).toBeUndefined();
  });

  it.each([[{ in_reply_to: 'IM1', part: '1/1' }], [{}], [true], [null]])(
    'stop a message marked with %j',
    async (marker) => {
      expect(await reason({ Attributes: { parley: marker } })).toBe('own_marker');
    },
  );

  it.each([[{}], [{ Parley: 1 }], [{ other: { parley: 1 } }], [['parley']], ['parley'], [null], [7]])(
    'let Attributes %j through',
    async (Attributes) => {
      expect(await reason({ Attributes })).toBeUndefined();
    },
  );

  it('look for the marker in messages alone: nobody replies by joining', async () => {
    expect(await reasonFor(participantAdded({ Attributes: { parley: {} } }))).toBeUndefined();
  });

  it('are not taken in by an inherited marker', async () => {
    expect(await reason({ Attributes: Object.create({ parley: {} }) })).toBeUndefined();
  });

  it('do not welcome the bot itself when it joins', async () => {
    expect(await reasonFor(participantAdded({ Identity: 'parley', Source: 'API' }))).toBe('own_author');
  });

  it('let the rules welcome others, though a program let them in', async () => {
    expect(await reasonFor(participantAdded({ Identity: 'ada', Source: 'API' }))).toBeUndefined();
    expect(await reasonFor(conversationAdded({ Source: 'API' }))).toBeUndefined();
  });
});

describe('people and programs of ours', () => {
  const agents = parseNames(['agent-*', `RL${'f'.repeat(32)}`]);
  const programs = parseNames(['reminder']);

  it('are not answered', async () => {
    const clues = { agents, programs };
    expect(await reasonFor(messageAdded({ Author: 'agent-ana', Source: 'SDK' }), { clues })).toBe(
      'not_a_customer',
    );
    expect(await reasonFor(messageAdded({ Author: 'reminder', Source: 'SDK' }), { clues })).toBe(
      'not_a_customer',
    );
  });

  // An agent whose role is in AGENTS was welcomed: the event's RoleSid was never read.
  it('are not welcomed when they join, told by identity or by the role that the event carries', async () => {
    const clues = { agents };
    const join = (fields: object) => reasonFor(participantAdded({ Identity: 'ana', ...fields }), { clues });
    expect(await join({ Identity: 'agent-ana' })).toBe('not_a_customer');
    expect(await join({ RoleSid: `RL${'f'.repeat(32)}` })).toBe('not_a_customer');
    expect(await join({ RoleSid: `RL${'e'.repeat(32)}` })).toBeUndefined();
  });
});

describe('a person who has written', () => {
  const msAfter = (ms: number, over: object = {}) =>
    reasonFor(messageAdded(), { conversation: { ...OPEN, personAt: at - ms }, ...over });

  it('silences the bot for as long as the rules say, and not a moment longer', async () => {
    expect(await msAfter(0)).toBe('person');
    expect(await msAfter(8 * HOUR - 1)).toBe('person');
    expect(await msAfter(8 * HOUR)).toBeUndefined();
    expect(await msAfter(60_000, { quietAfterPersonMs: 60_000 })).toBeUndefined();
  });

  it('silences it too when they wrote after the customer: they have answered', async () => {
    expect(await msAfter(-5_000)).toBe('person');
  });

  it('does not when the rules switch that off', async () => {
    expect(await msAfter(1, { quietAfterPersonMs: 0 })).toBeUndefined();
    expect(await msAfter(-5_000, { quietAfterPersonMs: 0 })).toBeUndefined();
  });

  it('is told by when both wrote, however late the bot decides', async () => {
    expect(await msAfter(8 * HOUR - 1, { now: at + HOUR })).toBe('person');
  });

  it('keeps a welcome back as well', async () => {
    const conversation = { ...OPEN, personAt: at - 1 };
    expect(await reasonFor(participantAdded(), { conversation })).toBe('person');
  });
});

describe('a handover', () => {
  const handover = { at: at - HOUR, until: at + 1, back: ['bot'] };
  const handed = (over: object = {}, fields: Parameters<typeof messageAdded>[0] = {}) =>
    reasonFor(messageAdded(fields), { conversation: { ...OPEN, handover, ...over } });

  it('silences the bot until its time is over', async () => {
    expect(await handed()).toBe('handed_over');
    expect(await handed({ handover: { ...handover, until: at } })).toBeUndefined();
    expect(await handed({ personAt: at - 1 })).toBe('handed_over');
  });

  it('silences it in what was written before it as well: a person answers that', async () => {
    expect(await handed({ handover: { ...handover, at: at + 1, until: at + HOUR } })).toBe('handed_over');
  });

  it('keeps a welcome back', async () => {
    const conversation = { ...OPEN, handover };
    expect(await reasonFor(participantAdded(), { conversation })).toBe('handed_over');
  });

  it('is over when it was given back after it began, and with it the quiet after what a person wrote before', async () => {
    expect(await handed({ givenBackAt: at - HOUR + 1, personAt: at - HOUR })).toBeUndefined();
    expect(await handed({ givenBackAt: at - HOUR - 1 })).toBe('handed_over');
    expect(await handed({ givenBackAt: at })).toBeUndefined();
  });

  it('stands when it began in the very message that came back', async () => {
    expect(await handed({ givenBackAt: at - HOUR })).toBe('handed_over');
  });

  // What came late was answered over the person who had answered it.
  it('keeps what was written before it was given back', async () => {
    expect(await handed({ givenBackAt: at + 1 })).toBe('handed_over');
    expect(
      await handed({ handover: { ...handover, until: at }, personAt: at - 1, givenBackAt: at + 1 }),
    ).toBe('person');
  });

  it('is left by its words, compared as keywords, and the quiet after a person’s message with it', async () => {
    expect(await handed({ personAt: at - 1 }, { Body: ' *BOT*! ' })).toBeUndefined();
    expect(await handed({}, { Body: 'robot' })).toBe('handed_over');
    const begunAt = (ms: number) => ({ handover: { ...handover, at: ms, until: at + HOUR } });
    expect(await handed(begunAt(at), { Body: 'bot' })).toBeUndefined();
    expect(await handed(begunAt(at + 1), { Body: 'bot' })).toBe('handed_over');
    expect(await handed({ personAt: at - 1, handover: { ...handover, until: at } }, { Body: 'bot' })).toBe(
      'person',
    );
  });

  // The conversation was closed after the customer had come back, which no webhook told of.
  it('is left by its words also where a later giving back was noted before them', async () => {
    expect(await handed({ personAt: at - 1, givenBackAt: at + 1 }, { Body: 'bot' })).toBeUndefined();
    expect(await handed({ personAt: at + 1, givenBackAt: at + 2 }, { Body: 'bot' })).toBe('person');
  });

  it('begins anew with what a person writes after it was given back', async () => {
    expect(await handed({ givenBackAt: at - 2, personAt: at - 1 })).toBe('person');
    expect(await handed({ givenBackAt: at - 1, personAt: at - 1 })).toBe('person');
    expect(await handed({ personAt: at + 1 }, { Body: 'bot' })).toBe('person');
  });

  it('leaves words to Twilio that Twilio answers', async () => {
    const sms = { Author: '+15550100001', Source: 'SMS', Body: 'stop' };
    expect(await handed({ handover: { ...handover, back: ['stop'] } }, sms)).toBe('opt_out_word');
  });
});

describe('YES by SMS', () => {
  const yes = messageAdded({ Author: '+15550100001', Source: 'SMS', Body: 'Yes' });

  it('is Twilio’s while the bot asks nothing, and an answer while it does', async () => {
    expect(await reasonFor(yes)).toBe('opt_out_word');
    expect(await reasonFor(yes, { isAsked: () => true })).toBeUndefined();
  });

  it('is the only word that an open question takes from Twilio', async () => {
    for (const Body of ['STOP', 'START', 'HELP', 'UNSTOP'])
      expect(await reasonFor({ ...yes, Body }, { isAsked: () => true })).toBe('opt_out_word');
  });
});

describe('operators', () => {
  it('switch the bot off', async () => {
    expect(await reasonFor(messageAdded(), { mode: 'off' })).toBe('off');
    expect(await reasonFor(messageAdded(), { mode: 'dry-run' })).toBeUndefined();
  });

  it('say when a message is too old', async () => {
    expect(await reasonFor(messageAdded(), { now: at + HOUR })).toBeUndefined();
    expect(await reasonFor(messageAdded(), { now: at + HOUR + 1 })).toBe('stale');
  });
});
