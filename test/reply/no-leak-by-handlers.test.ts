import { describe, expect, it, vi } from 'vitest';
import type { Handlers } from '../../lib/handlers/define-handlers.ts';
import { book, startReply } from './bot-harness.ts';

/** What a customer wrote, as a handler gets it. */
const WORDS = 'canary-5f1c';
const RULES = book(`version: 1
rules:
  - id: any
    when: { pattern: '^(?<all>.{1,50})$' }
    then: { call: leak, with: { all: '{{ match.all }}' }, else: { text: Not now. } }
`);

const LEAKS: Readonly<Record<string, Handlers[string]>> = {
  'throws them': ({ all }) => {
    throw new Error(all);
  },
  'throws them bare': ({ all }) => Promise.reject(all),
  'throws an error of its own kind': ({ all }) => {
    throw Object.assign(new Error(all), { name: all, code: all, stack: all, cause: all });
  },
  'throws an error of ours under another code': ({ all }, { json }) =>
    json(`http://127.0.0.1/${all}`).catch((error: object) => {
      throw Object.assign(error, { code: all });
    }),
  'asks for them': ({ all }, { json }) => json(`https://${all}.example/${all}`),
  'returns them as what they are not': ({ all = '' }) => ({ kind: all, [all]: all }),
  'returns them as names': ({ all = '' }) => ({ kind: 'template', template: all, variables: { [all]: all } }),
  'remembers them as a name': ({ all = '' }) => ({ kind: 'remember', values: { [all]: all } }),
  'logs them': ({ all }, { log }) => {
    log({ count: all, [String(all)]: all } as never);
  },
};

describe('a handler that', () => {
  it.each(Object.entries(LEAKS))('%s leaves no word in logs, metrics and the record', async (_, leak) => {
    const written: string[] = [];
    const spies = [process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, 'write').mockImplementation((text) => written.push(String(text)) > 0),
    );
    const bot = await startReply();
    const conversationSid = await bot.startConversation();
    bot.deploy(RULES, { leak }, async () => {
      throw new TypeError(WORDS);
    });
    const sid = await bot.write(conversationSid, WORDS);
    await bot.deliver(bot.envelope());
    for (const spy of spies) spy.mockRestore();
    const record = await bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` });
    expect(record?.finished?.outcome).toBe('replied');
    expect(JSON.stringify([bot.log.lines, record, written])).not.toContain(WORDS);
  });
});
