import { readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OperatedStack, startOperatedStack } from '../support/operated-stack.ts';
import { makeProject, run, withFolder } from './support.ts';

let stack: OperatedStack;
beforeAll(async () => {
  stack = await startOperatedStack();
});
afterAll(() => stack.stop());

const WHY = ['--reason', 'a test'];
const parley = (args: readonly string[], cwd?: string) =>
  stack.operate(() => run([...args, '--stage', 'dev'], cwd));

const configuration = async (path: string) => {
  const { post_webhook_url, pre_webhook_url, method, filters } = await stack.ask('GET', path);
  return { post_webhook_url, pre_webhook_url, method, filters };
};
const servicePath = () => `/v1/Services/${stack.service.serviceSid}/Configuration/Webhooks`;

async function newConversation(): Promise<string> {
  const { conversation } = await stack.service.customer.startConversation({ channel: 'sms' });
  return String(conversation['sid']);
}

describe('parley webhooks', () => {
  const ELSEWHERE = {
    PostWebhookUrl: 'https://other.example/hook?token=s3cr3t',
    Filters: ['onMessageUpdated'],
    Method: 'GET',
  } as const;
  beforeEach(() => stack.service.configureWebhooks(ELSEWHERE));
  afterAll(() => stack.service.configureWebhooks(stack.webhook));

  it('shows where they lead, without what may be a secret in the address', async () => {
    expect(await parley(['webhooks', 'show'])).toEqual({
      status: 0,
      err: '',
      out: [
        'account: no webhook',
        `${stack.service.serviceSid}: GET https://other.example/hook?…`,
        '  for onMessageUpdated',
      ].join('\n'),
    });
  });

  it('says the difference, sets it, and has nothing to do the second time', async () => {
    const before = await configuration(servicePath());
    const dry = await parley(['webhooks', 'set', '--dry-run']);
    expect(dry.out).toMatch(
      /^Set IS\w+: URL https:\/\/other\.example\/hook\?… → http:\S+; method GET → POST; events \+ onMessageAdded, .*onDeliveryUpdated; events − onMessageUpdated\.\nNothing was done/,
    );
    expect(await configuration(servicePath())).toEqual(before);
    await parley(['webhooks', 'set', ...WHY]);
    expect(await configuration(servicePath())).toEqual({
      post_webhook_url: stack.publicUrl,
      pre_webhook_url: null,
      method: 'POST',
      filters: stack.webhook.Filters,
    });
    expect(await parley(['webhooks', 'set', ...WHY])).toMatchObject({ status: 0, out: 'Nothing to do.' });
  });

  it('puts back what was before, however often it was set', async () => {
    const before = await configuration(servicePath());
    await parley(['webhooks', 'set', ...WHY]);
    stack.service.configureWebhooks({ ...stack.webhook, Filters: ['onMessageAdded'] });
    await parley(['webhooks', 'set', ...WHY]);
    expect((await parley(['webhooks', 'unset', ...WHY])).out).toContain(
      'back to GET https://other.example/hook?…',
    );
    expect(await configuration(servicePath())).toEqual(before);
    expect((await parley(['webhooks', 'unset', ...WHY])).out).toBe('Nothing to do.');
  });

  // Set over another foreign setting, or over ours that somebody had changed, it kept that instead.
  it('puts back what was before us, and not what came in between', async () => {
    const before = await configuration(servicePath());
    await parley(['webhooks', 'set', ...WHY]);
    stack.service.configureWebhooks({ ...ELSEWHERE, PostWebhookUrl: 'https://another.example/hook' });
    await parley(['webhooks', 'set', ...WHY]);
    stack.service.configureWebhooks({ ...stack.webhook, PreWebhookUrl: 'https://other.example/before' });
    await parley(['webhooks', 'set', '--drop-pre-event', ...WHY]);
    await parley(['webhooks', 'unset', ...WHY]);
    expect(await configuration(servicePath())).toEqual(before);
  });

  it('refuses where somebody is asked first, unless told to take that away, and puts it back', async () => {
    stack.service.configureWebhooks({ ...ELSEWHERE, PreWebhookUrl: 'https://other.example/before' });
    const before = await configuration(servicePath());
    const { status, err } = await parley(['webhooks', 'set', ...WHY]);
    expect({ status, err }).toEqual({
      status: 1,
      err: expect.stringMatching(
        /^IS\w+ has a pre-event URL \(https:\/\/other\.example\/before\), and parley has no function that answers one: .*--drop-pre-event/,
      ),
    });
    await parley(['webhooks', 'set', '--drop-pre-event', ...WHY]);
    expect((await configuration(servicePath())).pre_webhook_url).toBeNull();
    await parley(['webhooks', 'unset', ...WHY]);
    expect(await configuration(servicePath())).toEqual(before);
  });

  it('sets the account’s and a conversation’s by the same words', async () => {
    await parley(['webhooks', 'set', '--level', 'account', ...WHY]);
    expect(await configuration('/v1/Configuration/Webhooks')).toMatchObject({
      post_webhook_url: stack.publicUrl,
    });
    await parley(['webhooks', 'unset', '--level', 'account', ...WHY]);
    expect(await configuration('/v1/Configuration/Webhooks')).toMatchObject({ post_webhook_url: null });

    const sid = await newConversation();
    const at = ['--level', 'conversation', '--conversation', sid];
    await parley(['webhooks', 'set', ...at, ...WHY]);
    const shown = await parley(['webhooks', 'show', '--conversation', sid, '--json']);
    expect(JSON.parse(shown.out).webhooks[2]).toMatchObject({
      level: expect.stringMatching(new RegExp(`^${sid} WH\\w{32}$`)),
      method: 'POST',
      events: stack.webhook.Filters,
    });
    expect((await parley(['webhooks', 'set', ...at, ...WHY])).out).toBe('Nothing to do.');
    expect((await parley(['webhooks', 'unset', ...at, ...WHY])).out).toMatch(
      /^Remove the webhook WH\w{32} of CH/,
    );
    expect((await parley(['webhooks', 'unset', ...at, ...WHY])).out).toBe('Nothing to do.');
  });

  it('needs to know which conversation', async () => {
    expect(await parley(['webhooks', 'set', '--level', 'conversation', ...WHY])).toMatchObject({
      status: 2,
      err: expect.stringContaining('--conversation is missing: expected the SID of a conversation'),
    });
  });
});

