import { describe, expect, it } from 'vitest';
import { ask, holds, notesOf, problemsOf } from './ask.ts';

describe('includes', () => {
  it.each([
    ['refund', 'I want a REFUND, please', true],
    ['refund', 'refundable', false],
    ['won', "I won't", false],
    ['won', 'I won.', true],
    ['money back', 'my money... back!', true],
    ['money back', 'back my money', false],
    ['#1', 'take #1', true],
    ['#1', 'take 1', false],
    ['1', 'take #1', true],
    ['@bot', 'hey @bot', true],
    ['@bot', 'hey bot', false],
    ['🇩🇪', '🇩🇪🇫🇷', true],
    ['👩', '👩‍💻', false],
    ['👍', 'ok 👍🏽', true],
    ['‼️', 'now ‼', true],
    ['‼️', 'now!!', false],
    ['order now', 'I order‼ now', true],
    ['order‼ now', 'I order‼ now', true],
    ['order‼ now', 'I order now', false],
    ['#1', 'we are #️⃣1', true],
    ['#️⃣', 'press #️⃣', true],
    ['#️⃣', 'press #', false],
    ['*⃣', '*️⃣', true],
    ['café', 'the cafe', true],
    ['返金', 'すぐに返金して', true],
  ])('%s, said %s: %s', (phrase, body, expected) => {
    expect(holds(`{ includes: ${JSON.stringify(phrase)} }`, body)).toBe(expected);
    expect(holds(`{ unless: { includes: [nothing, ${JSON.stringify(phrase)}] } }`, body)).toBe(!expected);
  });

  it('ignores no accents of a message that is a keyword of the file', () => {
    const rules = ['{ id: a, when: { keyword: cafe, channel: sms }, then: { text: a } }'];
    expect(holds('{ includes: café }', 'cafe', { rules })).toBe(false);
    expect(holds('{ includes: café }', 'a cafe', { rules })).toBe(true);
  });

  it('quotes the rule, never the customer', () => {
    expect(ask('{ includes: Money  back }', 'money back')?.why).toBe(
      'includes: the message contains "Money  back"',
    );
    expect(ask('{ includes: [a, b] }', 'CANARY')?.why).toBe(
      'includes: the message contains none of "a", "b"',
    );
  });

  it('refuses what has nothing to look for, and notes what is not compared', () => {
    expect(problemsOf('{ includes: "..." }')).toEqual(['"..." has no letter, digit or symbol to look for.']);
    expect(notesOf('{ includes: "50%" }')[0]).toContain('"50%" is found wherever "50" is');
    expect(notesOf('{ includes: "*️⃣" }')).toEqual([]);
  });
});
