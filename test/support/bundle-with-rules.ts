import { build } from 'esbuild';
import { rules } from '../../bot/rules.generated.ts';
import { BUNDLE_OPTIONS } from '../../build/bundle-options.ts';
import { leaveOut } from '../../build/leave-out.ts';
import { otherBot } from '../../build/other-bot.ts';
import { bookOf } from '../simulation/rules.ts';

/** Says the number again, and asks no service, as the shop's own rule does. */
export const ORDER = `
  - id: packed
    when: { pattern: '^order (?<n>\\d+)$' }
    then: { text: 'Order {{ match.n }} is packed.' }
`;

/** Two messages between a tag and two invitations: what is shipped tags nothing and invites nobody. */
export const HELP = `
  - id: help
    when: { pattern: '^help (?<n>\\d+)$' }
    then:
      - tag: { help: '{{ match.n }}' }
      - text: 'Help {{ match.n }} is on its way.'
      - text: 'Dana and Kim bring help {{ match.n }}.'
      - handover: { for: 1s, invite: [dana, kim] }
`;

/**
 * Bundles reply as the build does, with the rules of bot/ behind these.
 * @param folder where it is to be, below this one
 * @param handlers the file of the handlers, instead of those of bot/
 * @returns `folder`
 */
export async function bundleWithRules(folder: string, first: string, handlers?: string): Promise<string> {
  const book = { ...rules, rules: [...bookOf(`version: 1\nrules:${first}`).rules, ...rules.rules] };
  const { plugin } = leaveOut();
  await build({
    ...BUNDLE_OPTIONS,
    entryPoints: ['functions/reply.ts'],
    outfile: `${folder}/index.cjs`,
    plugins: [plugin, otherBot({ rules: book, ...(handlers !== undefined && { handlers }) })],
  });
  return folder;
}
