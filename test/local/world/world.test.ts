import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { listen } from '../../../local/lambda/listen.ts';
import { readState } from '../../../local/read-state.ts';
import { say } from '../../../local/say.ts';
import { startService } from '../../../local/start-service.ts';
import { type BotStep, startWorld, type World } from '../../../local/world.ts';
import { run, withFolder } from '../../cli/support.ts';
import { PATIENCE_MS } from '../../support/patience.ts';
import { readBlocks } from '../../support/read-blocks.ts';
import { withNewcomer } from './newcomer.ts';

const RULES = `version: 1
timezone: Europe/Berlin
rules:
  - id: order
    when: { keyword: order }
    then: { text: Which number?, wait: 1h }
  - id: number
    when: { after: order, pattern: '^(?<number>[0-9]+)$' }
    then: { text: 'It is on its way.' }
  - id: hello
    when: { keyword: hello }
    then: { text: Hello! }
`;

/** A world with these rules, until `use` has ended. */
async function withWorld(
  rules: string,
  use: (world: World, folder: string) => Promise<void>,
  options: { readonly state?: string; readonly folder?: string } = {},
): Promise<void> {
  await withFolder(async (made) => {
    const { folder: rulesFolder = made, ...rest } = options;
    await writeFile(join(rulesFolder, 'rules.yaml'), rules);
    const world = await startWorld({ port: 0, environment: {}, random: Math.random, rulesFolder, ...rest });
    try {
      await use(world, rulesFolder);
    } finally {
      await world.stop();
    }
  });
}

/** What is said in a conversation, as it is told. */
function bodiesOf({ service }: World): string[] {
  const bodies: string[] = [];
  service.subscribe((happening) => {
    if (happening.kind === 'message' && happening.change === 'added') {
      bodies.push(String(happening.resource['body']));
    }
  });
  return bodies;
}

const start = async ({ service }: World, author = '+15550100001') =>
  String((await service.customer.startConversation({ channel: 'sms', author })).conversation['sid']);

const until = (check: () => void) => vi.waitFor(check, { timeout: PATIENCE_MS });

describe('a world whose rules are broken at the start', () => {
  it('has no bot until they are good, says what is wrong, and then answers', () =>
    withWorld(RULES.replace('keyword: hello', 'keywords: hello'), async (world, folder) => {
      expect(world.rules()).toBeUndefined();
      expect(world.problems()).toMatchObject([{ file: join(folder, 'rules.yaml'), line: 11 }]);
      const bodies = bodiesOf(world);
      const conversationSid = await start(world);
      await world.service.customer.write({ conversationSid, body: 'hello' });
      await world.idle();
      expect(bodies).toEqual(['hello']);
      expect((await fetch(world.webhookUrl, { method: 'POST' })).status).toBe(404);
      const { err, status } = await run(['hello', '--port', world.url.slice(17)], '.', say);
      expect(status).toBe(1);
      expect(err).toContain('rules.yaml cannot be used, so nobody is answered');

      await writeFile(join(folder, 'rules.yaml'), RULES);
      await until(() => expect(world.problems()).toEqual([]));
      await world.service.customer.write({ conversationSid, body: 'hello' });
      await until(() => expect(bodies).toContain('Hello!'));
    }));
});

const LEAVING = `import { handlers, text } from 'parley';

export default handlers({
  async leave(_, { json }) {
    json('http://127.0.0.1:9/').catch(() => { throw new Error('words'); });
    setTimeout(() => { throw new Error('words'); }, 0);
    return text('Done.');
  },
});
`;

describe('an error that a handler leaves', () => {
  // It ended the world, long after its answer.
  it('does not end the world, which logs its code and answers on', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'handlers.ts'), LEAVING);
      const rules = RULES.replace('{ text: Hello! }', '{ call: leave, else: { text: Not now. } }');
      await withWorld(
        rules,
        async (world) => {
          const lines: string[] = [];
          world.watch((step) => step.kind === 'log' && lines.push(step.line));
          const bodies = bodiesOf(world);
          const conversationSid = await start(world);
          for (let round = 1; round <= 2; round += 1) {
            await world.service.customer.write({ conversationSid, body: 'hello' });
            await until(() => expect(bodies.filter((body) => body === 'Done.')).toHaveLength(round));
            await until(() =>
              expect(lines.filter((line) => line.includes('a handler left an error'))).toHaveLength(round),
            );
          }
          expect(lines.join()).not.toContain('words');
        },
        { folder },
      );
    }));
});

