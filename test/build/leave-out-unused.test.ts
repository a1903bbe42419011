import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { leaveOutUnused } from '../../build/leave-out-unused.ts';
import { render } from '../../lib/rules/actions/render.ts';
import { decide } from '../../lib/rules/decide.ts';
import type { ConditionName } from '../../lib/rules/match/conditions/conditions.ts';
import type { Memory } from '../../lib/rules/memory.ts';
import type { RuleBook } from '../../lib/rules/types.ts';
import { bookOf, messageAdded } from '../rules/support.ts';

const LIB = `export { decide } from './lib/rules/decide.ts'; export { render } from './lib/rules/actions/render.ts';`;

/** What of lib/rules goes into the bundles for a book. */
async function bundleFor(book: RuleBook) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: LIB, resolveDir: '.', loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    write: false,
    metafile: true,
    plugins: [leaveOutUnused(book)],
  });
  const inputs = Object.values(metafile.outputs)[0]?.inputs ?? {};
  return { text: outputFiles[0]?.text ?? '', bytesOf: (file: string) => inputs[file]?.bytesInOutput ?? 0 };
}

const book = (rules: string, head = '') => bookOf(`version: 1\n${head}rules:\n${rules}`);

const PLAIN = book(`  - { id: hi, when: { keyword: [hi, hello] }, then: { text: 'Hello, {{ author }}!' } }
  - { id: order, when: { pattern: '^order (?<n>\\d{3})$' }, then: { text: 'Order {{ match.n }}.' } }
  - { id: refund, when: { includes: refund, channel: whatsapp }, then: [{ text: Sorry. }, { text: Really. }] }
otherwise: { text: Sorry? }
`);

const plain = await bundleFor(PLAIN);

const ask = (otherwise = '') => `  - { id: ask, then: { text: x, wait: 1d }${otherwise} }\n`;
const when = (conditions: string) => `  - { id: a, when: { ${conditions} }, then: { text: x } }\n`;

/** Rules with each condition alone, as far as it can be. */
const ALONE: Readonly<Record<ConditionName, string>> = {
  event: when('event: onParticipantAdded'),
  channel: when('channel: sms'),
  media: when('media: image/*'),
  after: ask() + when('after: ask'),
  misses: ask(', otherwise: [{ when: { misses: 1 }, then: { text: x } }]') + when('after: ask'),
  keyword: when('keyword: hi'),
  near: when('near: hello'),
  includes: when('includes: hi'),
  pattern: when('pattern: hi'),
  answer: ask() + when('after: ask, answer: number'),
  first: when('first: true'),
  once: when('once: 1d'),
  open: when('open: shop'),
  closed: when('closed: shop'),
  has: when('has: participant.attributes.tier'),
  where: when('where: { participant.attributes.tier: gold }'),
  unless: when('unless: { keyword: hi }'),
};

describe('a bundle', () => {
  it.each([
    [
      'match/conditions/unless.ts',
      book('  - { id: a, when: { unless: { channel: sms } }, then: { text: x } }'),
    ],
    [
      'match/conditions/open.ts',
      book(
        '  - { id: a, when: { closed: shop, unless: { open: shop } }, then: { text: x } }',
        'hours: { shop: { mon: 9:00-10:00 } }\n',
      ),
    ],
    [
      'match/tell-language.ts',
      book('  - { id: a, when: {}, then: { text: { en: x, de: y } } }', 'languages: [en, de]\n'),
    ],
    ['match/tell-language.ts', book('  - { id: a, when: {}, then: { remember: { language: en } } }')],
    ['actions/tag.ts', book('  - { id: a, when: {}, then: { tag: { topic: x } } }')],
    ['../text/split-text.ts', book('  - { id: a, when: {}, then: { text: x, split: true } }')],
    ['../text/abbreviations.ts', book('  - { id: a, when: {}, then: { text: x, split: true } }')],
  ])('carries %s only for a book that uses it', async (file, using) => {
    const path = new URL(file, 'file:///lib/rules/').pathname.slice(1);
    const used = (await bundleFor(using)).bytesOf(path);
    expect(used).toBeGreaterThan(0);
    expect(plain.bytesOf(path)).toBeLessThan(used / 2);
  });

  // A book with `closed` and no `open` could not be bundled.
  it.each(Object.entries(ALONE))(
    'can be made for a book with no other condition than %s',
    async (_, rules) => {
      const { text } = await bundleFor(book(rules, 'hours: { shop: { mon: 9:00-10:00 } }\n'));
      expect(text).not.toBe('');
    },
  );

  it('answers as all of the code does, also where a richer book has left something to be remembered', async () => {
    const module = `data:text/javascript;base64,${Buffer.from(plain.text).toString('base64')}`;
    const bundled: { decide: typeof decide; render: typeof render } = await import(module);
    const at = Date.parse(messageAdded().DateCreated);
    const left: Memory = {
      customerAt: at - 1_000,
      values: { language: 'de', order: '123' },
      language: { language: 'de', of: 'x', at },
      question: { rule: 'hi', index: -1, at, misses: 1 },
      once: { abc: at },
    };
    for (const memory of [{}, left]) {
      for (const Body of ['Hi!', 'order 123', 'a refund', 'STOP', '👍', '']) {
        const event = messageAdded({ Body });
        const answers = [bundled, { decide, render }].map((code) => {
          const decided = code.decide(PLAIN, event, memory);
          const rendered =
            decided.outcome === 'reply' && code.render(PLAIN, decided, { event, now: at, memory, read: {} });
          return { ...decided, rendered };
        });
        expect(answers[0]).toEqual(answers[1]);
      }
    }
  });
});
