import { describe, expect, it } from 'vitest';
import { compileRules } from '../../../../lib/rules/compile/compile-rules.ts';
import type { Problem } from '../../../../lib/rules/compile/problem.ts';

const rule = (when: string, then: string) =>
  `version: 1\nrules:\n  - id: r\n    when: ${when}\n    then: ${then}\n`;
/** A file whose only rule has these conditions in line 4 from column 11. */
const when = (conditions: string) => rule(conditions, '{ text: x }');
/** A file whose only rule has these actions in line 5 from column 11. */
const then = (actions: string) => rule('{}', actions);
/** A file whose only rule has this action in line 6 from column 7. */
const line = (action: string) => then(`\n      ${action}`);

/** What is told, in the order of the file; a note has the word before it. */
function told(yaml: string): readonly string[] {
  const compiled = compileRules(yaml);
  const show = ({ line: at, column, message }: Problem) => `${at}:${column}: ${message}`;
  const problems = compiled.ok ? [] : compiled.problems.map(show);
  return [...problems, ...compiled.notes.map((note) => `note ${show(note)}`)];
}

type Row = readonly [what: string, yaml: string, ...told: readonly string[]];

const TABLES: Readonly<Record<string, readonly Row[]>> = {
  'a colon in an unquoted text': [
    [
      'in the middle',
      line('text: Note: we are closed'),
      "6:13: A colon with a space after it ends a key, so a text that has one needs quotes around it. Write: text: 'Note: we are closed'",
    ],
    [
      'at the end',
      line('text: We are closed:'),
      "6:13: A colon with a space after it ends a key, so a text that has one needs quotes around it. Write: text: 'We are closed:'",
    ],
    [
      'inside { }',
      then('{ text: Note: we are closed }'),
      "5:19: A colon with a space after it ends a key, so a text that has one needs quotes around it. Write: text: 'Note: we are closed'",
    ],
    [
      'inside { }, before another key',
      then('{ text: Note: hi, split: true }'),
      "5:19: A colon with a space after it ends a key, so a text that has one needs quotes around it. Write: text: 'Note: hi'",
    ],
    [
      'of an item of a list',
      then('\n      - text: Note: hi'),
      "6:15: A colon with a space after it ends a key, so a text that has one needs quotes around it. Write: text: 'Note: hi'",
    ],
    [
      'of an action without { }',
      'version: 1\nrules:\n  - id: a\n    when: {}\n    then: text: Hello, you\n',
      "5:11: A key and its value in the line of another key need { } around them. Write: then: { text: 'Hello, you' }",
    ],
    [
      'of a condition without { }',
      'version: 1\nrules:\n  - id: a\n    when: keyword: hi\n    then: { text: Hello }\n',
      '4:11: A key and its value in the line of another key need { } around them. Write: when: { keyword: hi }',
    ],
    [
      'in the second line of a text',
      line('text: Hello\n        note: we are closed'),
      "6:13: A colon with a space after it ends a key, so a text that has one needs quotes around it. Write: text: 'Hello note: we are closed'",
    ],
    [
      'with an apostrophe',
      line("text: Note: it's late"),
      '6:13: A colon with a space after it ends a key, so a text that has one needs quotes around it. Write: text: "Note: it\'s late"',
    ],
    [
      'with a value in it',
      line('text: Hi {{ participant.identity | default: "you" }}'),
      '6:13: A text with {{ }} and a colon needs quotes around it. Write: text: \'Hi {{ participant.identity | default: "you" }}\'',
    ],
    [
      'as a keyword of a list',
      when('\n      keyword:\n        - Note: hi'),
      "6:11: This must be text, not a mapping. If it is one text, put it in quotes: 'Note: hi'",
    ],
  ],
  'a comma inside { }': [
    [
      'in a text',
      then('{ text: Hello, and welcome }'),
      '5:26: Inside { } a comma ends a text, so "and welcome" is taken for a key. For one text write text: \'Hello, and welcome\'',
    ],
    [
      'between keywords, on a line of their own',
      when('\n      keyword: hi, hello'),
      'note 5:16: "hi, hello" is one item. For a list write keyword: [hi, hello]',
    ],
    [
      'between channels, on a line of their own',
      when('\n      channel: sms, whatsapp'),
      '5:16: "sms, whatsapp" is one item. For a list write channel: [sms, whatsapp]',
    ],
    [
      'after a rule in { }',
      'version: 1\nrules:\n  - { id: a, when: {}, then: { text: x } },\n',
      '3:43: There is nothing to go on with after this }. Remove the comma.',
    ],
    [
      'that is missing after a }',
      'version: 1\nrules:\n  - { id: a, when: { keyword: hi } then: { text: x } }\n',
      '3:36: A comma is missing before "then".',
    ],
    [
      'that is missing between two rules',
      'version: 1\nrules: [\n  { id: a, when: { keyword: a }, then: { text: x } }\n  { id: b, when: {}, then: { text: x } }\n]\n',
      '3:52: A comma is missing after this }.',
    ],
    [
      'two of them',
      then('{ text: Hello, you, welcome }'),
      '5:26: Inside { } a comma ends a text, so "you" is taken for a key. For one text write text: \'Hello, you, welcome\'',
    ],
    [
      'in a text with a colon',
      then('{ text: Hello, see: you }'),
      '5:26: Inside { } a comma ends a text, so "see" is taken for a key. For one text write text: \'Hello, see: you\'',
    ],
    [
      'before a day or a date that is wrong itself, with a value that is wrong too',
      'version: 1\nhours: { shop: { monday: 9-18, mon-fr: 9am-6pm, except: { 24.12.2026: shut, 2026-02-30: closed } } }\nrules: []\n',
      '2:18: "monday" is not a day. Allowed: mon, tue, wed, thu, fri, sat, sun, several such as mon-fri or "sat, sun", and except. Did you mean "mon"?',
      '2:26: "9-18" is not a range of times. Write 09:00-12:30, 22:00-02:00 (into the next day), a list of such ranges, or closed. Did you mean 09:00-18:00?',
      '2:32: "mon-fr" is not a day. Allowed: mon, tue, wed, thu, fri, sat, sun, several such as mon-fri or "sat, sun", and except. Did you mean "mon-fri"?',
      '2:40: "9am-6pm" is not a range of times. Write 09:00-12:30, 22:00-02:00 (into the next day), a list of such ranges, or closed. Did you mean 09:00-18:00?',
      '2:59: "24.12.2026" is not a date. Write each day as year-month-day, such as 2026-12-24. Did you mean 2026-12-24?',
      '2:71: "shut" is not a range of times. Write 09:00-12:30, 22:00-02:00 (into the next day), a list of such ranges, or closed. Did you mean closed?',
      '2:77: There is no 2026-02-30: 2026-02 has the days 01 to 28.',
    ],
    [
      'between keywords that were meant as a list',
      when('{ keyword: hello, hi }'),
      '4:29: Inside { } a comma ends a text, so "hi" is taken for a key. For a list write keyword: [hello, hi]. For one text write keyword: \'hello, hi\'',
    ],
    [
      'that is missing',
      then('{ text: Hello split: true }'),
      '5:25: A comma is missing before "split". Inside { } a comma stands between two keys.',
    ],
    [
      'that is missing after quotes',
      then('{ text: "Hello" split: true }'),
      '5:27: A comma is missing before "split". Inside { } a comma stands between two keys.',
    ],
  ],
  'a # that begins a comment': [
    [
      'in a text',
      line('text: Order #12'),
      'note 6:13: "#12" is a comment: # after a space begins one, so all that is left is "Order". If it belongs to the text, write: text: \'Order #12\'',
    ],
    [
      'with a space before its number',
      line('text: Order # 12'),
      'note 6:13: "# 12" is a comment: # after a space begins one, so all that is left is "Order". If it belongs to the text, write: text: \'Order # 12\'',
    ],
    [
      'inside { }',
      then('{ text: Order #12 }'),
      '5:25: "#12 }" is a comment: # after a space begins one. So the { in column 11 is never closed by }. Put the text in quotes: text: \'Order #12\'',
    ],
    [
      'inside [ ]',
      when('{ keyword: [Order #1, b] }'),
      '4:29: "#1, b] }" is a comment: # after a space begins one. So the [ in column 22 is never closed by ]. Put the text in quotes: \'Order #1\'',
    ],
    [
      'in an item of a list',
      when('\n      keyword:\n        - order #1\n        - order #2'),
      'note 6:11: "#1" is a comment: # after a space begins one, so all that is left is "order". If it belongs to the text, write: \'order #1\'',
      'note 7:11: "#2" is a comment: # after a space begins one, so all that is left is "order". If it belongs to the text, write: \'order #2\'',
    ],
    [
      'at the beginning of a text',
      line('text: #1 in town'),
      '6:7: "#1 in town" is a comment: # after a space begins one, so there is no value. Put a text that begins with # in quotes: text: \'#1 in town\'',
    ],
    [
      'at the beginning of an item',
      when('\n      keyword:\n        - hi\n        - #1'),
      '7:9: "#1" is a comment: # after a space begins one, so there is no value. Put a text that begins with # in quotes: \'#1\'',
    ],
    [
      'in a keyword',
      when('\n      keyword: win #1'),
      'note 5:16: "#1" is a comment: # after a space begins one, so all that is left is "win". If it belongs to the text, write: keyword: \'win #1\'',
    ],
    [
      'in a text of several lines',
      line('text: Order\n        of #12\n        today'),
      '7:12: "#12" is a comment: # after a space begins one, and ends the text before it. Put the whole text in quotes: text: \'Order of #12 today\'',
    ],
    [
      'in a pattern',
      when('\n      pattern: ^order #(\\d+)$'),
      'note 5:16: "#(\\\\d+)$" is a comment: # after a space begins one, so all that is left is "^order". If it belongs to the text, write: pattern: \'^order #(\\d+)$\'',
    ],
    [
      'right after quotes',
      line('text: "Hi"#x'),
      '6:13: A text cannot go on after its closing quote. Write: text: \'"Hi"#x\'',
    ],
  ],
  'a {{ }} without quotes': [
    [
      'alone',
      line('text: {{ now }}'),
      "6:13: A text with {{ }} needs quotes around it. Write: text: '{{ now }}'",
    ],
    [
      'before a text',
      line('text: {{ now }} is the time'),
      "6:13: A text with {{ }} needs quotes around it. Write: text: '{{ now }} is the time'",
    ],
    [
      'inside { }',
      then('{ text: {{ now }} }'),
      "5:19: A text with {{ }} needs quotes around it. Write: text: '{{ now }}'",
    ],
    [
      'in the middle of a text inside { }',
      then('{ text: It is {{ now }} }'),
      "5:19: A text with {{ }} needs quotes around it. Write: text: 'It is {{ now }}'",
    ],
    [
      'before a text inside { }',
      then('{ text: {{ now }} is it, split: true }'),
      "5:19: A text with {{ }} needs quotes around it. Write: text: '{{ now }} is it'",
    ],
  ],
  'a sign at the start of an unquoted text': [
    [
      '@ana',
      line('text: @ana'),
      "6:13: A text that begins with @ needs quotes around it. Write: text: '@ana'",
    ],
    ['`x`', line('text: `x`'), "6:13: A text that begins with ` needs quotes around it. Write: text: '`x`'"],
    ['%50', line('text: %50'), "6:13: A text that begins with % needs quotes around it. Write: text: '%50'"],
    [
      '& more',
      line('text: & more'),
      "6:13: A text that begins with & needs quotes around it. Write: text: '& more'",
    ],
    [
      '!important thing',
      line('text: !important thing'),
      "6:13: A text that begins with ! needs quotes around it. Write: text: '!important thing'",
    ],
    [
      '>- inside { }',
      then('{ text: >-\n        Hello\n        you }'),
      '5:19: A text in lines of its own, which > begins, cannot stand inside { }. Give each key around it a line of its own instead of { }, or put the text in quotes.',
    ],
    [
      '> inside { }',
      then('{ text: > 5 off }'),
      "5:19: A text that begins with > needs quotes around it. Write: text: '> 5 off'",
    ],
    ['|x', line('text: |x'), "6:13: A text that begins with | needs quotes around it. Write: text: '|x'"],
    [
      '| hello',
      line('text: | hello'),
      "6:13: A text that begins with | needs quotes around it. Write: text: '| hello'",
    ],
    ['>hi', line('text: >hi'), "6:13: A text that begins with > needs quotes around it. Write: text: '>hi'"],
    [
      '> hi there',
      line('text: > hi there'),
      "6:13: A text that begins with > needs quotes around it. Write: text: '> hi there'",
    ],
    [
      '- hi',
      line('text: - hi'),
      "6:13: A text that begins with - needs quotes around it. Write: text: '- hi'",
    ],
    [
      '? hi',
      line('text: ? hi'),
      "6:13: A text that begins with ? needs quotes around it. Write: text: '? hi'",
    ],
    [
      ', hi',
      line('text: , hi'),
      "6:13: A text that begins with , needs quotes around it. Write: text: ', hi'",
    ],
    [
      '[x] hi',
      line('text: [x] hi'),
      "6:13: A text that begins with [ needs quotes around it. Write: text: '[x] hi'",
    ],
    [
      '*hi*',
      line('text: *hi*'),
      '6:13: "*hi*" is an alias, and there is no &hi* above it. A text that begins with * needs quotes around it. Write: text: \'*hi*\'',
    ],
    [
      '** hi',
      line('text: ** hi'),
      '6:13: "**" is an alias, and there is no &* above it. A text that begins with * needs quotes around it. Write: text: \'** hi\'',
    ],
    [
      'a name that no alias uses',
      line('text: &more things'),
      'note 6:13: "&more" is left out: it names what follows, for an alias. A text that begins with & needs quotes around it. Write: text: \'&more things\'',
    ],
    [
      'an exclamation mark alone',
      line('text: ! hi'),
      "note 6:13: A text that begins with ! needs quotes around it. Write: text: '! hi'",
    ],
    [
      'a list in the line of its key',
      'version: 1\nrules: - id: r\n    when: {}\n',
      '2:8: A list begins below its key. Put "- id:" on a line of its own, indented by two spaces more than the key.',
    ],
    [
      'a } without a {',
      line('text: } hi'),
      '6:13: There is no { that this } closes. Remove it, or put the text that it belongs to in quotes.',
    ],
    [
      'a ] without a [',
      line('text: ] hi'),
      '6:13: There is no [ that this ] closes. Remove it, or put the text that it belongs to in quotes.',
    ],
    [
      'an alias inside { }',
      then('{ text: *x }'),
      '5:19: "*x" is an alias, and there is no &x above it. A text that begins with * needs quotes around it. Write: text: \'*x\'',
    ],
    [
      'a word in { }',
      line('text: {name}'),
      "6:13: A text that begins with { needs quotes around it. Write: text: '{name}'",
    ],
    [
      '{ } in the middle of a text inside { }',
      then('{ text: Hi {name}, hello }'),
      "5:19: Inside { } and [ ] a text with { needs quotes around it. Write: text: 'Hi {name}, hello'",
    ],
    [
      'a number of times in a pattern inside { }',
      when('{ pattern: ^\\d{3,5}$ }'),
      "4:22: Inside { } and [ ] a text with { needs quotes around it. Write: pattern: '^\\d{3,5}$'",
    ],
    [
      'a set of letters in a pattern',
      when('{ pattern: [a-z]+ }'),
      "4:22: A text that begins with [ needs quotes around it. Write: pattern: '[a-z]+'",
    ],
    [
      '@ in a list',
      when('{ keyword: [@here, x] }'),
      "4:23: A text that begins with @ needs quotes around it. Write: '@here'",
    ],
    [
      'a code fence',
      '```yaml\nversion: 1\nrules: []\n```\n',
      '1:1: This is not part of the rules. Remove the line ```yaml',
    ],
  ],
  'a quote': [
    [
      'that is never closed',
      line('text: "hi'),
      '6:13: The quote that is opened here is never closed. Put a " where the text ends.',
    ],
    [
      'that the next quote seems to close',
      'version: 1\nrules:\n  - id: a\n    when: {}\n    then:\n      text: "hi\n  - id: b\n    when: {}\n    then: { text: "y" }\n',
      '6:13: The quote that is opened here is never closed. Put a " where the text ends.',
    ],
    [
      'that is never closed inside { }',
      then('{ text: "hi }'),
      '5:19: The quote that is opened here is never closed. Put a " where the text ends.',
    ],
    [
      'single, never closed',
      line("text: 'hi"),
      "6:13: The quote that is opened here is never closed. Put a ' where the text ends.",
    ],
    [
      'that an apostrophe closes',
      line("text: 'it's here'"),
      '6:13: An apostrophe ends a text in single quotes. Write: text: "it\'s here"',
    ],
    [
      'that an apostrophe closes, and nothing else',
      line("text: 'it's here"),
      '6:13: An apostrophe ends a text in single quotes. Write: text: "it\'s here"',
    ],
    [
      'that ends before the text does',
      line('text: "hi" she said'),
      '6:13: A text cannot go on after its closing quote. Write: text: \'"hi" she said\'',
    ],
    [
      'inside quotes',
      then('{ text: "say "hi" now" }'),
      '5:19: A text cannot go on after its closing quote. Write: text: \'say "hi" now\'',
    ],
    [
      'with a backslash',
      when('{ pattern: "^\\d+$" }'),
      "4:24: In double quotes a backslash begins an escape such as \\n, and \\d is not one. In single quotes it stands for itself: '^\\d+$'",
    ],
    [
      'of another kind',
      line('text: “hi”'),
      "note 6:13: YAML does not know the quotes “ and ”: they are part of the text. Write straight ones: text: 'hi'",
    ],
    [
      'of another kind, around a keyword',
      when('{ keyword: [„ja“, nein] }'),
      "note 4:23: YAML does not know the quotes „ and “: they are part of the text. Write straight ones: 'ja'",
    ],
    [
      'of another kind, around a colon',
      then('{ text: “Hello: you”, split: true }'),
      "5:19: YAML does not know the quotes “ and ”: they are part of the text. Write straight ones: text: 'Hello: you'",
    ],
    [
      'of another kind, around an id',
      'version: 1\nrules:\n  - id: “a”\n    when: {}\n    then: { text: x }\n',
      "3:9: YAML does not know the quotes “ and ”: they are part of the text. Write straight ones: id: 'a'",
    ],
  ],
  'a tab': [
    [
      'before an item',
      'version: 1\nrules:\n\t- id: r\n',
      '3:1: A tab stands here. YAML is indented with spaces: use two for each step.',
    ],
    [
      'before a key',
      then('\n\ttext: hi'),
      '6:1: A tab stands here. YAML is indented with spaces: use two for each step.',
    ],
    [
      'after spaces',
      then('\n    \ttext: hi'),
      '6:5: A tab stands here. YAML is indented with spaces: use two for each step.',
    ],
    [
      'in a block of text',
      line('text: |\n\t\tHello'),
      '7:1: A tab stands here. YAML is indented with spaces: use two for each step.',
    ],
    [
      'inside { }',
      when('{ keyword:\n\thi }'),
      '5:1: A tab stands here. YAML is indented with spaces: use two for each step.',
    ],
    [
      'after a dash',
      'version: 1\nrules:\n  -\tid: r\n    when: {}\n',
      '3:4: A tab stands here. YAML is indented with spaces: use two for each step.',
    ],
  ],
  'an indentation': [
    [
      'of a key one space too small',
      'version: 1\nrules:\n  - id: r\n    when: {}\n   then: { text: x }\n',
      '5:4: "then" begins in column 4, in line with nothing above it. Put it in column 5, beside "when" in line 4.',
    ],
    [
      'of a key one space too large',
      'version: 1\nrules:\n  - id: r\n     when: {}\n    then: { text: x }\n',
      '4:6: "when" begins in column 6, in line with nothing above it. Put it in column 5, beside "id" in line 3.',
    ],
    [
      'of an item one space too small',
      'version: 1\nrules:\n  - id: r\n    when: {}\n    then: { text: x }\n - id: b\n    when: {}\n',
      '6:2: "- id" begins in column 2, in line with nothing above it. Put it in column 3, beside "- id" in line 3.',
    ],
    [
      'of an item one space too large',
      'version: 1\nrules:\n  - id: r\n    when: {}\n    then: { text: x }\n   - id: b\n     when: {}\n',
      '6:4: "- id" begins in column 4, in line with nothing above it. Put it in column 3, beside "- id" in line 3.',
    ],
    [
      'of a key of the file',
      'version: 1\n rules:\n  - id: r\n',
      '2:2: "rules" begins in column 2, in line with nothing above it. Put it in column 1, beside "version" in line 1.',
    ],
    [
      'of a key in line with its dash',
      'version: 1\nrules:\n  - id: r\n  when: {}\n  then: { text: x }\n',
      '4:3: "when" stands in line with the list in line 3, whose items begin with "- ". Put "- " before it, or indent it by two more spaces.',
    ],
    [
      'of a rule without its dash',
      'version: 1\nrules:\n  - id: r\n    when: {}\n    then: { text: x }\n  id: b\n    when: {}\n',
      '6:3: "id" stands in line with the list in line 3, whose items begin with "- ". Put "- " before it, or indent it by two more spaces.',
    ],
    [
      'of an item in line with a key',
      line('text: x\n      - text: y'),
      '7:7: An item of a list stands in line with the key "text" in line 6. Indent it under the key to which it belongs, or write a list only.',
    ],
    [
      'of what stands under then',
      'version: 1\nrules:\n  - id: r\n    when:\n    keyword: hi\n    then:\n    text: x\n',
      '4:10: "when" must be a mapping (key: value), not nothing. Indent its conditions by two spaces more, or write "when: {}" to match every message.',
      '5:5: The key "keyword" is a condition: put it under "when".',
      '6:10: An action must be a mapping (key: value), not nothing. Write { text: … } or another action, indented by two spaces more.',
      '7:5: The key "text" is an action: put it under "then".',
    ],
    [
      'of a block of text',
      line('text: |\n      hello\n      there'),
      '7:7: "hello" is neither a key nor part of a text. Write a colon after a key; indent a text that goes on by two spaces more than its key.',
    ],
    [
      'of a text of several lines',
      line('text: hello\n      all\n      of you'),
      '7:7: "all" is neither a key nor part of a text. Write a colon after a key; indent a text that goes on by two spaces more than its key.',
    ],
    [
      'of a block of one line',
      line('text: |\n      hello'),
      '7:7: "hello" is neither a key nor part of a text. Write a colon after a key; indent a text that goes on by two spaces more than its key.',
    ],
    [
      'of a line in a block of text',
      line('text: |\n        hello\n       there'),
      '8:8: "there" begins in column 8, in line with nothing above it. Put it in column 9, beside "hello" in line 7.',
    ],
  ],
  'a missing space or colon': [
    [
      'after the colon of an id',
      'version: 1\nrules:\n  - id:order\n    when: {}\n',
      '3:5: A space is missing after the colon. Write: id: order',
    ],
    [
      'after the colon of the version',
      'version:1\nrules: []\n',
      '1:1: A space is missing after the colon. Write: version: 1',
    ],
    [
      'after the colon of an empty list',
      'version: 1\nrules:[]\n',
      '2:1: A space is missing after the colon. Write: rules: []',
    ],
    [
      'after a colon inside { }',
      then('{ text:hi }'),
      '5:13: A space is missing after the colon. Write: text: hi',
    ],
    [
      'after a colon inside { }, before quotes',
      then('{ text:"hi" }'),
      '5:13: A space is missing after the colon. Write: text: "hi"',
    ],
    [
      'before a {',
      'version: 1\nrules: []\notherwise:{ text: x }\n',
      '3:1: A space is missing after the colon. Write: otherwise: { text: x }',
    ],
    [
      'after the only key',
      then('\n      text:hi'),
      '6:7: A space is missing after the colon. Write: text: hi',
    ],
    [
      'after a dash',
      'version: 1\nrules:\n  -id: order\n    when: {}\n    then: { text: x }\n',
      '3:3: A space is missing after the dash. Write: - id: order',
    ],
    [
      'after the dash of the only action',
      then('\n      -text: hi'),
      '6:7: A space is missing after the dash. Write: - text: hi',
    ],
    [
      'a colon after a key',
      'version: 1\nrules:\n  - id: r\n    when\n    then: { text: x }\n',
      '4:5: A colon is missing after "when". Write: when: …',
    ],
    [
      'a colon before a text',
      'version: 1\nrules:\n  - id order\n    when: {}\n',
      '3:5: A colon is missing after "id". Write: id: order',
    ],
    [
      'a colon, for which = stands',
      'version: 1\nrules:\n  - id=order\n    when: {}\n',
      '3:5: A colon is missing after "id". Write: id: order',
    ],
    [
      'a colon before { }',
      'version: 1\nrules:\n  - id: a\n    when {}\n    then {text: x}\n',
      '4:5: A colon is missing after "when". Write: when: {}',
    ],
    [
      'a colon after the last key',
      'version: 1\nrules\n',
      '2:1: A colon is missing after "rules". Write: rules: …',
    ],
    [
      'a key before a text',
      then('\n      Hello there\n      split: true'),
      '6:7: "Hello there" is neither a key nor a value. Write a colon after a key, and put a text after its key, in quotes.',
    ],
  ],
  'a bracket': [
    [
      '[ that is never closed',
      'version: 1\nrules: [\n',
      '2:8: This [ is never closed. Put a ] where it ends.',
    ],
    ['{ that is never closed', then('{ text: hi'), '5:11: This { is never closed. Put a } where it ends.'],
    [
      '{ that is never closed, before another rule',
      'version: 1\nrules:\n  - id: r\n    when: {}\n    then: { text: hi\n  - id: b\n    when: {}\n    then: { text: y }\n',
      '5:11: This { is never closed. Put a } where it ends.',
    ],
    [
      '} too many',
      then('{ text: hi } }'),
      '5:24: There is no { that this } closes. Remove it, or put the text that it belongs to in quotes.',
    ],
    [
      '] for a {',
      then('{ text: hi ]'),
      '5:22: Expected } for the { in line 5, column 11, not ]. Put a } before it.',
    ],
    [
      '} before the ]',
      when('{ keyword: [hi, ho }'),
      '4:30: Expected ] for the [ in line 4, column 22, not }. Put a ] before it.',
    ],
  ],
  'a character that looks like another': [
    [
      'a no-break space before an item',
      'version: 1\nrules:\n  - id: x\n',
      '2:7: The rules must be a list (each begins with "- id:"), not nothing.',
      '3:1: This looks like a space and is another character (U+00A0). Type an ordinary space instead.',
    ],
    [
      'a no-break space after a colon',
      'version: 1\nrules: []\n',
      '1:9: This looks like a space and is another character (U+00A0). Type an ordinary space instead.',
    ],
    [
      'a full-width colon',
      'version： 1\nrules: []\n',
      '1:1: This colon is not the one that YAML knows. Write: version: and a space.',
    ],
    [
      'a bullet for a dash',
      'version: 1\nrules:\n  • id: r\n',
      '3:3: An item of a list begins with a hyphen and a space, not with •',
    ],
    [
      'an en dash for a dash',
      'version: 1\nrules:\n  – id: r\n    when: {}\n',
      '3:3: An item of a list begins with a hyphen and a space, not with –',
    ],
  ],
  'a value that is not text to YAML': [
    ['007', when('{ pattern: 007 }'), '4:22: This must be text, not 7. Put it in quotes: "007"'],
    [
      '1.0, and hexadecimal',
      when('{ pattern: [1.0, 0x1F, 0o17] }'),
      '4:23: This must be text, not 1. Put it in quotes: "1.0"',
      '4:28: This must be text, not 31. Put it in quotes: "0x1F"',
      '4:34: This must be text, not 15. Put it in quotes: "0o17"',
    ],
    ['null', when('{ keyword: null }'), '4:22: This must be text, not nothing. Put it in quotes: "null"'],
    ['a tilde', line('text: ~'), '6:13: This must be text, not nothing. Put it in quotes: "~"'],
    ['true', line('text: true'), '6:13: This must be text, not true. Put it in quotes: "true"'],
    ['nothing', line('text:'), '6:12: This must be text, not nothing.'],
    [
      'a list',
      line('text: [a]'),
      '6:13: This must be text, not a list. Several messages are several actions: [{ text: … }, { text: … }]. A text that begins with [ needs quotes around it.',
    ],
  ],
  'a mapping that is not there': [
    [
      'when with a word',
      when('hi'),
      '4:11: "when" must be a mapping (key: value), not "hi". Write: when: { keyword: hi }',
    ],
    [
      'when with words',
      when('[hi, "a: b"]'),
      '4:11: "when" must be a mapping (key: value), not a list. Write: when: { keyword: [hi, \'a: b\'] }',
    ],
    [
      'when with a number',
      when('7'),
      '4:11: "when" must be a mapping (key: value), not 7. Write: when: { keyword: \'7\' }',
    ],
    [
      'when with a list of conditions',
      when('[{ keyword: hi }]'),
      '4:11: "when" must be a mapping (key: value), not a list. Write all conditions of the rule in one mapping, without dashes.',
    ],
    [
      'then with a text',
      then('Hello'),
      '5:11: An action must be a mapping (key: value), not "Hello". Write: { text: Hello }',
    ],
    [
      'then with a text that needs quotes',
      then('"Hello: you"'),
      '5:11: An action must be a mapping (key: value), not "Hello: you". Write: { text: \'Hello: you\' }',
    ],
    [
      'then with a list of texts',
      then('[Hello, You]'),
      '5:12: An action must be a mapping (key: value), not "Hello". Write: { text: Hello }',
      '5:19: An action must be a mapping (key: value), not "You". Write: { text: You }',
    ],
    [
      'otherwise with a text',
      'version: 1\nrules: []\notherwise: Sorry?\n',
      '3:12: An action must be a mapping (key: value), not "Sorry?". Write: { text: Sorry? }',
    ],
    [
      'rules by their names',
      'version: 1\nrules:\n  greeting: { when: {}, then: { text: x } }\n',
      '3:3: The rules must be a list (each begins with "- id:"), not a mapping. Write: - id: greeting',
    ],
    [
      'a rule without its dash',
      'version: 1\nrules:\n  id: a\n  when: {}\n  then: { text: x }\n',
      '3:3: The rules must be a list (each begins with "- id:"), not a mapping. Put "- " before "id".',
    ],
    [
      'rules left empty',
      'version: 1\nrules:\n',
      '2:7: The rules must be a list (each begins with "- id:"), not nothing.',
    ],
    [
      'a template with a SID',
      'version: 1\nrules: []\ntemplates: { t: HX1 }\n',
      '3:17: A template must be a mapping (key: value), not "HX1". Write: { sid: HX1 }',
      'note 3:12: There is no folder "templates" beside this file, so placeholders are not compared.',
    ],
    [
      'a rule with a text',
      'version: 1\nrules:\n  - hello\n',
      '3:5: A rule must be a mapping (key: value), not "hello". A rule begins with "- id:" and has "when" and "then" below it.',
    ],
    [
      'a line break before then',
      'version: 1\nrules:\n  - id: a\n    when: { keyword: hi } then: { text: x }\n',
      '4:27: A new line must begin before "then".',
    ],
    [
      'a keyword with conditions',
      when('{ keyword: { includes: [a] } }'),
      '4:22: This must be text, not a mapping. A text that begins with { or [ needs quotes around it.',
    ],
  ],
  'a key in the wrong place': [
    [
      'under when',
      when('{ text: x, id: b, templates: {} }'),
      '4:13: The key "text" is an action: put it under "then".',
      '4:22: The key "id" belongs to the rule itself: put it in line with "id".',
      '4:29: The key "templates" belongs to the file: put it at the beginning of a line, below or above the rules.',
    ],
    [
      'a value under when',
      when('{ remembered.fit: good }'),
      '4:13: The key "remembered.fit" is a value: write "where: { remembered.fit: … }".',
    ],
    [
      'under then',
      then('{ keyword: x, text: x, id: c }'),
      '5:13: The key "keyword" is a condition: put it under "when".',
      '5:34: The key "id" belongs to the rule itself: put it in line with "id".',
    ],
    [
      'at the top of the file',
      'version: 1\nrules: []\nid: x\nkeyword: hi\ntext: hi\nmedia: hi\n',
      '3:1: The key "id" belongs to a rule. Rules are a list under "rules", and each begins with "- id:".',
      '4:1: The key "keyword" is a condition: put it under "when". Both stand in a rule: rules are a list under "rules", and each begins with "- id:".',
      '5:1: The key "text" is an action: put it under "then". Both stand in a rule: rules are a list under "rules", and each begins with "- id:".',
      '6:1: The key "media" is a condition under "when", and an action under "then". Both stand in a rule: rules are a list under "rules", and each begins with "- id:".',
    ],
    [
      'beside the id of a rule',
      'version: 1\nrules:\n  - id: a\n    keyword: hi\n    text: Hi\n    media: true\n    templates: {}\n',
      '3:5: The rule has no "then". Say what to answer, or "ignore: true".',
      '4:5: The key "keyword" is a condition: put it under "when".',
      '5:5: The key "text" is an action: put it under "then".',
      '6:5: The key "media" is a condition under "when", and an action under "then".',
      '7:5: The key "templates" belongs to the file: put it at the beginning of a line, below or above the rules.',
    ],
  ],
};