describe('a reset of the world', () => {
  it('leads the bot back as well, which answers at once as if nothing had been said', () =>
    withWorld(RULES, async (world) => {
      const conversationSid = await start(world);
      await world.idle();
      world.keepAsStart();
      const bodies = bodiesOf(world);
      for (let round = 0; round < 2; round += 1) {
        await world.service.customer.write({ conversationSid, body: 'order' });
        await until(() => expect(bodies.at(-1)).toBe('Which number?'));
        await world.idle();
        bodies.length = 0;
        expect((await fetch(`${world.url}/control/reset`, { method: 'POST' })).status).toBe(204);
        // The question is forgotten with everything else.
        await world.service.customer.write({ conversationSid, body: '12345' });
        await world.service.customer.write({ conversationSid, body: 'hello' });
        await until(() => expect(bodies).toEqual(['12345', 'hello', 'Hello!']));
        await world.idle();
        await fetch(`${world.url}/control/reset`, { method: 'POST' });
      }
    }));
});

describe('the state of a world', () => {
  it('has what the bot remembers, so that a question is still open after a restart', () =>
    withFolder(async (folder) => {
      const state = join(folder, 'world.json');
      let conversationSid = '';
      await withWorld(
        RULES,
        async (world) => {
          const bodies = bodiesOf(world);
          conversationSid = await start(world);
          await world.service.customer.write({ conversationSid, body: 'order' });
          await until(() => expect(bodies).toEqual(['order', 'Which number?']));
          await world.idle();
        },
        { state, folder },
      );
      await withWorld(
        RULES,
        async (world) => {
          const bodies = bodiesOf(world);
          await world.service.customer.write({ conversationSid, body: '12345' });
          await until(() => expect(bodies).toEqual(['12345', 'It is on its way.']));
        },
        { state, folder },
      );
      expect(Object.keys(JSON.parse(await readFile(state, 'utf8')))).toContain('bot');
    }));

  it('saved and loaded while it runs has what the bot remembers too, and a reset has not', () =>
    withWorld(RULES, async (world) => {
      const bodies = bodiesOf(world);
      const conversationSid = await start(world);
      world.keepAsStart();
      await world.service.customer.write({ conversationSid, body: 'order' });
      await until(() => expect(bodies).toEqual(['order', 'Which number?']));
      await world.idle();
      const saved = await (await fetch(`${world.url}/world`)).text();

      await fetch(`${world.url}/control/reset`, { method: 'POST' });
      expect(bodies.splice(0)).toEqual(['order', 'Which number?']);
      const noted: string[] = [];
      world.watch((step) => void (step.kind === 'noted' && noted.push(step.conversationSid)));
      const loaded = await fetch(`${world.url}/world`, { method: 'PUT', body: saved });
      expect(loaded.status).toBe(204);
      expect(noted).toEqual([conversationSid]);
      expect(bodies.splice(0)).toEqual(['order', 'Which number?']);
      await world.service.customer.write({ conversationSid, body: '12345' });
      await until(() => expect(bodies).toEqual(['12345', 'It is on its way.']));
      await world.idle();

      await fetch(`${world.url}/control/reset`, { method: 'POST' });
      bodies.splice(0);
      await world.service.customer.write({ conversationSid, body: '12345' });
      await world.idle();
      expect(bodies).not.toContain('It is on its way.');
    }));

  it.each([['{}'], ['{"bot":[[{"pk":1},{}]]}']])('that is %s is named and refused', (text) =>
    withFolder(async (folder) => {
      const state = join(folder, 'world.json');
      await writeFile(state, text);
      const starting = withWorld(RULES, async () => undefined, { state, folder });
      await expect(starting).rejects.toThrow(
        `--state is "${state}", which cannot be loaded: The state is not one that`,
      );
    }),
  );
});

describe('a file for the state', () => {
  // What was said was lost when the world stopped, with a stack.
  it.each([
    ['nowhere/world.json', 'cannot be written in the end: there is no folder nowhere.'],
    ['local', 'cannot be loaded: it is a folder, and not a file.'],
    ['package.json/world.json', 'cannot be loaded: what its path names for a folder is a file.'],
  ])('%s is refused before anything runs', async (file, why) => {
    const service = { load: () => undefined };
    await expect(readState(service, file)).rejects.toThrow(`--state is "${file}", which ${why}`);
  });
});

