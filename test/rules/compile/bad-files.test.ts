import { describe, expect, it } from 'vitest';
import { EVENT_NAMES } from '../../../lib/event/event-types.ts';
import { ACTION_FORMS } from '../../../lib/rules/compile/actions/action-forms.ts';
import { CONDITION_FORMS } from '../../../lib/rules/compile/conditions/condition-forms.ts';
import { ANSWERED_EVENTS } from '../../../lib/rules/match/conditions/event.ts';
import { problemsOf } from '../support.ts';

const ME = `ME${'a'.repeat(32)}`;
const HX = `HX${'a'.repeat(32)}`;

/** A file whose only rule has these conditions in line 4 from column 11. */
const when = (conditions: string) =>
  `version: 1\nrules:\n  - id: r\n    when: ${conditions}\n    then: { text: x }\n`;
/** A file whose only rule has these actions in line 5 from column 11. */
const then = (actions: string, conditions = '{}') =>
  `version: 1\nrules:\n  - id: r\n    when: ${conditions}\n    then: ${actions}\n`;
/** A file with a template catalogue in line 2 from column 12. */
const templates = (catalogue: string) => `version: 1\ntemplates: ${catalogue}\nrules: []\n`;
/** A rule that uses the template `t`, which has the variable `a`; variables in line 6 from column 37. */
const use = (variables: string) =>
  `version: 1\ntemplates: { t: { sid: ${HX}, variables: [a] } }\nrules:\n  - id: r\n    when: {}\n    then: { template: t, variables: ${variables} }\n`;
const rules = (...list: readonly string[]) =>
  `version: 1\nrules:\n${list.map((rule) => `  - ${rule}\n`).join('')}`;

const EMPTY = 'The file is empty. It needs "version: 1" and a list under "rules".';
const EVENTS = 'Allowed: onMessageAdded, onConversationAdded, onParticipantAdded.';
const ECHO =
  'receipts, updates, removals and state changes may follow from our own replies, which would then answer themselves.';
const PATHS =
  'author, participant.sid, participant.address, participant.identity, conversation.sid, conversation.friendly_name, conversation.unique_name, now, now.date, now.time, text, language, answer, participant.attributes.<key>, conversation.attributes.<key>';
const SLOT = 'Write {{ path }} or {{ path | default: "text" }}.';
const IN_MANY_WAYS =
  'The same characters can be shared out in many ways. Let the next character decide where each repetition ends, as in (?:\\d{1,4} ){1,9} instead of (?:\\d{1,4} ?){1,9}, and let no two neighbouring repetitions take the same characters.';
const EVERYWHERE =
  'It is tried anew at each character. Begin with ^ or \\b, or give what repeats an end, as in \\d{1,20} instead of \\d+.';

const CONDITIONS = Object.keys(CONDITION_FORMS).join(', ');
const GROUPED = Object.keys(CONDITION_FORMS)
  .filter((name) => !['event', 'once', 'unless'].includes(name))
  .join(', ');
const ACTIONS = [...ACTION_FORMS.keys()].join(', ');
const ACTION_KEYS = [
  ...new Set([...ACTION_FORMS].flatMap(([name, { options = {} }]) => [name, ...Object.keys(options)])),
  'wait',
  'continue',
].join(', ');

type Row = readonly [what: string, yaml: string, ...problems: readonly string[]];

