import { compileRules } from '../../lib/rules/compile/compile-rules.ts';
import type { RuleBook } from '../../lib/rules/types.ts';

function compileVersion(version: 'A' | 'B'): RuleBook {
  const compiled = compileRules(
    `version: 1
rules:
  - { id: ignored, when: { keyword: ignored }, then: { ignore: true } }
  - id: one
    when: { pattern: '^one (?<n>\\d+)$' }
    then: { text: '${version} answer {{ match.n }}' }
  - id: two
    when: { pattern: '^two (?<n>\\d+)$' }
    then:
      - { text: '${version} first {{ match.n }}' }
      - { text: '${version} second {{ match.n }}' }
`,
    { file: 'simulation.yaml' },
  );
  if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join('\n'));
  return compiled.book;
}

const BOOKS = { A: compileVersion('A'), B: compileVersion('B') };

/** Two versions of one bot: a reply that mixes them shows a decision that was not frozen. */
export function rulesOf(version: 'A' | 'B'): RuleBook {
  return BOOKS[version];
}
