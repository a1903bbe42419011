import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../support.ts';

/** What is told of a file whose only rule has these conditions in line 4 from column 11. */
const told = (when: string) =>
  problemsOf(`version: 1\nrules:\n  - id: a\n    when: ${when}\n    then: { text: x }\n`);

describe('a comma that is missing', () => {
  // Of two lines it was said that the second is in no line with the first, and to put it where it stands.
  it.each([
    ['between two keys', '{\n      keyword: a\n      channel: sms\n    }', '6:7', '"channel"'],
    [
      'before a key that is not known',
      '{\n      keyword: a b\n      chanel: sms\n      }',
      '6:7',
      '"chanel"',
    ],
    ['behind a text in quotes', '{\n      keyword: "a"\n      channel: sms\n      }', '6:7', '"channel"'],
    ['behind a list', '{\n      keyword: [a]\n      channel: sms\n      }', '6:7', '"channel"'],
  ])('in { } over lines is told: %s', (_, when, place, next) => {
    expect(told(when)).toEqual([
      `rules.yaml:${place}: A comma is missing before ${next}. Inside { } a comma stands between two keys.`,
    ]);
  });

  // It was told to write 'a" "b'.
  it.each([
    ['{ keyword: ["a" "b"] }', '4:27', '"b"'],
    ["{ keyword: ['a' 'b', 'c'] }", '4:27', "'b'"],
    ['{ keyword: [\n      "a"\n      "b"\n      ] }', '6:7', '"b"'],
  ])('in a list of texts in quotes is told: %j', (when, place, next) => {
    expect(told(when)).toEqual([
      `rules.yaml:${place}: A comma is missing before ${next}. Inside [ ] a comma stands between two items.`,
    ]);
  });

  it('is told with the brackets that are missing too, where a key may have a list', () => {
    expect(told('{ keyword: "a" "b" }')).toEqual([
      'rules.yaml:4:26: Several texts are a list. Write: keyword: ["a", "b"]',
    ]);
  });
});

describe('a bracket over lines', () => {
  // It was told that it is never closed.
  it.each([
    ['a key', '{ keyword: a,\n    channel: sms }', '5:5', '"channel" stands inside the {'],
    [
      'a key at the beginning of a line',
      '{ keyword: a,\nchannel: sms }',
      '5:1',
      '"channel" stands inside the {',
    ],
    ['an item', '{ keyword: [a,\n  b,\n  c], channel: sms }', '5:3', '"b" stands inside the {'],
    ['the closing bracket', '{ keyword: [\n      a\n    ] }', '6:5', '"]" stands inside the {'],
    [
      'a text with a bracket',
      `{ keyword: "}",\n    includes: 'b}' }`,
      '5:5',
      '"includes" stands inside the {',
    ],
  ])('tells what is not indented far enough: %s', (_, when, place, what) => {
    const [problem, ...others] = told(when);
    expect(others).toEqual([]);
    expect(problem).toMatch(
      new RegExp(`^rules\\.yaml:${place}: ${what.replace(/[{]/g, '\\{').replace(']', '\\]')}`),
    );
    expect(problem).toMatch(/ in line 4, and begins too far to the left\. Indent it by 6 spaces\.$/);
    const indented = when.replace(/\n */g, '\n      ');
    expect(told(indented)).toEqual([]);
  });

  it.each(['{ keyword: a', '{ keyword: [a, b', '{ keyword: a, # }'])(
    'that does not close is told: %j',
    (when) => {
      expect(told(when).join()).toMatch(/never closed/);
    },
  );
});

// The allowed keys were listed, and no word was said of merging.
it.each([
  ['{ keyword: y, <<: *w }', '5:34', '*w'],
  ['{ keyword: y, <<: [*w] }', '5:34', 'the other mapping'],
])('a merge key is told as what it is: %j', (when, place, named) => {
  const yaml = `version: 1
rules:
  - { id: a, when: { channel: sms, unless: &w { keyword: x } }, then: { text: x } }
  # b
  - { id: b, when: ${when}, then: { text: x } }
`;
  expect(problemsOf(yaml)).toEqual([
    `rules.yaml:${place}: "<<" merges nothing here, as YAML 1.2 has no merge keys. Write out here what ${named} holds.`,
  ]);
});
