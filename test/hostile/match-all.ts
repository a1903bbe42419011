/** Runs as a child of match-in-child.ts, which may have to kill it: nothing else stops a RegExp. */
import type { Match } from './match-in-child.ts';

process.once('message', (matches: readonly Match[]) => {
  process.send?.('ready');
  for (const { source, text } of matches) {
    new RegExp(source, 'iu').exec(text);
    process.send?.('done');
  }
  process.disconnect();
});
