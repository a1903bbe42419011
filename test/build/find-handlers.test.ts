import { describe, expect, it } from 'vitest';
import { findHandlers } from '../../build/find-handlers.ts';

/** Where the handlers of a file stand, or what is wrong with it. */
async function find(text: string): Promise<readonly string[]> {
  const found = await findHandlers({ file: 'handlers.ts', text });
  return found.ok
    ? found.found.handlers.map(({ name, line, column }) => `${line}:${column} ${name}`)
    : found.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

const IMPORT = "import { handlers, text } from 'parley';\n";

describe('the handlers of a file', () => {
  it('are found with their places, whatever stands in and between them', async () => {
    expect(
      await find(`${IMPORT}// handlers({
const words = \`
  notMe() {
\`;
export default handlers({
  async first({ number }: { number: string }) {
    const a = { inner() { return /['"\`{(]/.test(number); } };
    return text(\`
  notMe(\${a}) {
\`);
  },
  // second,
  'in-quotes': () => text('x'), plain: async () => undefined, short,
  async: () => {},
  async last() {},
});
`),
    ).toEqual(['7:9 first', '14:3 in-quotes', '14:33 plain', '14:63 short', '15:3 async', '16:9 last']);
  });

  it('are found in one line, under another name, and where there is none', async () => {
    expect(await find(`${IMPORT}export default handlers({ a: () => { return text('{'); }, b });`)).toEqual([
      '2:27 a',
      '2:59 b',
    ]);
    expect(await find("import * as p from 'parley';\nexport default p.handlers({\n  a() {},\n});")).toEqual([
      '3:3 a',
    ]);
    expect(await find(`${IMPORT}export default handlers({});`)).toEqual([]);
  });

  it('are found by whatever name they have', async () => {
    expect(
      await find(
        `${IMPORT}export default handlers({\n  async größe() {},\n  'straße': f,\n  'a"b': f,\n  get 日本() { return f; },\n  get() {},\n});`,
      ),
    ).toEqual(['3:9 größe', '4:3 straße', '5:3 a"b', '6:7 日本', '7:3 get']);
  });

  it.each([
    [`${IMPORT}export default handlers({ ...others });`, 'Name each handler in this file'],
    [`${IMPORT}export default handlers({ [name]: f });`, 'Name each handler in this file'],
    ['export const a = 1;', 'There is no "export default handlers({ … })" in this file.'],
    [`${IMPORT}const all = {};\nexport default handlers(all);`, 'There is no "export default handlers('],
    [`${IMPORT}export default handlers({ a( });`, '2:30 Expected identifier but found "}".'],
  ])('are not found in %j', async (text, problem) => {
    expect(await find(text)).toEqual([expect.stringContaining(problem)]);
  });
});
