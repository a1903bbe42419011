import type { Kind } from './people.ts';
import { bookOf, oneAndTwo } from './rules.ts';
import type { Version } from './world.ts';

/** With the tags of "full 7" over the 4 KB of a message's Attributes, and by itself below them. */
export const BIG = 'x'.repeat(4_080);

/** Each version tags with its own name and invites somebody of its own, so that it shows who has decided. */
function compile(version: Version) {
  return bookOf(`version: 1
rules:
  - id: help
    when: { pattern: '^help (?<n>\\d+)$' }
    then:
      - tag: { version: '${version}', n: '{{ match.n }}' }
      - text: '${version} first {{ match.n }}'
      - text: '${version} second {{ match.n }}'
      - handover: { for: 1s, invite: [dana-${version}, kim-${version}] }
  - id: mark
    when: { pattern: '^mark (?<n>\\d+)$' }
    then: { tag: { version: '${version}', n: '{{ match.n }}' } }
  - id: full
    when: { pattern: '^full (?<n>\\d+)$' }
    then:
      - tag: { version: '${version}', n: '{{ match.n }}' }
      - tag: { big: '${BIG}' }
      - text: '${version} answer {{ match.n }}'
${oneAndTwo(version)}`);
}

/** Two versions of a bot whose answers tag and invite. */
export const STEP_BOOKS = { A: compile('A'), B: compile('B') };

/** What they answer with steps; each is tagged with its number. */
export const STEP_KIND = {
  /** Two messages between a tag and two invitations. */
  help: {
    text: (n) => `help ${n}`,
    due: 2,
    outcome: 'replied',
    steps: { tags: true, invites: true, refused: [] },
  },
  /** Nothing that a customer sees. */
  mark: { text: (n) => `mark ${n}`, due: 0, outcome: 'replied', steps: { tags: true, refused: [] } },
  /** A tag that makes the Attributes too long, in the middle. */
  full: { text: (n) => `full ${n}`, due: 1, outcome: 'replied', steps: { tags: true, refused: [1] } },
} as const satisfies Readonly<Record<string, Kind>>;
