import { describe, expect, it } from 'vitest';
import { failureOf, RULES } from './support.ts';

/** What a talk of these steps says went otherwise. */
const failure = (steps: string, keys = '') => failureOf(RULES, steps, keys);

describe('a talk', () => {
  it.each([
    ['words', "- says: ask\n- bot: 'How many?'"],
    ['words that begin and end with space', '- says: ask\n- bot: |\n    How many?'],
    ['several, in one list', '- says: both\n- bot: [ First., Second. ]'],
    ['several, in steps of their own', '- says: both\n- bot: First.\n- bot: Second.'],
    ['what matches', "- says: ask\n- bot: { matching: 'many\\?$' }"],
    ['a template', '- says: welcome\n- bot: { template: welcome }'],
    [
      'a template with its variables',
      '- says: order 007\n- bot: { template: status, variables: { order: 007 } }',
    ],
    ['a template whatever its variables', '- says: order 7\n- bot: { template: status }'],
    ['a rule instead of all its words', '- says: both\n- bot: { rule: both }'],
    ['the rule that went on to another one', '- says: menu\n- bot: { rule: menu }'],
    [
      'the item of an otherwise',
      '- says: ask\n- bot: { rule: ask }\n- says: few\n- bot: { rule: ask.otherwise }',
    ],
    ['the answer of the file itself', '- says: what?\n- bot: { rule: otherwise }'],
    [
      'a rule that says nothing, and remembers',
      '- says: note\n- bot: { rule: note }\n- remembered: { noted: true }',
    ],
    ['a step that customers do not see', '- says: tag\n- bot: [ { tag: { topic: refund } }, Tagged. ]'],
    ['any tag', '- says: tag\n- bot: [ { tag: true }, Tagged. ]'],
    ['a handover', '- says: person\n- bot: [ Somebody comes., { handover: true } ]'],
    [
      'a handover in all its parts',
      '- says: person\n- bot: [ Somebody comes., { handover: { for: 8h, back: BOT, invite: dana } } ]',
    ],
    ['a handover by what is so after it', '- says: person\n- bot: Somebody comes.\n- handed over: true'],
    ['a picture', '- sends: image/png\n- bot: A picture.'],
    [
      'a picture with a caption',
      '- sends: { media: [image/png, image/jpeg], text: look }\n- bot: A picture.',
    ],
    ['silence on purpose', '- says: quiet\n- silence: ignored'],
    [
      'the silence after a person',
      '- agent: { dana: Hello }\n- says: ask\n- silence: person\n- waits: 1h\n- says: ask\n- bot: How many?',
    ],
    [
      'one of two people who leaves, and the other',
      '- agent: { dana: Hello }\n- agent: { ben: Hello }\n- leaves: ben\n- says: ask\n- silence: person\n- leaves: dana\n- says: ask\n- bot: How many?',
    ],
    ['who joins', '- joins: ana\n- bot: Welcome, ana!', 'channel: chat'],
    ['a conversation that begins', '- begins: true\n- bot: A new conversation.'],
    [
      'what a program says',
      '- program: { text: Your parcel is there. }\n- silence: api_source\n- says: 3\n- bot: Sorry?',
    ],
    [
      'a program that asks',
      '- program: { waits: ask, text: How many shall we send? }\n- waits: 1d\n- says: 3\n- bot: So 3.',
    ],
    ['an answer that never came', '- says: ask\n- bot: How many?\n- fails: 63016\n- says: 3\n- bot: So 3.'],
    [
      'what is remembered',
      '- says: ask\n- bot: How many?\n- says: 1 000\n- bot: So 1000.\n- remembered: { many: 1000, name: }',
    ],
    [
      'that nothing is remembered',
      '- says: note\n- bot: { rule: note }\n- says: forget\n- bot: { rule: forget }\n- remembered: {}',
    ],
    ['a language', '- language: en\n- says: Deutsch\n- bot: Deutsch jetzt.\n- language: de'],
    [
      'the language of a customer',
      '- says: hi\n- bot: Sorry?\n- language: de',
      'participant: { language: de-AT }',
    ],
    [
      'the language of a conversation',
      '- says: hi\n- bot: Sorry?\n- language: de',
      'conversation: { language: de }',
    ],
    ['what Twilio knows of a customer', '- says: tier\n- bot: Gold.', 'participant: { tier: gold }'],
    ['a channel', '- says: where\n- bot: By SMS.', 'channel: sms'],
    ['a group, which is a chat', '- says: { text: where, from: ana }\n- bot: On chat.'],
    ['a group on another channel', '- says: { text: where, from: ana }\n- bot: By SMS.', 'channel: sms'],
    ['a word that Twilio answers', '- says: Stop!\n- silence: opt_out_word', 'channel: sms'],
    ['a stop word that no rule takes', '- says: STOP\n- silence: stop_word'],
  ])('goes as it is written: %s', async (_, steps, keys = '') => {
    expect(await failure(steps, keys)).toBe(undefined);
  });

  it.each([
    [
      'other words',
      '- says: ask\n- bot: How much?',
      '4: Expected "How much?", and the bot said "How many?" (rule "ask").',
    ],
    [
      'words that do not match',
      '- says: ask\n- bot: { matching: ^much }',
      '4: Expected something that matches ^much, and the bot said "How many?" (rule "ask").',
    ],
    [
      'another template',
      '- says: order 7\n- bot: { template: welcome }',
      '4: Expected the template welcome, and the bot said the template status (order: "7") (rule "status").',
    ],
    [
      'another variable',
      '- says: order 7\n- bot: { template: status, variables: { order: 8 } }',
      '4: Expected the template status (order: "8"), and the bot said the template status (order: "7") (rule "status").',
    ],
    [
      'another rule',
      '- says: ask\n- bot: { rule: both }',
      '4: Expected what "both" says, and the bot said "How many?" (rule "ask").',
    ],
    [
      'the second of two',
      '- says: both\n- bot: First.\n- bot: Third.',
      '5: Expected "Third.", and the bot said "Second." (rule "both").',
    ],
    [
      'one that is missing',
      '- says: ask\n- bot: [ How many?, Really? ]',
      '4: Expected "Really?", and the bot said no more.',
    ],
    [
      'one too many',
      '- says: both\n- bot: First.',
      '4: The bot also said "Second." (rule "both"), and no step expects it. Write it under "bot", or leave a "- bot:" empty and run with --update.',
    ],
    [
      'an answer that no step expects',
      '- says: ask\n- says: 3\n- bot: So 3.',
      '3: The bot said "How many?" (rule "ask"), and no step expects it. Write it under "bot", or leave a "- bot:" empty and run with --update.',
    ],
    [
      'another tag',
      '- says: tag\n- bot: [ { tag: { topic: order } }, Tagged. ]',
      '4: Expected a tag (topic: "order"), and the bot said a tag (topic: "refund") (rule "tag").',
    ],
    [
      'a tag that is not named',
      '- says: tag\n- bot: Tagged.',
      '4: Expected "Tagged.", and the bot said a tag (topic: "refund") (rule "tag").',
    ],
    [
      'another time of a handover',
      '- says: person\n- bot: [ Somebody comes., { handover: { for: 1d } } ]',
      '4: Expected a handover for 1d, and the bot said a handover for 8h, with dana (rule "person").',
    ],
    [
      'silence where words are expected',
      '- says: quiet\n- bot: Sorry?',
      '4: Expected "Sorry?", and the bot was silent (ignored). The rule says to answer nothing.',
    ],
    [
      'words where silence is expected',
      '- says: ask\n- silence: no_rule',
      '4: Expected silence (no_rule), and the bot said "How many?" (rule "ask").',
    ],
    [
      'another silence',
      '- says: quiet\n- silence: no_rule',
      '4: Expected silence (no_rule), and the bot was silent (ignored). The rule says to answer nothing.',
    ],
    [
      'an answer without a word where silence is expected',
      '- says: note\n- silence: no_rule',
      '4: Expected silence (no_rule), and the rule "note" answered without a word.',
    ],
    [
      'what is not remembered',
      '- says: note\n- bot: { rule: note }\n- remembered: { noted: false }',
      '5: Expected to be remembered: noted: "false". What is: noted: "true".',
    ],
    [
      'what is remembered all the same',
      '- says: note\n- bot: { rule: note }\n- remembered: {}',
      '5: Expected to be remembered: nothing. What is: noted: "true".',
    ],
    [
      'another language',
      '- says: hi\n- bot: Sorry?\n- language: de',
      '5: Expected the language de, and it is en.',
    ],
    [
      'no handover',
      '- says: hi\n- bot: Sorry?\n- handed over: true',
      '5: The bot answers this conversation.',
    ],
    [
      'a handover that is not over',
      '- says: person\n- bot: { rule: person }\n- handed over: false',
      '5: The conversation is handed over to a person.',
    ],
    [
      'what nobody can tap',
      '- taps: Yes',
      '3: The bot has offered nothing called "Yes" to tap. Nothing can be tapped.',
    ],
    [
      'somebody who is not there',
      '- says: ask\n- bot: How many?\n- leaves: dana',
      '5: Nobody called "dana" takes part here. Those who do: customer.',
    ],
    ['what cannot have failed', '- fails: 63016', '3: The bot has said nothing yet that could fail.'],
  ])('says where it went otherwise: %s', async (_, steps, message) => {
    expect(await failure(steps)).toBe(message);
  });
});

