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

  it.each<[shape: string, text: string, found: readonly string[]]>([
    ['of a constant', 'const all = handlers({ a() {} });\nexport default all;', ['2:24 a']],
    ['of a variable', 'let all = handlers({ a() {} });\nexport default all;', ['2:22 a']],
    [
      'of a constant that is exported too',
      'export const all = handlers({ a() {} }), b = 1;\nexport default all;',
      ['2:31 a'],
    ],
    [
      'of one constant among others',
      'const b = 1, all = handlers({ a() {} });\nexport default all;',
      ['2:31 a'],
    ],
    [
      'of what is exported under that name',
      'const all = handlers({ a() {} });\nexport { b, all as default };\nconst b = 1;',
      ['2:24 a'],
    ],
    [
      'of a constant of a constant',
      'const one = handlers({ a() {} });\nconst all = one;\nexport default all;',
      ['2:24 a'],
    ],
    [
      'above which they are exported',
      'export { all as default };\nconst all = handlers({ a() {} });',
      ['3:24 a'],
    ],
    [
      'that satisfy a type',
      'export default handlers({ a() {} } satisfies All) satisfies Handlers;',
      ['2:27 a'],
    ],
    [
      'that are said to be of a type',
      'export default (handlers<Own>(({ a() {} })) as Handlers)!;',
      ['2:34 a'],
    ],
    [
      'between comments',
      'export default /* a */ handlers(// b() {\n/* c */ { // d\n/* e */ a() {}, /* f() {} */ });',
      ['4:9 a'],
    ],
    [
      'of an object of the file',
      'const all = { a() {} } as const;\nexport default handlers(all);',
      ['2:15 a'],
    ],
    [
      'of several objects of the file',
      'const b = { b() {} };\nexport default handlers({ a() {}, ...b, ...{ c() {} } });',
      ['3:27 a', '2:13 b', '3:46 c'],
    ],
    [
      'with computed names that are texts',
      "export default handlers({ ['a']: f, [`b`]: f, 1: f });",
      ['2:28 a', '2:38 b', '2:47 1'],
    ],
    [
      'without what is no property',
      'export default handlers({ set a(f) {}, __proto__: f, __proto__() {} });',
      ['2:54 __proto__'],
    ],
  ])('are found %s', async (_, text, found) => {
    expect(await find(`${IMPORT}${text}`)).toEqual(found);
  });

  it('are found by whatever name "handlers" has', async () => {
    const called = [
      "import { handlers as make } from 'parley';\nexport default make({ a() {} });",
      "import * as parley from 'parley';\nexport default parley.handlers({ a() {} });",
      "import * as parley from 'parley';\nexport default parley['handlers']({ a() {} });",
      'import { "handlers" as make } from \'parley\';\nexport default make({ a() {} });',
    ];
    for (const text of called) expect(await find(text)).toEqual([expect.stringMatching(/^2:\d+ a$/)]);
  });

  // Those of a variable above were taken for those that are exported.
  it('are those that are exported, whatever others there are', async () => {
    const others = `var others = handlers({ no() {} });\nfunction f() { const all = handlers({ no() {} }); }\n`;
    expect(await find(`${IMPORT}${others}const all = handlers({ yes() {} });\nexport default all;`)).toEqual([
      '4:24 yes',
    ]);
  });

  const ELSEWHERE = 'What this file exports by default comes from another file';
  const NOT_MADE = 'What this file exports by default is not made by "handlers" of "parley"';
  const UNNAMED = 'Name each handler in this file';
  it.each([
    [`${IMPORT}export default handlers({\n  a,\n  ...others });`, `4:3 ${UNNAMED}`],
    [`${IMPORT}import b from './b.ts';\nexport default handlers({ ...b });`, `3:27 ${UNNAMED}`],
    [`${IMPORT}const b = { ...b };\nexport default handlers({ ...b });`, `3:27 ${UNNAMED}`],
    [`${IMPORT}export default handlers({ [name]: f });`, `2:27 ${UNNAMED}`],
    [`${IMPORT}export default handlers({ [\`a\${b}\`]: f });`, `2:27 ${UNNAMED}`],
    [`${IMPORT}export default handlers(Object.assign({}, b));`, `2:25 ${UNNAMED}`],
    [`${IMPORT}export default handlers(...all);`, '2:16 Give "handlers" an object.'],
    [`${IMPORT}export default handlers();`, '2:16 Give "handlers" an object.'],
    ['export const a = 1;', '1:1 There is no "export default handlers({ … })" in this file.'],
    ['module.exports = {};', '1:1 There is no "export default handlers({ … })" in this file.'],
    ['', '1:1 There is no "export default handlers({ … })" in this file.'],
    [`${IMPORT}\nexport = handlers({ a() {} });`, '3:1 "export =" is not a default export.'],
    ["export { default } from './b.ts';", `1:10 ${ELSEWHERE}`],
    ["export { a, b as default } from './b.ts';", `1:13 ${ELSEWHERE}`],
    ["import b from './b.ts';\nexport default b;", `2:16 ${ELSEWHERE}`],
    ["import b from './b.ts';\nexport { b as default };", `2:10 ${ELSEWHERE}`],
    [`${IMPORT}export { handlers as default };`, `2:10 ${ELSEWHERE}`],
    [`${IMPORT}export default function a() {}`, `2:16 ${NOT_MADE}`],
    [`${IMPORT}export default class {}`, `2:16 ${NOT_MADE}`],
    [`${IMPORT}export default { a() {} };`, `2:16 ${NOT_MADE}`],
    [`${IMPORT}const all = { a() {} };\nexport default all;`, `2:13 ${NOT_MADE}`],
    [`${IMPORT}export default Object.freeze(handlers({ a() {} }));`, `2:16 ${NOT_MADE}`],
    [`${IMPORT}export default ok ? handlers({ a() {} }) : handlers({});`, `2:16 ${NOT_MADE}`],
    [`${IMPORT}export default (() => handlers({ a() {} }))();`, `2:16 ${NOT_MADE}`],
    ["import { text } from 'parley';\nexport default handlers({ a() {} });", `2:16 ${NOT_MADE}`],
    [`${IMPORT}const a = b, b = a;\nexport default a;`, `2:18 ${NOT_MADE}`],
    [`${IMPORT}export default nowhere;`, `2:16 ${NOT_MADE}`],
    [
      `${IMPORT}let all;\nall = handlers({ a() {} });\nexport default all;`,
      '3:1 "all" is given its value here',
    ],
    [`${IMPORT}export default handlers({ a( });`, '2:30 Expected identifier but found "}".'],
  ])('are not found in %j', async (text, problem) => {
    expect((await find(text)).map((found) => found.slice(0, problem.length))).toEqual([problem]);
  });

  it('are asked for in the shape that is understood', async () => {
    expect(await find('export default 1;')).toEqual([
      `1:16 ${NOT_MADE}. Write: export default handlers({ async orderStatus({ number }) { … } });`,
    ]);
  });

  it('have places in lines as editors count them', async () => {
    expect(
      await find(`${IMPORT}// 😀\r\nexport default handlers({ /* 😀 */ a() {},\r\n\tb() {} });`),
    ).toEqual(['3:36 a', '4:2 b']);
  });
});
