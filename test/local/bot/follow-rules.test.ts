import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Handlers } from '../../../lib/handlers/define-handlers.ts';
import { createLeftErrors } from '../../../lib/handlers/left-errors.ts';
import type { Problem } from '../../../lib/rules/compile/problem.ts';
import type { RuleBook } from '../../../lib/rules/types.ts';
import { followRules } from '../../../local/bot/follow-rules.ts';
import { loadModule } from '../../../local/bot/load-module.ts';
import { putTemplates } from '../../../local/bot/put-templates.ts';
import { startService } from '../../emulator/start-service.ts';

type Read = (
  | { readonly book: RuleBook; readonly handlers: Handlers }
  | { readonly problems: readonly Problem[] }
) & {
  readonly notes: readonly Problem[];
};

/** Follows a copy of bot/, and hands out what is read, one after the other. */
function follow(onGood: (book: RuleBook) => Promise<void> = async () => undefined) {
  const project = mkdtempSync(join(tmpdir(), 'parley-rules-'));
  const folder = join(project, 'bot');
  cpSync('bot', folder, { recursive: true });
  const reads: Read[] = [];
  let wake: () => void = () => undefined;
  const note = (read: Read) => {
    reads.push(read);
    wake();
  };
  const followed = followRules({
    folder,
    project,
    shown: 'bot/rules.yaml',
    everyMs: 5,
    onGood: async ({ book, handlers }, notes) => {
      await onGood(book);
      note({ book, handlers, notes });
    },
    onBroken: (problems, notes) => note({ problems, notes }),
  });
  const next = async (): Promise<Read> => {
    while (reads.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return reads.shift() as Read;
  };
  return {
    folder,
    file: join(folder, 'rules.yaml'),
    followed,
    next,
    [Symbol.dispose]: () => {
      followed.close();
      rmSync(project, { recursive: true });
    },
  };
}

const ONE_RULE =
  'version: 1\nrules:\n  - id: hello\n    when: { keyword: hello }\n    then: { text: Hello! }\n';

const HANDLERS = `import { handlers, text } from 'parley';
import { GREETING } from './greeting.ts';

export default handlers({
  greet() {
    return text(GREETING);
  },
});
`;
const CALLING =
  'version: 1\nrules:\n  - id: hello\n    when: { keyword: hello }\n    then: { call: greet, else: { text: Hello! } }\n';

/** Files of a bot whose rule calls a handler, which takes its words from another file. */
function writeCalling(folder: string, handlers = HANDLERS): void {
  writeFileSync(join(folder, 'greeting.ts'), `export const GREETING = 'Hi!';\n`);
  writeFileSync(join(folder, 'handlers.ts'), handlers);
  writeFileSync(join(folder, 'rules.yaml'), CALLING);
}

describe('following the handlers beside the rules file', () => {
  const greet = (read: Read) => ('handlers' in read ? read.handlers['greet']?.({}, {} as never) : undefined);

  it('reads them, and reads them again when what they import is written', async () => {
    using follows = follow();
    writeCalling(follows.folder);
    expect(greet(await follows.next())).toMatchObject({ text: 'Hi!' });
    writeFileSync(join(follows.folder, 'greeting.ts'), `export const GREETING = 'Good day!';\n`);
    expect(greet(await follows.next())).toMatchObject({ text: 'Good day!' });
  });

  it.each([
    ['is not TypeScript', HANDLERS.replace('greet() {', 'greet( {'), 6, 'Expected "}" but found'],
    ['imports what is not there', HANDLERS.replace('greeting.ts', 'gone.ts'), 2, 'Could not resolve'],
    ['has no such handler', HANDLERS.replace('greet()', 'greeet()'), 5, 'There is no handler "greet"'],
    ['has no handlers', 'export const greet = 1;\n', 1, 'There is no "export default handlers('],
    ['fails when it is loaded', `${HANDLERS}throw new Error('no');\n`, 9, 'Error: no'],
    ['fails with several errors', `${HANDLERS}throw new AggregateError([1], 'no');\n`, 9, 'Error: no'],
    ['fails with a text', `${HANDLERS}throw 'no';\n`, 1, 'no Where it was thrown nobody knows'],
    ['fails with nothing', `${HANDLERS}throw Object.create(null);\n`, 1, 'It throws something'],
  ])('reports a file that %s, with its place', async (_, handlers, line, message) => {
    using follows = follow();
    writeCalling(follows.folder, handlers);
    const read = await follows.next();
    const file: unknown = expect.stringMatching(/^bot\/(handlers\.ts|rules\.yaml)$/);
    expect(read).toMatchObject({ problems: [{ file, line, message: expect.stringContaining(message) }] });
  });

  // It stood at the beginning of handlers.ts, whatever had thrown it.
  it.each([
    [
      'an expression',
      { 'greeting.ts': `// a\n\nexport const GREETING = null.length;\n` },
      'greeting.ts',
      3,
      30,
    ],
    [
      'a function of another file that handlers.ts calls',
      {
        'greeting.ts': `export const GREETING = '';\nexport function greet(): never {\n  throw new Error('x');\n}\n`,
        'handlers.ts': `${HANDLERS.replace('{ GREETING }', '{ GREETING, greet }')}greet();\n`,
      },
      'greeting.ts',
      3,
      9,
    ],
    [
      'a class, after types that are gone when it runs',
      {
        'greeting.ts': `interface A {\n  readonly a: string;\n}\nclass B {\n  static readonly c: A = JSON.parse('{');\n}\nexport const GREETING = String(B);\n`,
      },
      'greeting.ts',
      5,
      31,
    ],
    [
      'a function of Node',
      {
        'greeting.ts': `import { readFileSync } from 'node:fs';\nexport const GREETING = readFileSync('/gone', 'utf8');\n`,
      },
      'greeting.ts',
      2,
      25,
    ],
    [
      'a package, below the line of the author’s that asked it',
      {
        'node_modules/rod/index.js': `module.exports = (text) => {\n  throw new TypeError(text);\n};\n`,
        'greeting.ts': `import rod from 'rod';\n\nexport const GREETING = rod('x');\n`,
      },
      'greeting.ts',
      3,
      25,
    ],
    [
      'a package that cannot be loaded',
      {
        'node_modules/rod/index.js': `\nthrow new TypeError('x');\n`,
        'greeting.ts': `import rod from 'rod';\n\nexport const GREETING = rod('x');\n`,
      },
      'greeting.ts',
      1,
      17,
    ],
    [
      'what calls itself for ever',
      { 'greeting.ts': `const deep = (): string => deep();\nexport const GREETING = deep();\n` },
      'greeting.ts',
      1,
      // Where the stack is full is the call, or the head of what is called, as the code was compiled.
      expect.any(Number),
    ],
  ])('reports where in the author’s files %s fails', async (_, files, file, line, column) => {
    using follows = follow();
    follows.followed.close();
    writeCalling(follows.folder);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(follows.folder, name)), { recursive: true });
      writeFileSync(join(follows.folder, name), text);
    }
    expect(await loadModule(follows.folder, 'handlers.ts', 'bot')).toMatchObject({
      problems: [{ file: `bot/${file}`, line, column }],
    });
  });

  // It ended npm start.
  it('reports what goes wrong later of what they started as they were loaded', async () => {
    using follows = follow();
    follows.followed.close();
    writeCalling(follows.folder, `${HANDLERS}Promise.reject(new Error('later'));\n`);
    const leftErrors = createLeftErrors();
    const letGo = leftErrors.hold(process);
    const problem = await new Promise((onLeft) => {
      void loadModule(follows.folder, 'handlers.ts', 'bot', { leftErrors, onLeft });
    }).finally(letGo);
    expect(problem).toEqual({ file: 'bot/handlers.ts', line: 9, column: 16, message: 'Error: later' });
  });

  // A bot whose folder was named from where the command runs was never answered.
  it('reads them from a folder that is named from here', async () => {
    using follows = follow();
    writeCalling(follows.folder);
    const loaded = await loadModule<Handlers>(relative('.', follows.folder), 'handlers.ts', 'bot');
    expect(loaded).toMatchObject({ ok: true });
  });

  it('asks for none where no rule calls one', async () => {
    using follows = follow();
    rmSync(join(follows.folder, 'handlers.ts'));
    writeFileSync(follows.file, ONE_RULE);
    expect(await follows.next()).toMatchObject({ book: { rules: [{ id: 'hello' }] }, handlers: {} });
  });
});

