import { bookOf, QUIET_MS } from './rules.ts';
import type { Version } from './world.ts';

/** How long the rule `person` hands over. */
export const HANDOVER_MS = 40_000;

const when = (word: string) => `pattern: '^${word} (?<n>\\d{1,9})$'`;

/**
 * Rules of a bot that remembers. Each answer begins with its version and a word, which say who decided and what.
 * @param ask what the rule that asks is called
 */
export function rememberingBook(version: Version, ask: string) {
  const says = (word: string) => `{ text: '${version} ${word} {{ match.n }}' }`;
  const misses = (word: string) => `{ text: '${version} ${word} {{ text | default: "" }}' }`;
  const kept = '{{ remembered.order | default: "none" }} {{ remembered.size | default: "none" }}';
  return bookOf(`version: 1
languages: [en, de]
quiet_after_person: ${QUIET_MS / 1000}s
templates:
  missing: { sid: HX${'e'.repeat(32)} }
rules:
  - { id: person, when: { ${when('person')} }, then: [${says('person')}, { handover: { for: ${HANDOVER_MS / 1000}s, back: [bot] } }] }
  - id: ${ask}
    when: { ${when('ask')} }
    then: { text: '${version} asked {{ match.n }}', wait: 1d }
    otherwise:
      - { when: { misses: 2 }, then: ${misses('enough')} }
      - { when: { misses: 1 }, then: ${misses('again')} }
      - { then: ${misses('missed')} }
  - { id: menu, when: { ${when('menu')} }, then: { text: '${version} menu {{ match.n }}', wait: { for: 1d, keep: true } } }
  - { id: once, when: { ${when('once')}, once: 1d }, then: ${says('once')} }
  - { id: said, when: { ${when('said')} }, then: { text: '${version} said {{ match.n }} ${kept}' } }
  - { id: hello, when: { ${when('hello')} }, then: { text: { en: '${version} hello {{ match.n }}', de: '${version} hallo {{ match.n }}' } } }
  - { id: forgot, when: { ${when('forget')} }, then: [{ forget: [order] }, ${says('forgot')}] }
  - { id: cleared, when: { ${when('clear')} }, then: [{ forget: all }, ${says('cleared')}] }
  - { id: broken, when: { ${when('broken')} }, then: [{ remember: { order: lost } }, { template: missing, wait: 1d }] }
  - { id: lost, when: { after: ${ask}, ${when('lose')} }, then: [{ remember: { order: lost } }, { template: missing }] }
  - { id: took, when: { after: [${ask}, broken], ${when('reply')} }, then: [{ remember: { order: '{{ match.n }}', size: '{{ match.n }}' } }, ${says('took')}] }
  - { id: picked, when: { after: menu, ${when('pick')} }, then: ${says('picked')} }
otherwise: ${misses('what')}
`);
}

/** What a build that knows no memory answers to the same. */
export function forgetfulBook(version: Version) {
  const says = (word: string, said = word) =>
    `  - { id: ${word}, when: { ${when(word)} }, then: { text: '${version} ${said} {{ match.n }}' } }`;
  return bookOf(`version: 1
quiet_after_person: ${QUIET_MS / 1000}s
templates:
  missing: { sid: HX${'e'.repeat(32)} }
rules:
${['person', 'menu', 'once', 'said', 'hello'].map((word) => says(word)).join('\n')}
${says('ask', 'asked')}
${says('forget', 'forgot')}
${says('clear', 'cleared')}
  - { id: broken, when: { ${when('broken')} }, then: { template: missing } }
otherwise: { text: '${version} what {{ text | default: "" }}' }
`);
}