describe.each(Object.entries(TABLES))('%s', (_, rows) => {
  it.each(rows.map(([what, yaml, ...messages]) => ({ what, yaml, messages })))(
    '$what',
    ({ yaml, messages }) => {
      expect(told(yaml)).toEqual(messages);
    },
  );
});

describe('nothing is said', () => {
  it.each([
    ['of comments that are comments', `${when('{ keyword: [a, b] } # 1 greeting')}# 2 end\n`],
    ['of a comment after a text', line('text: Hello # says hello')],
    ['of a ruler after a text', line('text: Hello #------')],
    [
      'of what stands in a block of text',
      line("text: |\n        Order #1: {{ now }} “x” 'it\n        a: b: c"),
    ],
    ['of an address', then('{ text: see https://shop.example/#1 }')],
    ['of words of YAML 1.1, times and dates', when('{ keyword: [yes, no, on, off, 12:30, 2026-12-24] }')],
    ['of an alias and its anchor', `${rule('{ keyword: hi }', '&hi { text: x }')}otherwise: *hi\n`],
    ['of a byte order mark', `\ufeff${then('{ text: x }')}`],
    ['of the line ends of Windows', then('{ text: x }').replaceAll('\n', '\r\n')],
    ['of the line ends of old Macs', then('{ text: x }').replaceAll('\n', '\r')],
    ['of JSON', '{"version":1,"rules":[{"id":"a","when":{},"then":{"text":"x, y: z #1"}}]}'],
  ])('%s', (_, yaml) => {
    expect(told(yaml)).toEqual([]);
  });
});
