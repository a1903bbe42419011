import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import twilio from 'twilio';
import { describe, expect, it } from 'vitest';
import { sidPattern } from '../../../lib/sid.ts';
import { PATIENCE_MS } from '../../support/patience.ts';
import { asShown, readBlocks } from '../../support/read-blocks.ts';
import { firstLine, run, start } from './run-command.ts';

const hex = (digit: string) => digit.repeat(32);

/** Sends itself SIGTERM with its first line. */
const STOPPED_AT_ONCE = `data:text/javascript,${encodeURIComponent(`
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (...line) => {
    process.stdout.write = write;
    const written = write(...line);
    process.kill(process.pid, 'SIGTERM');
    return written;
  };
`)}`;

describe.each(['start', 'serve'])('local/%s.ts', (name) => {
  // It printed its line before it listened for signals, died of one, and a state was not saved.
  it('stops cleanly when it is stopped as soon as it says that it runs', async () => {
    const options = { NODE_OPTIONS: `--import=${STOPPED_AT_ONCE}` };
    const { code, stderr } = await run(`local/${name}.ts`, ['--port', '0', '--json'], options);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('npm start', () => {
  it('prints one JSON line for scripts, answers customers, and stops cleanly at Ctrl-C', async () => {
    const child = start('local/start.ts', ['--port', '0', '--json'], {
      TWILIO_ACCOUNT_SID: `AC${hex('1')}`,
      TWILIO_CHAT_SERVICE_SID: `IS${hex('2')}`,
      TWILIO_API_KEY_SID: `SK${hex('3')}`,
      TWILIO_API_KEY_SECRET: 'local-secret',
      TWILIO_AUTH_TOKEN: hex('4'),
    });
    const ready = await firstLine(child);
    expect(ready).toEqual({
      page: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/),
      api: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      webhook: `${ready['api']}/webhook`,
      accountSid: `AC${hex('1')}`,
      serviceSid: `IS${hex('2')}`,
      conversationSid: expect.stringMatching(sidPattern('CH')),
      apiKeySid: `SK${hex('3')}`,
      apiKeySecret: 'local-secret',
      authToken: hex('4'),
    });

    const page = await fetch(ready['page'] ?? '', { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<html');

    // Twilio's own client, and a customer on WhatsApp who gets an answer.
    const client = twilio(ready['apiKeySid'], ready['apiKeySecret'], {
      accountSid: ready['accountSid'] ?? '',
    });
    client.conversations.baseUrl = ready['api'] ?? '';
    const conversation = client.conversations.v1
      .services(ready['serviceSid'] ?? '')
      .conversations(ready['conversationSid'] ?? '');
    await fetch(`${ready['api']}/control/customer/write`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ conversationSid: ready['conversationSid'], body: 'order 4711' }),
    });
    await expect
      .poll(async () => (await conversation.messages.list()).length, { timeout: PATIENCE_MS })
      .toBe(2);
    const [, reply] = await conversation.messages.list();
    expect(reply).toMatchObject({ author: 'parley', body: expect.stringContaining('4711') });

    child.kill('SIGINT');
    expect((await once(child, 'exit'))[0]).toBe(0);
  });

  it('starts another bot by its folder, whose program asks a question that its rules answer', async () => {
    const bot = ['--bot', 'bot/samples/reminder'];
    const child = start('local/start.ts', ['--port', '0', '--json', ...bot], { PROGRAMS: 'reminders' });
    const ready = await firstLine(child);
    const client = twilio(ready['apiKeySid'], ready['apiKeySecret'], {
      accountSid: ready['accountSid'] ?? '',
    });
    client.conversations.baseUrl = ready['api'] ?? '';
    const { messages } = client.conversations.v1
      .services(ready['serviceSid'] ?? '')
      .conversations(ready['conversationSid'] ?? '');
    await messages.create({
      author: 'reminders',
      body: 'Your appointment is on Monday at 10. Will you come?',
      attributes: '{"parley":{"waits":"reminder"}}',
      xTwilioWebhookEnabled: 'true',
    });
    await fetch(`${ready['api']}/control/customer/write`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ conversationSid: ready['conversationSid'], body: '1' }),
    });
    const said = async () => (await messages.list()).map(({ body }) => body);
    await expect.poll(said, { timeout: PATIENCE_MS }).toContain('See you then!');
    const tagged = (await messages.list()).find(({ body }) => body === '1');
    expect(JSON.parse(tagged?.attributes ?? '')).toMatchObject({ appointment: 'confirmed' });
    child.kill('SIGTERM');
    expect((await once(child, 'exit'))[0]).toBe(0);
  });

  it('tells at once what is wrong with the rules of another bot', async () => {
    const { code, stdout, stderr } = await run('local/start.ts', ['--port', '0', '--bot', 'bot/samples']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('bot/samples/rules.yaml');
  });

  it('prints the address, the credentials and three things to try for people', async () => {
    const child = start('local/start.ts', ['--port', '0']);
    let seen = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      seen += chunk.toString('utf8');
    });
    await expect.poll(() => seen, { timeout: PATIENCE_MS }).toContain('Ctrl-C stops it.');
    for (const part of ['page ', 'account ', 'service ', 'conversation ', 'API key ', 'auth token ']) {
      expect(seen).toContain(part);
    }
    expect(seen).toMatch(/1\. .*\n {2}2\. .*\n {2}3\. curl/);
    child.kill('SIGTERM');
    // After 'close' all that it wrote has been read; after 'exit' not yet.
    expect((await once(child, 'close'))[0]).toBe(0);
    expect(seen).toContain('Stopped.');
    const [, shown] = readBlocks('docs/ten-minutes.md');
    const here = seen.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:4000').split('\n\nStopped.')[0];
    expect(here, 'docs/ten-minutes.md').toMatch(asShown(shown?.text ?? ''));
  });

  it('says in one line that its port is in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const { code, stderr } = await run('local/start.ts', ['--port', String(port)]);
    taken.close();
    expect(code).toBe(1);
    expect(stderr).toBe(
      `Port ${port} is in use. Stop what listens there, or choose another: npm start -- --port ${port + 1}\n`,
    );
  });

  it('refuses what is not a port', async () => {
    const { code, stderr } = await run('local/start.ts', ['--port', 'http']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: '--port is "http": expected a number from 0 to 65535. See npm start -- --help.\n',
    });
  });
});

