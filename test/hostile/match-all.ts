/** Runs as a child of match-in-child.ts, which may have to kill it: nothing else stops a RegExp. */
import type { Match } from './match-in-child.ts';

process.once('message', async (matches: readonly Match[]) => {
  await tell('ready');
  for (const { source, text } of matches) {
    new RegExp(source, 'iu').exec(text);
    await tell('done');
  }
  process.disconnect();
});

/** Resolves when it is on its way: what still waits in this process is lost when the next match never ends. */
function tell(what: 'ready' | 'done'): Promise<void> {
  return new Promise((resolve) => process.send?.(what, undefined, undefined, () => resolve()));
}