describe('parley addresses', () => {
  it('finds one that goes to Studio and sets it, by its SID and never by its number', async () => {
    const { serviceSid } = stack.service;
    const { sid } = await stack.ask('POST', '/v1/Configuration/Addresses', {
      Type: 'sms',
      Address: '+15550100042',
      'AutoCreation.Enabled': 'true',
      'AutoCreation.Type': 'studio',
      'AutoCreation.StudioFlowSid': `FW${'a'.repeat(32)}`,
    });
    const found = await parley(['addresses', 'check']);
    expect(found).toMatchObject({
      status: 1,
      out: [
        `✖ The sms address ${sid} has a Studio flow answer in each conversation it makes.`,
        `  Next: npx parley addresses set ${sid} --stage dev`,
      ].join('\n'),
    });
    const set = await parley(['addresses', 'set', String(sid), ...WHY]);
    expect(set).toEqual({ status: 0, err: '', out: `Have ${sid} make conversations in ${serviceSid}.` });
    const good = await parley(['addresses', 'check']);
    expect(good).toEqual({ status: 0, err: '', out: `${sid} (sms): conversations in ${serviceSid}` });
    for (const { out } of [found, set, good]) expect(out).not.toContain('5550100042');
  });

  it('does not know an address of somebody else', async () => {
    expect(await parley(['addresses', 'set', `IG${'0'.repeat(32)}`, ...WHY])).toMatchObject({
      status: 1,
      err: expect.stringMatching(/To list them: npx parley addresses check --stage dev$/),
    });
  });
});