const TABLES: Readonly<Record<string, readonly Row[]>> = {
  'the file': [
    ['an empty file', '', `1:1: ${EMPTY}`],
    ['nothing but comments', '# soon\n', `1:1: ${EMPTY}`],
    ['a list', '- 1\n', '1:1: A rules file must be a mapping (key: value), not a list.'],
    ['plain text', 'hello\n', '1:1: A rules file must be a mapping (key: value), not "hello".'],
    ['an open bracket', 'version: 1\nrules: [\n', '2:8: This [ is never closed. Put a ] where it ends.'],
    [
      'a tab',
      'version: 1\n\trules: []\n',
      '2:1: A tab stands here. YAML is indented with spaces: use two for each step.',
    ],
    [
      'an unknown tag',
      'version: !!x 1\nrules: []\n',
      '1:10: This is not YAML: Unresolved tag: tag:yaml.org,2002:x.',
    ],
    [
      'an alias to nowhere',
      'version: 1\nrules: *x\n',
      `2:8: "*x" is an alias, and there is no &x above it. A text that begins with * needs quotes around it. Write: rules: '*x'`,
    ],
    [
      'two documents',
      'version: 1\nrules: []\n---\nversion: 1\n',
      '3:1: A second document begins here. Remove the line "---".',
    ],
    [
      'a key given twice',
      'version: 1\nrules: []\nversion: 1\n',
      '3:1: The key "version" is given twice. Keep one.',
    ],
    ['no version', 'rules: []\n', '1:1: The version is missing. Write: version: 1'],
    ['a later version', 'version: 2\nrules: []\n', '1:10: Version 2 is not known. Write: version: 1'],
    ['a version in quotes', "version: '1'\nrules: []\n", '1:10: Version "1" is not known. Write: version: 1'],
    ['no rules', 'version: 1\n', '1:1: The rules are missing. Write a list under the key "rules".'],
    [
      'rules that are not a list',
      'version: 1\nrules: {}\n',
      '2:8: The rules must be a list (each begins with "- id:"), not a mapping.',
    ],
    [
      'a wrong key',
      'version: 1\nrules: []\nothrwise: { text: x }\n',
      '3:1: The key "othrwise" is not known here. Allowed: version, timezone, languages, hours, quiet_after_person, opt_out, templates, rules, otherwise. Did you mean "otherwise"?',
    ],
    [
      'otherwise without an action',
      'version: 1\nrules: []\notherwise: hi\n',
      '3:12: An action must be a mapping (key: value), not "hi". Write: { text: hi }',
    ],
    [
      'the name of an action alone',
      'version: 1\nrules: []\notherwise: ignore\n',
      '3:12: An action must be a mapping (key: value), not "ignore". Write: { ignore: true }',
    ],
    [
      'the name of an action alone that needs more',
      'version: 1\nrules: []\notherwise: forget\n',
      '3:12: An action must be a mapping (key: value), not "forget". Write: { forget: … }',
    ],
    [
      'a group in otherwise',
      "version: 1\nrules: []\notherwise: { text: '{{ match.x }}' }\n",
      '3:20: There is no group "x". The rule has no pattern with named groups.',
    ],
  ],
  'a rule': [
    [
      'that is not a mapping',
      rules('7'),
      '3:5: A rule must be a mapping (key: value), not 7. A rule begins with "- id:" and has "when" and "then" below it.',
    ],
    [
      'with nothing in it',
      rules('{}'),
      '3:5: The rule has no "id".',
      '3:5: The rule has no "then". Say what to answer, or "ignore: true".',
    ],
    [
      'with a wrong id',
      rules('{ id: a b, when: {}, then: { text: x } }'),
      '3:11: "a b" is not an id. Use 1 to 64 letters from A to Z, digits, dots, hyphens or underscores, and begin with a letter. Did you mean "a-b"?',
    ],
    [
      'with a number as its id',
      rules('{ id: 7, when: {}, then: { text: x } }'),
      '3:11: 7 is not an id. Use 1 to 64 letters from A to Z, digits, dots, hyphens or underscores, and begin with a letter. Did you mean "rule-7"?',
    ],
    [
      'with an id of letters beyond A to Z',
      rules('{ id: 2. Öffnung, when: {}, then: { text: x } }'),
      '3:11: "2. Öffnung" is not an id. Use 1 to 64 letters from A to Z, digits, dots, hyphens or underscores, and begin with a letter. Did you mean "rule-2-Offnung"?',
    ],
    [
      'with an id of which nothing could be kept',
      rules('{ id: ✓, when: {}, then: { text: x } }'),
      '3:11: "✓" is not an id. Use 1 to 64 letters from A to Z, digits, dots, hyphens or underscores, and begin with a letter.',
    ],
    [
      'with nothing behind "id:"',
      `version: 1\nrules:\n  - id:\n    when: {}\n    then: { text: x }\n`,
      '3:8: The rule has no "id".',
    ],
    [
      'called otherwise',
      rules('{ id: otherwise, when: {}, then: { text: x } }'),
      '3:11: "otherwise" is the name of the last answer. Give the rule another id.',
    ],
    [
      'with the id of another',
      rules(
        '{ id: a, when: { keyword: a }, then: { text: x } }',
        '{ id: a, when: { keyword: b }, then: { text: x } }',
      ),
      '4:11: The id "a" is already used in line 3. Give each rule its own.',
    ],
    [
      'with the id of another, where both have other problems',
      rules(
        '{ id: a, when: { after: b }, then: { txt: x } }',
        '{ id: a, when: { after: c }, then: { text: x } }',
      ),
      '3:29: There is no rule "b". Allowed: a.',
      '3:42: The key "txt" is not known here. Allowed: text, split, template, variables, media, call, with, else, remembers, remember, forget, tag, handover, go_to, ignore, wait, continue. Did you mean "text"?',
      '4:11: The id "a" is already used in line 3. Give each rule its own.',
      '4:29: There is no rule "c". Allowed: a.',
    ],
    [
      'after one that matches everything',
      rules('{ id: a, when: {}, then: { text: x } }', '{ id: b, when: { keyword: b }, then: { text: x } }'),
      '4:11: The rule "b" is never reached: "a" before it matches everything. Move it up, or use "otherwise" for the rest.',
    ],
    [
      'after one that takes its whole channel',
      rules(
        '{ id: a, when: { channel: sms }, then: { text: x } }',
        '{ id: b, when: { channel: sms, keyword: b }, then: { text: x } }',
        '{ id: c, when: { channel: [sms, chat], keyword: b }, then: { text: x } }',
        '{ id: d, when: { event: onParticipantAdded }, then: { text: x } }',
      ),
      '4:11: The rule "b" is never reached: "a" before it matches everything. Move it up, or use "otherwise" for the rest.',
    ],
  ],
  'the conditions': [
    [
      'left empty',
      when(''),
      '4:11: "when" must be a mapping (key: value), not nothing. Indent its conditions by two spaces more, or write "when: {}" to match every message.',
    ],
    [
      'as text',
      when('hi'),
      '4:11: "when" must be a mapping (key: value), not "hi". Write: when: { keyword: hi }',
    ],
    [
      'with a wrong key',
      when('{ keywrod: hi }'),
      `4:13: The key "keywrod" is not known here. Allowed: ${CONDITIONS}. Did you mean "keyword"?`,
    ],
    [
      'with a number as pattern',
      when('{ pattern: 1 }'),
      '4:22: This must be text, not 1. Put it in quotes: "1"',
    ],
    [
      'with an empty list',
      when('{ keyword: [] }'),
      '4:22: This list is empty. Give at least one item, or leave the key out.',
    ],
    [
      'with a wrong key in a group',
      when('{ unless: { keyword: a, chanel: sms } }'),
      `4:35: The key "chanel" is not known here. Allowed: ${GROUPED}. Did you mean "channel"?`,
    ],
    ['with an empty keyword', when('{ keyword: "" }'), '4:22: This is empty. Write what to look for.'],
    [
      'with items that are not text',
      when('{ keyword: [a, null, {}] }'),
      '4:26: This must be text, not nothing. Put it in quotes: "null"',
      '4:32: This must be text, not a mapping. A text that begins with { or [ needs quotes around it.',
    ],
    [
      'with an endless keyword',
      when(`{ keyword: ${'x'.repeat(1001)} }`),
      '4:22: This is longer than 1000 characters.',
    ],
    [
      'with a phrase without words',
      when('{ includes: [a, "?!"] }'),
      '4:27: "?!" has no letter, digit or symbol to look for.',
    ],
    [
      'with an event asked before',
      when('{ event: onMessageAdd }'),
      '4:20: onMessageAdd comes before anything is there to answer. Did you mean "onMessageAdded"?',
    ],
    [
      'with a mistyped event',
      when('{ event: onMesageAdded }'),
      `4:20: "onMesageAdded" is not an event. ${EVENTS} Did you mean "onMessageAdded"?`,
    ],
    ['with a number as event', when('{ event: 7 }'), `4:20: 7 is not an event. ${EVENTS}`],
    [
      'about the message of an event that carries none',
      when('{ event: [onMessageAdded, onParticipantAdded], keyword: hi, media: true }'),
      '4:71: "media" asks about a message, and onParticipantAdded carries none. Give that event a rule of its own.',
      '4:58: "keyword" asks about a message, and onParticipantAdded carries none. Give that event a rule of its own.',
    ],
    [
      'with a mistyped channel',
      when('{ channel: whatsap }'),
      '4:22: "whatsap" is not a channel. Allowed: whatsapp, sms, rcs, messenger, chat. Did you mean "whatsapp"?',
    ],
    [
      'with an unknown channel',
      when('{ channel: email }'),
      '4:22: "email" is not a channel. Allowed: whatsapp, sms, rcs, messenger, chat.',
    ],
    [
      'with media: yes',
      when('{ media: yes }'),
      '4:20: "yes" is not a media condition. Allowed: true, false, or a MIME type such as image/* or application/pdf.',
    ],
    [
      'with half a MIME type',
      when('{ media: image/ }'),
      '4:20: "image/" is not a media condition. Allowed: true, false, or a MIME type such as image/* or application/pdf.',
    ],
    [
      'with true among MIME types',
      when('{ media: [true, image/*] }'),
      '4:20: true and false stand alone. Write one of them, or a list of MIME types.',
    ],
    [
      'with an exponential pattern',
      when("{ pattern: '(a+)+$' }"),
      `4:22: This pattern can hang the bot: "(a+)+$" can take more than 2,000,000 steps on a message of 4,096 characters, such as "aaaaaaaaaaaaaaaaaaaa…". ${IN_MANY_WAYS}`,
    ],
    [
      'with a quadratic pattern',
      when("{ pattern: ['^a', '[0-9]+$'] }"),
      `4:29: This pattern can hang the bot: "[0-9]+$" can take more than 2,000,000 steps on a message of 4,096 characters, such as "00000000000000000000…". ${EVERYWHERE}`,
    ],
    [
      'with flags in a pattern',
      when("{ pattern: '(?i:a)' }"),
      '4:22: Flags inside of a pattern are not allowed: (?i:a). Patterns always have the flags i (any case) and u (Unicode).',
    ],
    [
      'with a broken pattern',
      when("{ pattern: '(' }"),
      '4:22: This is not a regular expression: Unterminated group.',
    ],
    [
      'with a needless backslash',
      when("{ pattern: 'a\\-b' }"),
      '4:22: This is not a regular expression: Invalid escape. A backslash may stand before ^$\\.*+?()[]{}|/ and before letters that mean something, such as \\d.',
    ],
    [
      'with a group name of other letters',
      when("{ pattern: '(?<größe>x)' }"),
      '4:22: The group name "größe" is not allowed. Use letters, digits and underscores, and begin with a letter.',
    ],
  ],
  'the actions': [
    [
      'as text',
      then('hello'),
      '5:11: An action must be a mapping (key: value), not "hello". Write: { text: hello }',
    ],
    ['with nothing in it', then('{}'), `5:11: This action does nothing. Give one of ${ACTIONS}.`],
    ['as an empty list', then('[]'), `5:11: This list is empty. Give at least one action: ${ACTIONS}.`],
    [
      'with a wrong key',
      then('{ txt: x }'),
      `5:13: The key "txt" is not known here. Allowed: ${ACTION_KEYS}. Did you mean "text"?`,
    ],
    [
      'with two things in one action',
      then('{ text: a, template: b }'),
      '5:11: An action does one thing, and this one has text and template. Write a list of actions.',
    ],
    [
      'that speaks and ignores',
      then('{ text: a, ignore: true }'),
      '5:11: An action does one thing, and this one has text and ignore. Write a list of actions.',
    ],
    [
      'that ignores and speaks',
      then('[{ ignore: true }, { text: a }]'),
      '5:11: "ignore" stands alone: say something, or ignore the message.',
    ],
    ['with ignore: false', then('{ ignore: false }'), '5:21: Write "ignore: true", or leave the key out.'],
    [
      'with a split that is neither',
      then('{ text: a, split: maybe }'),
      '5:29: "split" is true or false, not "maybe".',
    ],
    [
      'that splits a picture',
      then(`{ media: ${ME}, text: a, split: true }`),
      '5:11: "split" goes with a text alone: other messages cannot be sent in parts.',
    ],
    [
      'with variables for a text',
      then('{ text: a, variables: { a: b } }'),
      '5:11: "variables" go with a template. In a text, write {{ path }} where a value belongs.',
    ],
    [
      'with a file name as media',
      then('{ media: picture.jpg }'),
      '5:20: A media SID is ME followed by 32 hexadecimal digits, as an upload returns it, not "picture.jpg".',
    ],
    [
      'with a blank text',
      then('{ text: " " }'),
      '5:19: This text is blank. Write what to say, or "ignore: true".',
    ],
    ['with a number as text', then('{ text: 5 }'), '5:19: This must be text, not 5. Put it in quotes: "5"'],
    [
      'with a value that is not in quotes',
      then('{ text: {{ now }} }'),
      "5:19: A text with {{ }} needs quotes around it. Write: text: '{{ now }}'",
    ],
    [
      'with a text too long',
      then(`[{ text: a }, { text: ${'x'.repeat(1601)} }]`),
      '5:33: This text is 1601 characters long; a message holds at most 1600. Shorten it, or add "split: true" to send it in parts.',
    ],
    [
      'with an unknown value',
      then("{ text: '{{ name }}' }"),
      `5:19: {{ name }} is not known. Allowed: ${PATHS}.`,
    ],
    [
      'with an inherited value',
      then("{ text: '{{ constructor }}' }"),
      `5:19: {{ constructor }} is not known. Allowed: ${PATHS}.`,
    ],
    [
      'with a mistyped value',
      then("{ text: '{{ participant.identty }}' }"),
      `5:19: {{ participant.identty }} is not known. Allowed: ${PATHS}. Did you mean "participant.identity"?`,
    ],
    [
      'with a value that may be absent',
      then("{ text: '{{ participant.identity }}' }"),
      '5:19: {{ participant.identity }} may be absent. Give it a default: {{ participant.identity | default: "…" }}',
    ],
    ['with an open brace', then("{ text: 'a {{ b' }"), `5:19: A "{{" is not closed. ${SLOT}`],
    ['with empty braces', then("{ text: '{{}}' }"), `5:19: {{}} is not understood. ${SLOT}`],
    [
      'with an unknown filter',
      then("{ text: '{{ now | upper }}' }"),
      `5:19: {{ now | upper }} is not understood. ${SLOT}`,
    ],
    [
      'with a group and no pattern',
      then("{ text: '{{ match.x }}' }"),
      '5:19: There is no group "x". The rule has no pattern with named groups.',
    ],
    [
      'with a mistyped group and an optional one',
      then("{ text: '{{ match.nmber }} {{ match.day }}' }", "{ pattern: '^(?<number>a)(?<day>b)?$' }"),
      '5:19: There is no group "nmber". The pattern has the groups number, day. Did you mean "number"?',
      '5:19: {{ match.day }} may be absent. Give it a default: {{ match.day | default: "…" }}',
    ],
    [
      'with a group that only one of two patterns has',
      then("{ text: '{{ match.a }}' }", "{ pattern: ['^(?<a>a)$', '^b$'] }"),
      '5:19: {{ match.a }} may be absent. Give it a default: {{ match.a | default: "…" }}',
    ],
    [
      'with an author where nobody wrote',
      then("{ text: '{{ author }}' }", '{ event: onParticipantAdded }'),
      '5:19: {{ author }} has no value on onParticipantAdded. Use another, or give that event a rule of its own.',
    ],
    [
      'with a participant where nobody joined',
      then(`{ text: '{{ participant.attributes.x | default: "a" }}' }`, '{ event: onConversationAdded }'),
      '5:19: {{ participant.attributes.x }} has no value on onConversationAdded. Use another, or give that event a rule of its own.',
    ],
  ],
  'the use of a template': [
    [
      'that is not declared',
      then('{ template: t }'),
      '5:23: There is no template "t". The file declares none.',
    ],
    [
      'that is mistyped',
      use('{ a: x }').replace('template: t,', 'template: tt,'),
      '6:23: There is no template "tt". Allowed: t.',
    ],
    [
      'by its SID',
      use('{ a: x }').replace('template: t,', `template: ${HX},`),
      '6:23: This is a SID. A rule names a template as "templates" does. Write: template: t',
    ],
    [
      'by the SID of one that is not declared',
      then(`{ template: ${HX} }`),
      '5:23: This is a SID. A rule names a template as "templates" does. Declare it there first.',
    ],
    [
      'without its variable',
      use('{}'),
      '6:23: The template "t" also needs a. Twilio would fill the gap with the sample value.',
    ],
    [
      'with one that it does not have',
      use('{ a: x, order: y }'),
      '6:45: The template "t" has no variable "order". Allowed: a.',
    ],
    [
      'with two lines',
      use('{ a: "x\\ny" }'),
      '6:42: A variable holds one line: WhatsApp refuses line breaks, tabs and more than four spaces in a row (63013).',
    ],
    [
      'with five spaces',
      use('{ a: "x     y" }'),
      '6:42: A variable holds one line: WhatsApp refuses line breaks, tabs and more than four spaces in a row (63013).',
    ],
    ['with a blank value', use('{ a: " " }'), '6:42: This value is blank, which WhatsApp refuses.'],
    [
      'with a long value',
      use(`{ a: ${'x'.repeat(257)} }`),
      '6:42: This value is 257 characters long; a variable holds at most 256.',
    ],
    ['with a list', use('[a]'), '6:37: Variables are a mapping (name: value), not a list.'],
    ['with a number', use('{ a: 7 }'), '6:42: This must be text, not 7. Put it in quotes: "7"'],
    [
      'with a value that may be absent',
      use("{ a: '{{ participant.sid }}' }"),
      '6:42: {{ participant.sid }} may be absent. Give it a default: {{ participant.sid | default: "…" }}',
    ],
  ],
  'the template catalogue': [
    [
      'as a list',
      templates('[]'),
      '2:12: The templates must be a mapping from names to "sid" and "variables", not a list.',
    ],
    [
      'with a wrong name',
      templates(`{ 1t: { sid: ${HX} } }`),
      '2:14: "1t" is not a name of a template. Use 1 to 64 letters from A to Z, digits, hyphens or underscores, and begin with a letter. Did you mean "template-1t"?',
    ],
    [
      'with a wrong SID',
      templates('{ t: { sid: HX1 } }'),
      '2:24: A content template SID is HX followed by 32 hexadecimal digits, not "HX1".',
    ],
    ['without a SID', templates('{ t: {} }'), '2:17: The template has no "sid".'],
    [
      'with a wrong key',
      templates(`{ t: { sid: ${HX}, variabels: [a] } }`),
      '2:60: The key "variabels" is not known here. Allowed: sid, variables. Did you mean "variables"?',
    ],
    [
      'with variables that are not a list',
      templates(`{ t: { sid: ${HX}, variables: a } }`),
      '2:71: Variables are a list of names, not "a".',
    ],
    [
      'with a number as variable',
      templates(`{ t: { sid: ${HX}, variables: [1] } }`),
      '2:72: This must be text, not 1. Put it in quotes: "1"',
    ],
    [
      'with variables that Twilio refuses',
      templates(`{ t: { sid: ${HX}, variables: [a, a, 'a b', ${'x'.repeat(17)}] } }`),
      '2:75: The variable "a" is listed twice. Keep one.',
      '2:78: "a b" is not a variable name. Use letters, digits and underscores, and begin with a letter or digit.',
      `2:85: "${'x'.repeat(17)}" is 17 characters long; Twilio takes at most 16.`,
    ],
    [
      'with more variables than Twilio takes',
      templates(
        `{ t: { sid: ${HX}, variables: [${Array.from({ length: 101 }, (_, index) => `v${index}`).join(', ')}] } }`,
      ),
      '2:71: These are 101 variables; Twilio takes at most 100.',
    ],
  ],
  'quiet_after_person and opt_out': [
    ...['8', '-1h', '8 hours', '[8h]', '0.5h', '1w', 'd'].map(
      (value) =>
        [
          `a duration of ${value}`,
          `version: 1\nquiet_after_person: ${value}\nrules: []\n`,
          `2:21: ${value === '[8h]' ? 'a list' : /^\d+$/.test(value) ? value : JSON.stringify(value)} is not a duration. Write a number and s, m, h or d, such as 90m or 8h, at most 30d; 0 for none.`,
        ] as const,
    ),
    // They were said not to be durations.
    ...['31d', '1000d', '721h', '2592001s', '9999999m', '99999999999999999999d', '31 d'].map(
      (value) =>
        [
          `a duration of ${value}`,
          `version: 1\nquiet_after_person: ${value}\nrules: []\n`,
          `2:21: "${value}" is longer than 30 days. Write at most 30d, such as 90m or 8h; 0 for none.`,
        ] as const,
    ),
    [
      'a mistyped channel that handles stop words',
      'version: 1\nopt_out: { handled_on: [whatsap] }\nrules: []\n',
      '2:25: "whatsap" is not a channel. Allowed: whatsapp, sms, rcs, messenger, chat. Did you mean "whatsapp"?',
    ],
    [
      'one channel that is not a list',
      'version: 1\nopt_out: { handled_on: sms }\nrules: []\n',
      '2:24: The channels are a list, such as [sms, rcs], not "sms"; [] for none.',
    ],
    [
      'an unknown key of opt_out',
      'version: 1\nopt_out: { word: arrêt }\nrules: []\n',
      '2:12: The key "word" is not known here. Allowed: words, handled_on. Did you mean "words"?',
    ],
    [
      'an empty stop word',
      "version: 1\nopt_out: { words: [''] }\nrules: []\n",
      '2:20: This is empty. Write what to look for.',
    ],
    [
      'a stop word of which nothing can be seen',
      'version: 1\nopt_out: { words: [fin, "\\u200b"] }\nrules: []\n',
      '2:25: There is nothing to see in this word. Write what customers write.',
    ],
  ],
};

