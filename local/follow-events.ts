import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { Timed } from './page/page-event.ts';

/**
 * Hears what a world tells its page: everything so far, then everything as it happens. docs/local-service.md
 *
 * @param url `http://127.0.0.1:4000`
 * @returns ends it, once everything so far has been heard
 * @throws Error when it ends before
 */
export async function followEvents(url: string, hear: (event: Timed) => void): Promise<() => void> {
  const ended = new AbortController();
  const { body } = await fetch(`${url}/events`, { signal: ended.signal });
  const lines = createInterface({ input: Readable.fromWeb(body as ReadableStream<Uint8Array>) });
  await new Promise<void>((resolve, reject) => {
    const end = () => reject(new Error(`The world at ${url} went away.`));
    lines.on('line', (line) => {
      if (!line.startsWith('data: ')) return;
      const event = JSON.parse(line.slice('data: '.length)) as Timed;
      hear(event);
      if (event.kind === 'caught-up') resolve();
    });
    lines.on('error', end);
    lines.on('close', end);
  });
  return () => ended.abort();
}
