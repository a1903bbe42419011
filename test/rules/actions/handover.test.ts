import { describe, expect, it } from 'vitest';
import { answer, problemsOf } from './answer.ts';

const HOUR = 3_600_000;

describe('handover', () => {
  it('lasts a day where it says nothing else', () => {
    expect(answer('[{ text: Wait. }, { handover: true }]')).toMatchObject({
      steps: [{ kind: 'text' }],
      change: { handover: { forMs: 24 * HOUR, back: [] } },
    });
  });

  it('invites after what is said, each once, and knows the words back as keywords are known', () => {
    expect(
      answer(
        "[{ text: Wait. }, { handover: { for: 8h, back: [BOT!, 'bot', 1, Zurück], invite: [dana, dana, eve] } }]",
      ),
    ).toEqual({
      steps: [
        { kind: 'text', Body: 'Wait.' },
        { kind: 'invite', identity: 'dana' },
        { kind: 'invite', identity: 'eve' },
      ],
      change: { handover: { forMs: 8 * HOUR, back: ['bot', '1', 'zuruck'] } },
    });
  });

  it.each([
    ['{ handover: false }', '"handover" is true, or it must be a mapping (key: value), not false.'],
    ['{ handover: { for: 31d } }', '"31d" is longer than 30 days. Write at most 30d, such as 90m or 8h.'],
    ['{ handover: { back: "" } }', 'This is empty. Write what to look for.'],
    [
      '{ handover: { back: "\\u200b" } }',
      'There is nothing to see in this word. Write what customers write.',
    ],
    ['{ handover: { invite: [] } }', 'This list is empty. Give at least one item, or leave the key out.'],
    [
      '{ handover: { invit: dana } }',
      'The key "invit" is not known here. Allowed: for, back, invite. Did you mean "invite"?',
    ],
    [
      '{ handover: true, invite: dana }',
      'The key "invite" goes into the handover: write "handover: { invite: … }".',
    ],
    ['[{ handover: true }, { text: x }]', '"handover" comes last, and once: the bot is quiet from there on.'],
    [
      '[{ handover: true }, { handover: true }]',
      '"handover" comes last, and once: the bot is quiet from there on.',
    ],
  ])('may not be %s', (then, problem) => {
    expect(problemsOf(then)).toEqual([problem]);
  });
});
