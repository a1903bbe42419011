import { watch } from 'node:fs';

/** Editors write a file in several steps. */
const CALM_MS = 50;

/**
 * Calls `onChange` whenever something in a bot's folder has changed.
 * @param folder absolute
 * @returns ends it
 */
export function watchBot(folder: string, onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, CALM_MS);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
