import { describe, expect, it } from 'vitest';
import { readTalks } from '../../talks/read/read-talks.ts';
import { bookOf } from '../rules/support.ts';
import { problemsOf, RULES, talkOf } from './support.ts';

/** What is wrong with a talk of these steps. */
const ofSteps = (steps: string) => problemsOf(talkOf(steps));
const ofKeys = (keys: string) => problemsOf(talkOf('- says: ask\n- bot: How many?', keys));

describe('a file of talks', () => {
  it.each([
    ['', '1: A file of talks is a list. Begin each talk with "- talk:" and what it shows.'],
    ['talk: one', '1: A file of talks is a list. Begin each talk with "- talk:" and what it shows.'],
    [
      '- says: hi',
      '1: The key "says" is not known here. Allowed: talk, channel, at, participant, conversation, steps.',
    ],
    ['- talk: one', '1: The talk has no "steps".'],
    ['- talk: one\n  steps: hi', '2: The steps are a list (each begins with "- "), not "hi".'],
    ['- talk: one\n  steps: []', '2: There is no step here. Write: - says: hi'],
    ['- talk:\n  steps:\n    - says: hi', '1: The talk has no name. Say in a few words what it shows.'],
    ['- steps:\n    - says: hi', '1: The talk has no name. Begin it with "- talk:".'],
  ])('that is %j is refused', (text, problem) => {
    expect(problemsOf(text)).toContain(problem);
  });

  it('has no two talks of one name', () => {
    const one = talkOf('- says: ask\n- bot: How many?');
    expect(problemsOf(one + one)).toEqual(['5: The talk in line 1 has this name. Give it another.']);
  });

  it('reads everything as text, as it is written', () => {
    const text = talkOf('- says: 007\n- says: true\n- says: 1.0\n- says: ~\n- says: 2026-11-30');
    const [talk] = readTalks({ file: 'talks.yaml', text }, bookOf(RULES)).talks;
    expect(talk?.steps.map((step) => step.does === 'says' && step.text)).toEqual([
      '007',
      'true',
      '1.0',
      '~',
      '2026-11-30',
    ]);
  });

  it('tells all problems at once, in the order of the file', () => {
    const text = talkOf('- says: hi\n- bot: { rule: akc }\n- silence: bored', 'at: yesterday\nchanel: sms');
    expect(problemsOf(text).map((problem) => Number.parseInt(problem, 10))).toEqual([2, 3, 6, 7]);
  });
});

describe('a step', () => {
  it.each([
    ['says: { from: ana }', '3: The key "text" is missing here.'],
    ['taps: { from: ana }', '3: The key "title" is missing here.'],
    ['sends: { text: look }', '3: The key "media" is missing here.'],
  ])('that says too little (%s) is refused with the key that is missing', (step, problem) => {
    expect(ofSteps(`- ${step}`)).toEqual([problem]);
  });
});

describe('the head of a talk', () => {
  it.each([
    ['channel: pigeon', '2: "pigeon" is not a channel. Allowed: whatsapp, sms, rcs, messenger, chat.'],
    [
      'channel: whatsap',
      '2: "whatsap" is not a channel. Allowed: whatsapp, sms, rcs, messenger, chat. Did you mean "whatsapp"?',
    ],
    ['participant: Ada', '2: These must be a mapping (name: value), not "Ada".'],
    [
      'chanel: sms',
      '2: The key "chanel" is not known here. Allowed: talk, channel, at, participant, conversation, steps. Did you mean "channel"?',
    ],
    [
      'at: tomorrow',
      '2: "tomorrow" is not a time. Write a date, a time and, if it is not UTC, a zone: 2026-11-30T20:15 Europe/Berlin',
    ],
    [
      'at: 2026-02-30T10:00',
      '2: "2026-02-30T10:00" is not a time. Write a date, a time and, if it is not UTC, a zone: 2026-11-30T20:15 Europe/Berlin',
    ],
    [
      'at: 2026-11-30T20:15 Europe/Berlyn',
      '2: "Europe/Berlyn" is not a time zone. Write a place, such as Europe/Berlin or America/New_York, or UTC. Did you mean "Europe/Berlin"?',
    ],
    [
      'at: 2026-03-29T02:30 Europe/Berlin',
      '2: There is no 02:30 on 2026-03-29 in Europe/Berlin: the clocks are put forward over it. Write another time.',
    ],
  ])('%s: is refused', (keys, problem) => {
    expect(ofKeys(keys)).toEqual([problem]);
  });

  it.each([
    ['2026-11-30T20:15', '2026-11-30T20:15:00.000Z'],
    ['2026-11-30 20:15', '2026-11-30T20:15:00.000Z'],
    ['2026-11-30T20:15:30Z', '2026-11-30T20:15:30.000Z'],
    ['2026-11-30T20:15+01:00', '2026-11-30T19:15:00.000Z'],
    ['2026-11-30T20:15-0330', '2026-11-30T23:45:00.000Z'],
    ['2026-11-30T20:15 UTC', '2026-11-30T20:15:00.000Z'],
    ['2026-11-30T20:15 Europe/Berlin', '2026-11-30T19:15:00.000Z'],
    ['2026-07-01T20:15:30 Europe/Berlin', '2026-07-01T18:15:30.000Z'],
    ['2026-11-30T00:15 Pacific/Kiritimati', '2026-11-29T10:15:00.000Z'],
    ['2026-11-30T20:15 Asia/Kathmandu', '2026-11-30T14:30:00.000Z'],
    // Twice that night; the first.
    ['2026-10-25T02:30 Europe/Berlin', '2026-10-25T00:30:00.000Z'],
  ])('at: %s is %s', (at, time) => {
    const text = talkOf('- says: ask', `at: ${at}`);
    const [talk] = readTalks({ file: 'talks.yaml', text }, bookOf(RULES)).talks;
    expect(new Date(talk?.startsAt ?? 0).toISOString()).toBe(time);
  });
});