describe('the time of a talk', () => {
  const HOURS = `version: 1
rules:
  - { id: clock, when: { keyword: clock }, then: { text: '{{ now.date }} {{ now.time }}' } }
  - { id: ask, when: { keyword: ask }, then: { text: Well?, wait: 1m } }
  - { id: answered, when: { after: ask, answer: yes }, then: { text: Fine. } }
otherwise: { text: Sorry? }
`;
  const going = (steps: string, keys = '') => failureOf(HOURS, steps, keys);

  it('is a Monday at ten unless it says more', async () => {
    expect(await going('- says: clock\n- bot: 2026-01-05 10:00')).toBe(undefined);
  });

  it('is that of its first step', async () => {
    expect(await going('- says: clock\n- bot: 2026-11-30 19:15', 'at: 2026-11-30T20:15 Europe/Berlin')).toBe(
      undefined,
    );
  });

  it('goes on by twenty seconds with each message, and by no more where it waits', async () => {
    const steps = [
      '- says: ask\n- bot: Well?',
      '- says: hm\n- bot: Sorry?',
      '- says: hm\n- bot: Sorry?',
      '- says: yes\n- bot: Fine.',
      '- says: ask\n- bot: Well?',
      '- waits: 30s\n- waits: 30s\n- says: yes\n- bot: Fine.',
      '- says: ask\n- bot: Well?',
      '- waits: 1m\n- waits: 1s\n- says: yes\n- bot: Sorry?',
    ];
    expect(await going(steps.join('\n'))).toBe(undefined);
  });

  it('may wait longer than anything a rule may wait for', async () => {
    expect(
      await going(
        '- says: clock\n- bot: { rule: clock }\n- waits: 90d\n- says: clock\n- bot: 2026-04-05 10:00',
      ),
    ).toBe(undefined);
  });

  it('does not go on between what is waited for and a look at what is so', async () => {
    const steps = '- says: ask\n- bot: Well?\n- waits: 1m\n- remembered: {}\n- says: yes\n- bot: Fine.';
    expect(await going(steps)).toBe(undefined);
  });
});

describe('guards and budgets', () => {
  it('hold in a talk as in life: the same text four times is a loop', async () => {
    const same = '- says: hello\n- bot: Sorry?\n';
    expect(await failure(`${same.repeat(3)}- says: hello\n- silence: repeated_text`)).toBe(undefined);
  });

  it('hold in a talk as in life: who answers within seconds is muted', async () => {
    const quick = (word: string) => `- waits: 1s\n- says: ${word}\n- bot: Sorry?\n`;
    const words = ['a', 'b', 'c', 'd', 'e', 'f'];
    expect(await failure(`${words.map(quick).join('')}- waits: 1s\n- says: g\n- silence: muted`)).toBe(
      undefined,
    );
  });

  it('hold in a talk as in life: so many replies an hour', async () => {
    const one = (place: number) => `- says: word ${place}\n- bot: Sorry?\n`;
    const many = Array.from({ length: 60 }, (_, place) => one(place)).join('');
    expect(await failure(`${many}- says: once more\n- silence: budget_hour`)).toBe(undefined);
  });
});
