import { compileRules } from '../../lib/rules/compile/compile-rules.ts';
import type { RuleBook } from '../../lib/rules/types.ts';

/** A rule book from YAML; fails with its problems. */
export function bookOf(yaml: string): RuleBook {
  const compiled = compileRules(yaml, { file: 'simulation.yaml' });
  if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join('\n'));
  return compiled.book;
}

/** How long an agent's message silences the bot: some messages fall into it, most do not. */
export const QUIET_MS = 20_000;

/** The rules that answer "one 7" with one message and "two 7" with two, as lines of a rules file. */
export function oneAndTwo(version: 'A' | 'B'): string {
  return `  - id: one
    when: { pattern: '^one (?<n>\\d+)$' }
    then: { text: '${version} answer {{ match.n }}' }
  - id: two
    when: { pattern: '^two (?<n>\\d+)$' }
    then:
      - { text: '${version} first {{ match.n }}' }
      - { text: '${version} second {{ match.n }}' }
`;
}

/** `broken` names a template that Twilio does not have; `stop` would be answered if no guard came first. */
export function compileVersion(version: 'A' | 'B', answers = oneAndTwo(version)): RuleBook {
  return bookOf(`version: 1
quiet_after_person: ${QUIET_MS / 1000}s
opt_out: { handled_on: [sms, whatsapp] }
templates:
  missing: { sid: HX${'e'.repeat(32)} }
rules:
  - { id: ignored, when: { keyword: ignored }, then: { ignore: true } }
${answers}  - id: broken
    when: { pattern: '^broken \\d+$' }
    then: { template: missing }
  - { id: opted-out, when: { keyword: stop }, then: { text: '${version} wait' } }
`);
}

const BOOKS = { A: compileVersion('A'), B: compileVersion('B') };

/** Two versions of one bot: a reply that mixes them shows a decision that was not frozen. */
export function rulesOf(version: 'A' | 'B'): RuleBook {
  return BOOKS[version];
}