describe('what is generated of the rules', () => {
  // Editors knew what the last build had known.
  it('is written again with them, be the handlers broken, and not looked at', async () => {
    using follows = follow();
    const generated = join(follows.folder, 'handlers.generated.ts');
    writeCalling(follows.folder, `${HANDLERS}throw new Error('no');\n`);
    expect(await follows.next()).toMatchObject({ problems: [{ line: 9 }] });
    expect(readFileSync(generated, 'utf8')).toContain('"greet": { readonly with: never');
    writeFileSync(follows.file, CALLING.replace('call: greet', 'call: greet, with: { name: Fern }'));
    await follows.next();
    expect(readFileSync(generated, 'utf8')).toContain('"greet": { readonly with: "name"');
    writeFileSync(generated, '// Of somebody else.');
    writeFileSync(follows.file, ONE_RULE);
    expect(await follows.next()).toMatchObject({ book: { rules: [{ id: 'hello' }] } });
    expect(readFileSync(generated, 'utf8')).toContain('handlers: Handlers | undefined = undefined');
  });

  it('is worth knowing where it cannot be written', async () => {
    using follows = follow();
    rmSync(join(follows.folder, 'handlers.generated.ts'));
    mkdirSync(join(follows.folder, 'handlers.generated.ts'));
    writeFileSync(follows.file, ONE_RULE);
    const notes: unknown = expect.arrayContaining([
      expect.objectContaining({
        file: 'bot/handlers.generated.ts',
        message: expect.stringContaining('It cannot be written'),
      }),
    ]);
    expect(await follows.next()).toMatchObject({ book: { rules: [{ id: 'hello' }] }, notes });
  });
});

