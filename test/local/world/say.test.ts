import { statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explainReason } from '../../../lib/guards/guards.ts';
import { sidSource } from '../../../lib/sid.ts';
import { say } from '../../../local/say.ts';
import { run as runHere, withFolder } from '../../cli/support.ts';
import { run } from './run-command.ts';

const SAY = 'local/say.ts';
/** Whatever runs on this machine beside the test. */
const ALONE = ['--alone'];

/** In this process, which takes a fifth of the time, with no more in its environment than a process of its own gets. */
async function sayHere(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const outer = process.env;
  process.env = { PATH: outer['PATH'], ...env };
  try {
    return await runHere([...ALONE, ...args], '.', say);
  } finally {
    process.env = outer;
  }
}

describe('npm run say', () => {
  it('shows what the customer wrote, the decision with its reasons, and the reply as they would see it', async () => {
    const { code, stdout } = await run(SAY, ['order 12345', ...ALONE]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^whatsapp:\+1555\d{7}\n {2}order 12345\n/);
    expect(stdout).toContain('rule "order"');
    expect(stdout).toContain('· greeting: keyword: the message is none of "hi"');
    expect(stdout).toContain('✓ order: pattern: the message matches');
    expect(stdout).toMatch(new RegExp(`parley \\(template ${sidSource('HX')}\\)\n {2}Order 12345 is packed`));
  });

  it('with --talk prints what was said as a test of the bot', async () => {
    const { status, out } = await sayHere(['order 775', '--talk']);
    expect(status).toBe(0);
    expect(out).toMatch(/^- talk: order 775\n {2}channel: whatsapp\n {2}at: 20/);
    expect(out).toMatch(
      /\n {4}- call: .*\n {4}- says: order 775\n {4}- bot: \{ template: order_status, variables: \{ order: "775" \} \}$/,
    );
  });

  it('with --json prints one object with the message, the decision, the replies and every request', async () => {
    const { status, out } = await sayHere(['order 775', '--json', '--author', '+15550100001']);
    expect(status).toBe(0);
    const { inbound, decision, replies, requests, ...rest } = JSON.parse(out);
    expect(rest, 'no reason for silence').toEqual({
      outcome: expect.objectContaining({ outcome: 'replied' }),
      failures: [],
      steps: [],
      called: [{ handler: 'orderStatus', ended: 'returned', ms: expect.any(Number) }],
      noted: {},
    });
    expect(inbound).toMatchObject({ body: 'order 775', author: 'whatsapp:+15550100001', index: 0 });
    expect(decision).toMatchObject({
      outcome: 'reply',
      rule: 'order',
      shares: [{ rule: 'order', match: { number: '775' }, actions: [{ kind: 'call' }] }],
    });
    expect(decision.considered.find(({ matched }: { matched: boolean }) => matched).rule).toBe('order');
    expect(replies).toHaveLength(1);
    expect(replies[0]).toMatchObject({
      author: 'parley',
      index: 1,
      content_sid: expect.stringMatching(/^HX/),
    });
    expect(requests).toEqual([
      {
        method: 'POST',
        path: `/v1/Services/${inbound.chat_service_sid}/Conversations/${inbound.conversation_sid}/Messages`,
        headers: { 'X-Twilio-Webhook-Enabled': 'false' },
        status: 201,
        form: {
          Author: 'parley',
          ContentSid: replies[0].content_sid,
          ContentVariables: '{"order":"775"}',
          Attributes: JSON.stringify({ parley: { v: 1, in_reply_to: inbound.sid, part: '1/1' } }),
        },
      },
    ]);
  });

  it('shows which rules answer, what they do besides messages, and the question that is open', async () => {
    const german = ['deutsch', '--bot', 'bot/samples/languages'];
    const { status, out } = await sayHere(german);
    expect(status).toBe(0);
    expect(out).toContain('\nrule "german"\n');
    expect(out).toContain('Was können wir für Sie tun?');
    expect(out.split('\n').slice(-3)).toEqual([
      '[remember] Remembers language.',
      '[go_to] Goes on to menu.',
      expect.stringMatching(/^\[question\] menu is open until \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$/),
    ]);
    const json = JSON.parse((await sayHere([...german, '--json'])).out);
    expect(json).toMatchObject({
      decision: { shares: [{ rule: 'german', goesOnTo: ['menu'] }], language: 'en' },
      steps: [],
      noted: { question: { rule: 'menu', misses: 0 }, values: { language: 'de' } },
    });
  });

  it('shows what another bot does at Twilio, and until when it is quiet', async () => {
    await withFolder(async (folder) => {
      const lines = [
        'version: 1',
        'rules:',
        '  - { id: hello, when: { keyword: person, first: true }, then: { text: Hello!, continue: true } }',
        '  - id: person',
        '    when: { keyword: person }',
        '    then: [{ tag: { topic: person } }, { handover: { for: 8h, back: bot, invite: [agent-dana] } }]',
      ];
      await writeFile(join(folder, 'rules.yaml'), lines.join('\n'));
      const { status, out } = await sayHere(['person', '--bot', folder]);
      expect(status).toBe(0);
      expect(out).toContain('\nrules "hello", "person"\n');
      expect(out.split('\n').slice(-4)).toEqual([
        '',
        '[continue] The rules below it decide as well.',
        '[tag] Tags the message with topic: person.',
        expect.stringMatching(
          /^\[handover\] Hands over to a person for 8h\. .* Invites agent-dana\. The bot is quiet until .* UTC\.$/,
        ),
      ]);
      const json = JSON.parse((await sayHere(['person', '--bot', folder, '--json'])).out);
      expect(json.steps).toEqual([
        { kind: 'tag', outcome: 'done' },
        { kind: 'invite', outcome: 'done' },
      ]);
      expect(json.noted.handover).toMatchObject({ back: ['bot'] });
    });
  });

  it.each([['reminder'], ['languages']])('writes to the sample %s', async (sample) => {
    const { status, out } = await sayHere(['12345', '--bot', `bot/samples/${sample}`]);
    expect(status).toBe(0);
    expect(out).toMatch(/\n(rule "otherwise.*"|rule "person")\n/);
  });

  it('tells at once what is wrong with the rules of another bot, or that there are none', async () => {
    await withFolder(async (folder) => {
      const nothing = await sayHere(['hi', '--bot', folder]);
      expect(nothing).toMatchObject({ status: 1, out: '' });
      expect(nothing.err).toContain(join(folder, 'rules.yaml'));
      await writeFile(join(folder, 'rules.yaml'), 'version: 1\nrules: [{ id: a, when: { keywords: hi } }]\n');
      const broken = await sayHere(['hi', '--bot', folder]);
      expect(broken).toMatchObject({ status: 1, out: '' });
      expect(broken.err).toContain(`${join(folder, 'rules.yaml')}:2:`);
      // It waited for the answer of a bot that was not there.
      const rule = '{ id: a, when: { keyword: hi }, then: { call: greet, else: { text: Hi. } } }';
      await writeFile(join(folder, 'rules.yaml'), `version: 1\nrules: [${rule}]\n`);
      const handlers = `import { handlers } from 'parley';\nexport default handlers({ greet() {} });\nthrow new Error('no');\n`;
      await writeFile(join(folder, 'handlers.ts'), handlers);
      const failing = await sayHere(['hi', '--bot', folder]);
      expect(failing).toMatchObject({ status: 1, out: '' });
      expect(failing.err).toContain(`${join(folder, 'handlers.ts')}:3:7: Error: no`);
    });
  });

  it.each([
    ['sms', '+15550100002', '+15550100002'],
    ['whatsapp', 'US.ABC123XYZ', 'whatsapp:US.ABC123XYZ'],
    ['rcs', '+15550100002', 'rcs:+15550100002'],
    ['messenger', '1234567890', 'messenger:1234567890'],
    ['email', 'ana@example.com', 'ana@example.com'],
    ['chat', 'ana', 'ana'],
  ])('writes on %s as the author given', async (channel, author, shown) => {
    const { status, out } = await sayHere(['hours', '--channel', channel, '--author', author, '--json']);
    expect(status).toBe(0);
    const { inbound, decision, replies } = JSON.parse(out);
    expect(inbound.author).toBe(shown);
    expect(decision.rule).toBe('opening-hours');
    expect(replies).toHaveLength(1);
  });

  it('sends media, with or without a text', async () => {
    const { status, out } = await sayHere(['--media', 'image/jpeg', '--json']);
    expect(status).toBe(0);
    const { inbound, decision } = JSON.parse(out);
    expect(inbound.media).toMatchObject([{ content_type: 'image/jpeg' }]);
    expect(decision.rule).toBe('photo');
  });

  it('counts silence on purpose as handled', async () => {
    const { status, out } = await sayHere(['STOP', '--channel', 'sms']);
    expect(status).toBe(0);
    expect(out).toContain('no reply: suppressed (opt_out_word)');
  });

  it.each([
    ['a guard', ['STOP', '--channel', 'sms'], 'opt_out_word'],
    ['a stop word that no rule answers', ['STOP'], 'stop_word'],
    ['a rule that says nothing', ['This is an automatic reply.'], 'ignored'],
  ])(
    'says why %s leaves it without an answer, in the sentence that the page shows',
    async (_, args, reason) => {
      const why = explainReason(reason);
      expect(why).toMatch(/^[A-Z].*\.$/);
      const { status, out } = await sayHere(args);
      expect(status).toBe(0);
      expect(out).toMatch(/\nno reply: .*\n {2}[^\n]*$/);
      expect(out.split('\n').at(-1)).toBe(`  ${why}`);
      const json = JSON.parse((await sayHere([...args, '--json'])).out);
      expect(json).toMatchObject({ outcome: { reason }, why, replies: [] });
    },
  );

  it('sends nothing in a dry run', async () => {
    const { out } = await sayHere(['hi', '--json'], { BOT_MODE: 'dry-run' });
    expect(JSON.parse(out)).toMatchObject({
      outcome: { outcome: 'suppressed', reason: 'dry_run' },
      replies: [],
      requests: [],
    });
  });

  it.each([
    [
      ['hi', '--channel', 'fax'],
      '--channel is "fax": expected whatsapp, sms, rcs, messenger, email or chat.',
    ],
    [[], 'Say something, or send --media image/jpeg.'],
    [[''], 'Say something, or send --media image/jpeg.'],
    [['order', '12345'], 'Expected at most 1 word, not 2: "order", "12345". Put the message in quotes.'],
    [['--media', 'jpeg'], '--media is "jpeg": expected a MIME type such as image/jpeg.'],
    [['hi', '--chanel', 'sms'], 'There is no option "--chanel". Did you mean "--channel"?'],
    // Twilio's words for it, "Invalid messaging binding address", name no option.
    [
      ['hi', '--author', 'bob', '--channel', 'sms'],
      '--author is "bob": expected a number such as +15550100001 by SMS.',
    ],
    [
      ['hi', '--author', 'whatsapp:+15550100001', '--channel', 'sms'],
      '--author is "whatsapp:+15550100001": expected a number such as +15550100001 by SMS.',
    ],
    [
      ['hi', '--author', '5550100001'],
      '--author is "5550100001": expected a number such as +15550100001 on WhatsApp.',
    ],
    [
      ['hi', '--author', '+15550100000'],
      '--author is "+15550100000": expected a number such as +15550100001 on WhatsApp, other than the bot\'s own.',
    ],
    [
      ['hi', '--channel', 'chat', '--author', ' '],
      '--author is " ": expected a number, an address or a name.',
    ],
    [['hi', '--port', '0'], '--port is "0": expected a number from 1 to 65535.'],
    [['hi', '--json', '--talk'], 'Expected --json or --talk, and not both.'],
    [['-20 % ?'], '"-20 % ?" begins with a dash, as options do: put -- before it if it is none.'],
    [['hi', '--port', '4100', '--alone'], '--port names a world that runs; --alone does without it.'],
    [['hi', '--port', '4100', '--bot', 'bot'], '--port names a world that runs; --bot does without it.'],
  ])('refuses %j in one clear line', async (args, line) => {
    const err = `${line} See npm run say -- --help.`;
    const out = args.includes('--json') ? JSON.stringify({ ended: 'failed', error: err }) : '';
    expect(await runHere(args, '.', say)).toEqual({ status: 2, out, err });
  });

  it('says what is wrong, with exit status 2, before it builds anything', async () => {
    const built = statSync('dist/bundles.json').mtimeMs;
    expect(await run(SAY, ['--build', 'hi', '--loud'])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'There is no option "--loud". Options: --channel, --author, --media, --port, --alone, --json, --talk, --bot, --version, --help. See npm run say -- --help.\n',
    });
    expect(statSync('dist/bundles.json').mtimeMs).toBe(built);
  });

  it('prints its help before it builds anything', async () => {
    const built = statSync('dist/bundles.json').mtimeMs;
    const { code, stdout, stderr } = await run(SAY, ['--build', '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Usage: npm run say -- [options] [text]');
    expect(statSync('dist/bundles.json').mtimeMs).toBe(built);
  });

  it('says what is wrong with the configuration', async () => {
    const { code, stderr } = await run(SAY, ['hi', ...ALONE], { BOT_MODE: 'loud' });
    expect(code).toBe(1);
    expect(stderr).toContain('BOT_MODE is "loud": expected live, dry-run or off');
  });
});