describe.each(Object.entries(TABLES))('a bad rules file: %s', (_, rows) => {
  it.each(rows.map(([what, yaml, ...problems]) => ({ what, yaml, problems })))(
    '$what',
    ({ yaml, problems }) => {
      expect([...problemsOf(yaml)].sort()).toEqual(problems.map((problem) => `rules.yaml:${problem}`).sort());
    },
  );
});

describe('a bad rules file', () => {
  const others = EVENT_NAMES.filter((name) => !ANSWERED_EVENTS.some((answered) => answered === name));
  const asked = ANSWERED_EVENTS.map((name) => name.replace(/ed$/, ''));

  it.each(others.filter((name) => !asked.includes(name)))('may not wait for %s', (name) => {
    expect(problemsOf(when(`{ event: ${name} }`))).toEqual([
      `rules.yaml:4:20: ${name} cannot be answered: ${ECHO} ${EVENTS}`,
    ]);
  });

  it('shows all its problems at once, in the order of the file', () => {
    const problems = problemsOf(`version: 2
templats: {}
rules:
  - id: 1
    when: { keywrod: hi, channel: fax }
    then: { text: '{{ nmae }}' }
  - id: b
    when: { pattern: '(x+x+)+y' }
    then: { text: '{{ match.x }}', tempalte: t }
otherwise: {}
`);
    expect(problems.map((problem) => /^rules\.yaml:(\d+:\d+)/.exec(problem)?.[1])).toEqual([
      '1:10',
      '2:1',
      '4:9',
      '5:13',
      '5:35',
      '6:19',
      '8:22',
      '9:36',
      '10:12',
    ]);
  });

  it('does not blame the actions for what broken conditions hide', () => {
    expect(
      problemsOf(then("{ text: '{{ match.x }} {{ participant.sid }}' }", '{ evnt: onParticipantAdded }')),
    ).toHaveLength(1);
  });

  it('does not blame a rule for the template whose declaration is broken', () => {
    expect(problemsOf(use('{ b: x }').replace(HX, 'HX1'))).toHaveLength(1);
  });

  it('says where a file nested too deeply loses the parser, and no more than that', () => {
    const problems = problemsOf('['.repeat(9_000));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(10);
    expect(problemsOf(`${'['.repeat(2_000)}${']'.repeat(2_000)}`)).toEqual([
      expect.stringMatching(/^rules\.yaml:1:\d+: This is nested too deeply\. /),
    ]);
  });

  it('finds its way through aliases', () => {
    const yaml = `version: 1
rules:
  - { id: a, when: &w { keyword: a }, then: &t { text: '{{ nope }}' } }
  - { id: b, when: { keyword: b }, then: *t }
`;
    expect(problemsOf(yaml).map((problem) => problem.split(' ')[0])).toEqual([
      'rules.yaml:3:56:',
      'rules.yaml:3:56:',
    ]);
  });
});