describe('parley templates', () => {
  const RULES = `version: 1
languages: [en, de]
templates:
  hours: { sid: { en: HXb0000000000000000000000000000001, de: HXb0000000000000000000000000000002 } }
  order: { sid: HXb0000000000000000000000000000003, variables: [number] }
rules:
  - { id: hours, when: { keyword: hours }, then: { template: hours } }
  - { id: order, when: { pattern: '^order (?<n>\\d{3})$' }, then: { template: order, variables: { number: '{{ match.n }}' } } }
`;
  const content = (body: string, variables?: object) =>
    JSON.stringify({ language: 'en', ...(variables && { variables }), types: { 'twilio/text': { body } } });

  const withBot = (use: (cwd: string) => Promise<void>) =>
    withFolder(async (cwd) => {
      await mkdir(join(cwd, 'bot', 'templates'), { recursive: true });
      await writeFile(join(cwd, 'bot', 'rules.yaml'), RULES);
      await writeFile(join(cwd, 'bot', 'templates', 'hours.json'), content('We are open.'));
      await writeFile(
        join(cwd, 'bot', 'templates', 'order.json'),
        content('Order {{number}}.', { number: '1' }),
      );
      await use(cwd);
    });

  it('creates what the account does not have, and what is built for the stage then has those SIDs', () =>
    withBot(async (cwd) => {
      const missing = await parley(['templates', 'check'], cwd);
      expect(missing).toMatchObject({
        status: 1,
        out: expect.stringContaining('✖ The template hours in de (HXb'),
      });
      const dry = await parley(['templates', 'push', '--dry-run', '--json'], cwd);
      const text = await parley(['templates', 'push', '--dry-run'], cwd);
      const would = text.out.split('\n').slice(0, -1);
      expect(would).toHaveLength(3);
      expect(JSON.parse(dry.out)).toEqual({ ended: 'dry_run', would, created: [] });
      const { out } = await parley(['templates', 'push', ...WHY], cwd);
      expect(out).toMatch(
        /Create the template order: the account has no HXb0+3\.\nTheir SIDs are in bot\/templates\/sids\.json\. Next: npm run deploy -- --stage dev$/,
      );
      const sids = JSON.parse(await readFile(join(cwd, 'bot', 'templates', 'sids.json'), 'utf8'));
      expect(sids).toEqual({
        dev: {
          hours: { en: expect.stringMatching(/^HX/), de: expect.stringMatching(/^HX/) },
          order: expect.stringMatching(/^HX/),
        },
      });
      expect((await stack.ask('GET', `/v1/Content/${sids.dev.hours.de}`))['language']).toBe('de');
      expect(await parley(['templates', 'check'], cwd)).toEqual({
        status: 0,
        err: '',
        out: '3 templates: all as the rules count on.',
      });
      expect((await parley(['templates', 'push', ...WHY], cwd)).out).toBe('Nothing to do.');
    }));

  it('creates one that was changed anew, and leaves the other languages', () =>
    withBot(async (cwd) => {
      await parley(['templates', 'push', ...WHY], cwd);
      const file = join(cwd, 'bot', 'templates', 'sids.json');
      const before = JSON.parse(await readFile(file, 'utf8')).dev;
      await writeFile(join(cwd, 'bot', 'templates', 'hours.de.json'), content('Wir haben offen.'));
      expect((await parley(['templates', 'push', ...WHY], cwd)).out).toMatch(
        /^Create the template hours in de: HX\w+ differs\./,
      );
      const after = JSON.parse(await readFile(file, 'utf8')).dev;
      expect({ ...after, hours: after.hours.en }).toEqual({ ...before, hours: before.hours.en });
      expect(after.hours.de).not.toBe(before.hours.de);
    }));

  it('fetches what was written at Twilio', () =>
    withBot(async (cwd) => {
      await parley(['templates', 'push', ...WHY], cwd);
      const file = join(cwd, 'bot', 'templates', 'order.json');
      await writeFile(file, content('Old {{number}}.', { number: '1' }));
      expect((await parley(['templates', 'pull', ...WHY], cwd)).out).toMatch(
        /^Write bot\/templates\/order\.json as HX\w+ is\.$/,
      );
      expect(JSON.parse(await readFile(file, 'utf8')).types).toEqual({
        'twilio/text': { body: 'Order {{number}}.' },
      });
    }));

  it('refuses a file of SIDs that names no template, wherever rules are read', () =>
    withBot(async (cwd) => {
      const file = join(cwd, 'bot', 'templates', 'sids.json');
      await writeFile(file, JSON.stringify({ prod: { ordr: `HX${'1'.repeat(32)}` } }));
      expect((await run(['rules', 'check'], cwd)).err).toContain(
        'bot/templates/sids.json:1:1: "prod.ordr" is not a template of the rules file. Did you mean "order"?',
      );
      await writeFile(file, JSON.stringify({ prod: { order: 'HX1' } }));
      expect((await run(['rules', 'check'], cwd)).err).toContain('"prod.order" is not what is expected here');
      expect(await parley(['templates', 'push', ...WHY], cwd)).toMatchObject({ status: 1 });
    }));
});

describe('docs/commands.md', () => {
  const page = readFileSync('docs/commands.md', 'utf8');
  const blocks = [...page.matchAll(/```console\n\$ npx parley (.*)\n([\s\S]*?)```/g)].map(
    ([, line = '', printed = '']) => [line, printed.trimEnd()] as const,
  );
  let project: string;
  afterAll(() => rm(project, { recursive: true }));
  beforeAll(async () => {
    project = await makeProject();
    await stack.reconcile({});
    const Filters = stack.webhook.Filters.filter((name) => name !== 'onDeliveryUpdated');
    stack.service.configureWebhooks({ ...stack.webhook, Filters });
  });

  /** As the page writes it: another stage, another address, and SIDs and counts that differ each time. */
  const asWritten = (printed: string) =>
    printed
      .replaceAll(stack.publicUrl, 'https://bot.example.com/webhook')
      .replaceAll('--stage dev', '--stage prod')
      .replaceAll('parley/dev/', 'parley/prod/')
      .replaceAll(/\b([A-Z]{2})[0-9a-f]{32}\b/g, '$1…')
      .replace(/Requests: \d+ to AWS, \d+ to Twilio/, 'Requests: 49 to AWS, 40 to Twilio');

  it.each(blocks)('shows what %s prints', async (line, printed) => {
    const words = [...line.replace(' --stage prod', '').matchAll(/"([^"]*)"|(\S+)/g)];
    const { out } = await parley(
      words.map(([, quoted, bare]) => quoted ?? bare ?? ''),
      project,
    );
    const pieces = printed.split(/^…\n?/m).map((piece) => piece.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    expect(asWritten(out)).toMatch(new RegExp(`^${pieces.join('[\\s\\S]*?')}$`));
  });

  it('shows each of them', () => {
    expect(new Set(blocks.map(([line]) => line.split(' ')[0]))).toEqual(
      new Set([
        'doctor',
        'webhooks',
        'templates',
        'addresses',
        'secrets',
        'dead',
        'replay',
        'recover',
        'mode',
      ]),
    );
  });
});
