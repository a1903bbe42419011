import { resolve } from 'node:path';
import type { Plugin } from 'esbuild';
import type { RuleBook } from '../lib/rules/types.ts';

/** What a bundle is to have instead of what the build wrote into bot/. */
export interface OtherBot {
  readonly rules?: RuleBook;
  /** The file of its handlers, or 'none'. */
  readonly handlers?: string;
}

/** Bundles a function with the rules or the handlers of another bot. */
export function otherBot({ rules, handlers }: OtherBot): Plugin {
  const modules: readonly (readonly [RegExp, string | undefined])[] = [
    [/bot.rules\.generated\.ts$/, rules && `export const rules = ${JSON.stringify(rules)};`],
    [/bot.handlers\.generated\.ts$/, handlers && handlersModule(handlers)],
  ];
  return {
    name: 'other-bot',
    setup: ({ onLoad }) => {
      for (const [filter, contents] of modules) {
        if (contents !== undefined) onLoad({ filter }, () => ({ contents, loader: 'ts', resolveDir: '.' }));
      }
    },
  };
}

function handlersModule(file: string): string {
  return file === 'none'
    ? 'export const handlers = undefined;'
    : `export { default as handlers } from ${JSON.stringify(resolve(file))};`;
}
