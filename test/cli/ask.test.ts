import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askLine } from '../../cli/ask.ts';

describe('a question at a terminal', () => {
  it.each([
    ['a line', 'yes\nand more\n', 'yes'],
    // Ctrl-D
    ['the end of the input', '', ''],
  ])('is answered by %s', async (_, typed, answer) => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    input.end(typed);
    expect(await askLine(input, output, 'Do it? ')).toBe(answer);
    expect(String(output.read())).toContain('Do it? ');
  });
});
