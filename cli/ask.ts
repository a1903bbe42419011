import { createInterface } from 'node:readline/promises';
import { type Readable, Writable } from 'node:stream';

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

/** @returns the same, without a letter of it on the screen */
export async function askHidden(input: Readable, output: Writable, question: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true });
  const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  output.write(question);
  try {
    return await Promise.race([lines.question(''), closed]);
  } finally {
    lines.close();
    output.write('\n');
  }
}
