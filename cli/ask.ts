import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';

/** @returns the line that somebody types after `question`; nothing where they end the input, with Ctrl-D or Ctrl-C */
export async function askLine(input: Readable, output: Writable, question: string): Promise<string> {
  const lines = createInterface({ input, output });
  const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  try {
    return await Promise.race([lines.question(question), closed]);
  } finally {
    lines.close();
  }
}