describe('npm run say, while a world runs', () => {
  const sayIn = async ({ url }: Pick<World, 'url'>, ...args: readonly string[]) =>
    await run([...args, '--port', url.slice('http://127.0.0.1:'.length)], '.', say);

  it('writes into it, says so, and shows what came of it there', () =>
    withWorld(RULES, async (world) => {
      const bodies = bodiesOf(world);
      const { status, out, err } = await sayIn(world, 'hello', '--channel', 'sms');
      expect({ status, err }).toEqual({ status: 0, err: `In the world that runs at ${world.url}/:` });
      expect(out).toMatch(/^\+1555\d{7}\n {2}hello\n\nrule "hello"\n/);
      expect(out).toMatch(/\nparley\n {2}Hello!$/);
      expect(bodies).toEqual(['hello', 'Hello!']);
    }));

  it('goes on with the conversation of a customer who is there, as the question that was asked shows', () =>
    withWorld(RULES, async (world) => {
      const steps: BotStep[] = [];
      world.watch((step) => steps.push(step));
      const ana = ['--author', '+15550100001', '--json'];
      const asked = JSON.parse((await sayIn(world, 'order', ...ana)).out);
      expect(asked.noted.question).toMatchObject({ rule: 'order', until: expect.any(Number), misses: 0 });
      const answered = JSON.parse((await sayIn(world, '12345', ...ana)).out);
      expect(answered).toMatchObject({
        inbound: { conversation_sid: asked.inbound.conversation_sid, index: 2 },
        decision: { rule: 'number', shares: [{ match: { number: '12345' } }] },
        replies: [{ body: 'It is on its way.' }],
        requests: [{ method: 'POST', status: 201 }],
      });
      // Another channel is another conversation, and so is one after it has been closed.
      const chat = JSON.parse(
        (await sayIn(world, '12345', '--channel', 'chat', '--author', 'ana', '--json')).out,
      );
      expect(chat.decision.outcome).toBe('no_rule');
      const close = { State: 'closed' };
      await closeConversation(world, asked.inbound.conversation_sid, close);
      const later = JSON.parse((await sayIn(world, '12345', ...ana)).out);
      expect(later.inbound).toMatchObject({ index: 0, author: 'whatsapp:+15550100001' });
    }));

  it('passes on what that world refuses', () =>
    withWorld(RULES, async (world) => {
      const { status, err } = await sayIn(world, 'x'.repeat(40_000));
      expect(status).toBe(1);
      expect(err).toContain(`The world at ${world.url} refuses this: Message body parameter is too long.`);
    }));

  it('says that there is none at the port that is named, or none with a bot', async () => {
    const other = await listen(createServer((_request, response) => response.end('{"name":"other"}')));
    const port = new URL(other.origin).port;
    expect(await sayIn({ url: other.origin }, 'hi')).toEqual({
      status: 1,
      out: '',
      err: `No world runs at ${other.origin}/. Start one: npm start -- --port ${port}`,
    });
    await other.close();
    expect((await sayIn({ url: other.origin }, 'hi')).err).toContain('No world runs at ');
    const alone = await startService({
      port: 0,
      webhook: undefined,
      state: undefined,
      seed: undefined,
      environment: {},
    });
    expect((await sayIn(alone, 'hi')).err).toContain(`The world at ${alone.url}/ has no bot. Start one`);
    await alone.stop();
  });
});

async function closeConversation(world: World, sid: string, form: Record<string, string>): Promise<void> {
  const { accountSid, authToken } = world.identity;
  await fetch(`${world.url}/v1/Conversations/${sid}`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
    body: new URLSearchParams(form),
  });
}

// Here, where everything is loaded that a newcomer uses: in a file of its own it would take three times as long.
describe('docs/ten-minutes.md', () => {
  const page = readBlocks('docs/ten-minutes.md');
  const [command, welcome, ...followed] = page;

  it('begins with the two commands, whose output start.test.ts compares', () => {
    expect(command).toMatchObject({ kind: 'sh', text: 'npm ci && npm start\n' });
    expect(welcome?.kind).toBe('text');
  });

  it('shows an output below each command', () => {
    const commands = page.flatMap(({ kind, at }, n) => (kind === 'sh' ? [[at, page[n + 1]?.kind]] : []));
    expect(commands.length).toBeGreaterThan(8);
    expect(commands.filter(([, next]) => next !== 'text')).toEqual([]);
  });

  it('is followed as it is written, and shows what comes', async () => {
    await withNewcomer(async (newcomer) => {
      for (const block of followed) await newcomer.follow(block);
    });
  });
});