describe('npm run world', () => {
  it('serves the Conversations service alone and keeps its state in a file when asked', async () => {
    const child = start('local/serve.ts', ['--port', '0', '--json']);
    const errors = text(child.stderr as NodeJS.ReadableStream);
    const ready = await firstLine(child);
    const client = twilio(ready['accountSid'], ready['authToken']);
    client.conversations.baseUrl = ready['api'] ?? '';
    const created = await client.conversations.v1
      .services(ready['serviceSid'] ?? '')
      .conversations.create({ friendlyName: 'alone' });
    expect(created.sid).toMatch(/^CH/);
    child.kill('SIGINT');
    expect((await once(child, 'exit'))[0]).toBe(0);
    expect(await errors).toBe('');
  });

  it('finds its conversations again in the state file', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'parley-')), 'state.json');
    const names: (string | undefined)[] = [];
    for (let round = 0; round < 2; round += 1) {
      const child = start('local/serve.ts', ['--port', '0', '--json', '--state', file], {
        TWILIO_ACCOUNT_SID: `AC${hex('1')}`,
        TWILIO_AUTH_TOKEN: hex('4'),
      });
      const ready = await firstLine(child);
      const client = twilio(ready['accountSid'], ready['authToken']);
      client.conversations.baseUrl = ready['api'] ?? '';
      const { conversations } = client.conversations.v1.services(ready['serviceSid'] ?? '');
      if (round === 0) await conversations.create({ friendlyName: 'kept' });
      else names.push(...(await conversations.list()).map(({ friendlyName }) => friendlyName));
      child.kill('SIGINT');
      await once(child, 'exit');
    }
    expect(names).toEqual(['kept']);
  });

  it('says that a state file cannot be read', async () => {
    const { code, stderr } = await run('local/serve.ts', ['--port', '0', '--state', 'package.json']);
    expect(code).toBe(1);
    expect(stderr).toContain('--state is "package.json", which cannot be loaded: ');
  });

  it.each(['here', 'localhost:3000/webhook'])(
    'refuses the webhook %s, which is not a URL',
    async (webhook) => {
      const { code, stderr } = await run('local/serve.ts', ['--webhook', webhook]);
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: `--webhook is "${webhook}": expected an absolute URL such as http://127.0.0.1:3000/webhook. See npm run world -- --help.\n`,
      });
    },
  );
});
