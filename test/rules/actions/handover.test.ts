import { describe, expect, it } from 'vitest';
import { render } from '../../../lib/rules/actions/render.ts';
import { bookOf, decideOn, messageAdded } from '../support.ts';
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

  // Nobody but the rule with the keyword waits for what is written just so.
  it('knows the keywords of the file, wherever they stand, that are a word back only without their accents', () => {
    const handedOver = (back: string) => {
      const book = bookOf(`version: 1
rules:
  - { id: h, when: { keyword: h }, then: [{ text: Wait. }, { handover: { back: ${back} } }] }
  - id: q
    when: { keyword: [Para, pará, other] }
    then: { text: Which?, wait: 1h }
    otherwise: [{ when: { keyword: menü }, then: { text: x } }]
  - { id: a, when: { after: q, answer: number }, then: { text: x } }
otherwise: [{ when: { keyword: [zúruck, 1] }, then: { text: x } }, { then: { text: x } }]
`);
      const event = messageAdded({ Body: 'h' });
      const decision = decideOn(book, event);
      if (decision.outcome !== 'reply') throw new Error(decision.outcome);
      return render(book, decision, { event, now: 0 }).change?.handover;
    };
    expect(handedOver('[pará, menu, Zurück, other]')).toEqual({
      forMs: 24 * HOUR,
      back: ['para', 'menu', 'zuruck', 'other'],
      keywords: ['para', 'menü', 'zúruck'],
    });
    expect(handedOver('[para, bot]')).toMatchObject({ keywords: ['pará'] });
    expect(handedOver('bot')).not.toHaveProperty('keywords');
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