describe('following the rules file', () => {
  it('reads it when told to', async () => {
    using follows = follow();
    await follows.followed.read();
    expect(await follows.next()).toMatchObject({ book: { version: 1 } });
  });

  it('reads it again when it is written', async () => {
    using follows = follow();
    writeFileSync(follows.file, ONE_RULE);
    expect(await follows.next()).toMatchObject({ book: { rules: [{ id: 'hello' }] } });
  });

  it('reads it again when an editor puts another file in its place', async () => {
    using follows = follow();
    writeFileSync(`${follows.file}.new`, ONE_RULE);
    renameSync(`${follows.file}.new`, follows.file);
    expect(await follows.next()).toMatchObject({ book: { rules: [{ id: 'hello' }] } });
  });

  // It followed the first save of that kind and none after it.
  it('reads it again when that is done twice, and when it is then written as it is', async () => {
    using follows = follow();
    for (const id of ['first', 'second']) {
      writeFileSync(`${follows.file}.new`, ONE_RULE.replace('hello', id));
      renameSync(`${follows.file}.new`, follows.file);
      expect(await follows.next()).toMatchObject({ book: { rules: [{ id }] } });
    }
    writeFileSync(follows.file, ONE_RULE);
    expect(await follows.next()).toMatchObject({ book: { rules: [{ id: 'hello' }] } });
  });

  it('reports everything that is wrong with it, under the name people know, and goes on', async () => {
    using follows = follow();
    writeFileSync(follows.file, ONE_RULE.replace('keyword', 'keywords'));
    expect(await follows.next()).toMatchObject({ problems: [{ file: 'bot/rules.yaml', line: 4 }] });
    writeFileSync(follows.file, ONE_RULE);
    expect(await follows.next()).toMatchObject({ book: { rules: [{ id: 'hello' }] } });
  });

  it('says of a file that is gone how to name another to what runs', async () => {
    using follows = follow();
    rmSync(follows.file);
    const message = 'There is no such file. Name another: npm start -- --bot <folder>';
    expect(await follows.next()).toMatchObject({ problems: [{ file: 'bot/rules.yaml', message }] });
  });

  it('hands on what is worth knowing, of a good file and of a broken one', async () => {
    using follows = follow();
    const cut = ONE_RULE.replace('{ text: Hello! }', '\n      text: Order #12');
    const cutAt = expect.objectContaining({ file: 'bot/rules.yaml', line: 6, column: 13 });
    const notes: unknown = expect.arrayContaining([cutAt]);
    writeFileSync(follows.file, cut);
    expect(await follows.next()).toMatchObject({ book: { rules: [{ id: 'hello' }] }, notes });
    writeFileSync(follows.file, cut.replace('keyword', 'keywords'));
    expect(await follows.next()).toMatchObject({ problems: [{ line: 4 }], notes });
  });

  it('reads it again when a template beside it is written, and gives the service the new one', async () => {
    const service = startService();
    using follows = follow((book) => putTemplates(service, follows.folder, book));
    await follows.followed.read();
    await follows.next();
    const file = join(follows.folder, 'templates', 'welcome.json');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('Browse plants', 'See plants'));
    await follows.next();

    const { body } = await service.rest('GET', '/v1/Content/HXa0000000000000000000000000000001');
    expect(JSON.stringify(body)).toContain('See plants');
    const list = await service.rest('GET', '/v1/Content');
    expect(list.body.contents).toHaveLength(6);
  });

  it('reports a template that the service does not take', async () => {
    using follows = follow(async () => {
      throw new Error('no such type');
    });
    await follows.followed.read();
    expect(await follows.next()).toMatchObject({ problems: [{ message: 'Error: no such type' }] });
  });
});
