import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import type { Handlers } from '../../lib/handlers/define-handlers.ts';
import { SETTINGS } from '../../lib/settings.ts';
import type { StandIns } from '../../local/bot/stand-in-services.ts';
import { runTalks } from '../../talks/run-talks.ts';
import { converse } from '../../talks/testing/converse.ts';
import { bookOf } from '../rules/support.ts';

const GUIDE = readFileSync('docs/handlers.md', 'utf8');
const blocks = [...GUIDE.matchAll(/^```([a-z ]*)\n(.*?)^```$/gms)].map(([, kind = '', text = '']) => ({
  kind,
  text,
}));
const codeOf = (file: string) =>
  blocks.filter(({ kind, text }) => kind === 'ts' && text.startsWith(`// ${file}\n`));
const [rule = ''] = blocks.flatMap(({ kind, text }) => (kind === 'yaml' ? [text] : []));
const BOOK = bookOf(
  `version: 1\ntemplates: { order_status: { sid: HXa0000000000000000000000000000002, variables: [order] } }\nrules:\n${rule.replace(/^(?=.)/gm, '  ')}`,
);

/** What a file of bot/ gives out that has this content. */
async function run<T>(contents: string, given: Readonly<Record<string, unknown>> = {}): Promise<T> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: resolve('bot'), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    // What tests bring along is not ours to bundle.
    external: Object.keys(given),
  });
  const module: { exports: { readonly default?: T } } = { exports: {} };
  const require = createRequire(import.meta.url);
  const load = (name: string): unknown => (Object.hasOwn(given, name) ? given[name] : require(name));
  new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '')(module, module.exports, load);
  return module.exports.default as T;
}

describe('docs/handlers.md', () => {
  it('shows a rule, handlers, services, a talk and a test', () => {
    expect(codeOf('bot/handlers.ts')).toHaveLength(2);
    expect([codeOf('bot/services.ts'), codeOf('bot/handlers.test.ts')].map(({ length }) => length)).toEqual([
      1, 1,
    ]);
    expect(blocks.map(({ kind }) => kind)).toEqual(['ts', 'yaml', 'ts', 'ts', 'yaml talk', 'ts']);
  });

  it('shows a handler that answers as it says', async () => {
    const handlers = await run<Handlers>(codeOf('bot/handlers.ts')[0]?.text ?? '');
    const json = {
      'https://shop.example/orders/12345': { day: 'Monday' },
      'https://shop.example/orders/777': undefined,
    };
    const customer = converse({ rules: BOOK, handlers }, { json });
    await customer.says('order 12345');
    expect(customer.replies).toMatchObject([{ template: 'order_status', variables: { order: '12345' } }]);
    await customer.says('order 777');
    expect(customer.replies).toMatchObject([{ text: 'There is no order 777.' }]);
  });

  it('shows a handler that does what it does outside under its key', async () => {
    const handlers = await run<Handlers>(codeOf('bot/handlers.ts')[1]?.text ?? '');
    const asked: unknown[] = [];
    const customer = converse(
      { rules: BOOK, handlers },
      {
        json: {
          'https://shop.example/tickets': (request: {
            readonly headers?: object;
            readonly body?: unknown;
          }) => {
            asked.push([request.headers, request.body]);
            return { body: { id: 'T1' } };
          },
        },
      },
    );
    await customer.says('order 12345');
    expect(customer.replies).toMatchObject([{ text: 'We look into it. Your ticket is T1.' }]);
    expect(asked).toEqual([[{ 'Idempotency-Key': expect.stringMatching(/^IM/) }, { order: '12345' }]]);
  });

  it('shows what stands in for a service', async () => {
    const services = await run<StandIns>(codeOf('bot/services.ts')[0]?.text ?? '');
    const ask = (path: string) => services['https://shop.example']?.({ method: 'GET', path, headers: {} });
    expect([ask('/orders/12345'), ask('/orders/1')]).toEqual([{ body: { day: 'Monday' } }, { status: 404 }]);
  });

  it('shows a talk that goes as it is written', async () => {
    const [talk = ''] = blocks.flatMap(({ kind, text }) => (kind === 'yaml talk' ? [text] : []));
    const { played, problems } = await runTalks(
      { files: [{ file: 'docs/handlers.md', text: talk }], problems: [] },
      BOOK,
    );
    expect([problems, played.map(({ failure }) => failure)]).toEqual([[], [undefined]]);
  });

  it('shows a test that passes', async () => {
    const tests: (() => Promise<void>)[] = [];
    await run(codeOf('bot/handlers.test.ts')[0]?.text ?? '', {
      'node:test': { test: (_: string, body: () => Promise<void>) => tests.push(body) },
      'parley/testing': { converse },
    });
    expect(tests).toHaveLength(1);
    for (const body of tests) await body();
  });

  it('tells the setting as it is', () => {
    expect(GUIDE).toContain(`\`HANDLER_SECONDS\` is ${SETTINGS.HANDLER_SECONDS.default}, and 15 at most`);
  });
});
