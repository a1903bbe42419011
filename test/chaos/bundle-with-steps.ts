import { build } from 'esbuild';
import { rules } from '../../bot/rules.generated.ts';
import { leaveOut, UNDICI_WITHOUT_MILO } from '../../build/leave-out.ts';
import { bookOf } from '../simulation/rules.ts';

/** Two messages between a tag and two invitations. */
const HELP = bookOf(`version: 1
rules:
  - id: help
    when: { pattern: '^help (?<n>\\d+)$' }
    then:
      - tag: { help: '{{ match.n }}' }
      - text: 'Help {{ match.n }} is on its way.'
      - text: 'Dana and Kim bring help {{ match.n }}.'
      - handover: { for: 1s, invite: [dana, kim] }
`);

/**
 * Bundles reply as the build does, with the rules of bot/ and one more: what is shipped tags nothing and invites nobody.
 * @returns its folder
 */
export async function bundleWithSteps(): Promise<string> {
  const folder = 'dist/chaos/reply';
  const book = { ...rules, rules: [...HELP.rules, ...rules.rules] };
  const { plugin } = leaveOut();
  const contents = `export const rules = ${JSON.stringify(book)};`;
  await build({
    entryPoints: ['functions/reply.ts'],
    outfile: `${folder}/index.cjs`,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: true,
    supported: { 'dynamic-import': false },
    define: UNDICI_WITHOUT_MILO,
    plugins: [
      plugin,
      {
        name: 'rules-with-steps',
        setup: ({ onLoad }) =>
          onLoad({ filter: /rules\.generated\.ts$/ }, () => ({ contents, loader: 'ts' })),
      },
    ],
    logLevel: 'warning',
  });
  return folder;
}
