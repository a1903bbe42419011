import { parseEnv } from 'node:util';
import { readBlocks } from './read-blocks.ts';
import { type Call, typeCommands } from './type-commands.ts';

export const DEPLOYING = 'docs/deploying.md';

/** What somebody calls who types all of docs/deploying.md into one shell, in order. */
export function typeDeployingPage(): readonly Call[] {
  const commands = readBlocks(DEPLOYING).flatMap(({ kind, text }) => (kind === 'sh' ? [text] : []));
  return typeCommands(commands, ['aws', 'curl', 'npm', 'npx']);
}

/** What follows an option: `of(call, '--name')`. */
export function optionOf({ words }: Call, option: string): string {
  return words[words.indexOf(option) + 1] ?? '';
}

export const isDeployment = ({ program, words }: Call) => program === 'npm' && words[1] === 'deploy';

/** What the page has written into stages/prod.env for each of its deployments; a later block changes some lines. */
export function typeStageFiles(): readonly Readonly<Record<string, string>>[] {
  const blocks = readBlocks(DEPLOYING).filter(({ kind }) => kind === 'env');
  let file: Readonly<Record<string, string>> = {};
  return blocks.map(({ text }) => {
    file = { ...file, ...(parseEnv(text) as Record<string, string>) };
    return file;
  });
}