describe('a step of a talk', () => {
  it.each([
    ['- hi', '3: A step says who does what, such as "says: hi"; this is only "hi".'],
    ['- handed over', '3: A step says who does what, such as "says: hi"; this is only "handed over".'],
    [
      '- { says: hi, bot: Sorry? }',
      '3: A step is one thing, not "says" and "bot". Begin each with a dash on a line of its own: "- says: hi"',
    ],
    [
      '- {}',
      '3: A step is one thing, not nothing. Begin each with a dash on a line of its own: "- says: hi"',
    ],
    [
      '- say: hi',
      '3: The key "say" is not known here. Allowed: says, taps, sends, waits, agent, program, joins, leaves, begins, fails, call, bot, silence, handed over, remembered, language. Did you mean "says"?',
    ],
    ['- says:', '3: This is empty. Write what is meant.'],
    [
      '- says: [hi]',
      '3: This must be text, not a list. A text that begins with { or [ needs quotes around it.',
    ],
    ['- says:\n    text: hi\n    by: ana', '5: The key "by" is not known here. Allowed: text, from, before.'],
    ['- says: { text: hi, from: ana, before: maybe }', '3: Write true or false, not "maybe".'],
    [
      '- says: { text: hi, before: true }',
      '3: Nothing stands before this that it could have been written before. Leave out "before".',
    ],
    ['- sends: picture', '3: "picture" is not the type of a file. Write one such as image/jpeg.'],
    [
      '- says: hi\n- waits: soon',
      '4: "soon" is not a duration. Write a number and s, m, h or d, such as 90m or 2d.',
    ],
    ['- agent: Hello', '3: Say who writes, and what: agent: { dana: Hello }'],
    ['- agent: { dana: Hello, ben: Hi }', '3: One person writes in a step. Write: agent: { dana: Hello }'],
    ['- program: welcome', '3: There is no rule that waits "welcome". Those there are: ask.'],
    [
      '- program: {}',
      '3: Say what the program posts, or which rule’s question it asks: program: { waits: reminder }',
    ],
    ['- says: hi\n- fails: badly', '4: "badly" is not an error code of Twilio’s. Write one such as 63016.'],
    [
      '- bot: Hello',
      '3: Nothing happens before this that the bot could answer. Put a step such as "says:" before it.',
    ],
    [
      '- says: hi\n- bot: Sorry?\n- waits: 1h\n- bot: Hello',
      '6: Nothing happens before this that the bot could answer. Put a step such as "says:" before it.',
    ],
    [
      '- says: hi\n- bot: Sorry?\n- silence: no_rule',
      '5: The bot is either silent or it speaks. Keep one of these steps.',
    ],
    [
      '- says: hi\n- bot: []',
      '4: This list is empty. Write what the bot says, or "silence:" instead of "bot:".',
    ],
    ['- says: hi\n- bot: { rule: asks }', '4: There is no rule "asks". Did you mean "ask"?'],
    ['- says: hi\n- bot: { template: welcom }', '4: There is no template "welcom". Did you mean "welcome"?'],
    [
      '- says: hi\n- bot: { words: Hi }',
      '4: The key "words" is not known here. Allowed: text, matching, template, variables, media, rule, tag, handover.',
    ],
    [
      '- says: hi\n- bot: { rule: ask, template: welcome }',
      '4: The bot says one thing here, not "rule" and "template". Several are a list: [ first, second ].',
    ],
    [
      '- says: hi\n- bot: { variables: { a: b } }',
      '4: "variables" go with "template". Say which template is sent.',
    ],
    [
      '- says: hi\n- bot: { matching: "(" }',
      '4: This is not a regular expression: Invalid regular expression: /(/su: Unterminated group.',
    ],
    ['- says: hi\n- silence: persn', '4: There is no reason "persn". Did you mean "person"?'],
    ['- says: hi\n- bot: Sorry?\n- handed over: dana', '5: Write true or false, not "dana".'],
    [
      '- says: hi\n- bot: Sorry?\n- handed_over: true',
      '5: The key "handed_over" is not known here. Allowed: says, taps, sends, waits, agent, program, joins, leaves, begins, fails, call, bot, silence, handed over, remembered, language. Did you mean "handed over"?',
    ],
    [
      '- says: hi\n- bot: Sorry?\n- remembered: order',
      '5: What is remembered is a mapping (name: value), not "order".',
    ],
    ['- says: hi\n- bot: Sorry?\n- language: fr', '5: There is no language "fr". Those there are: en, de.'],
  ])('%s is refused', (steps, problem) => {
    expect(ofSteps(steps)).toEqual([problem]);
  });
});
