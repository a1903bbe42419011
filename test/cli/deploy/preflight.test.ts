import { describe, expect, it } from 'vitest';
import type { Planned } from '../../../cli/deploy/preflight/finding.ts';
import { preflight } from '../../../cli/deploy/preflight/preflight.ts';
import { bookOf } from '../../rules/support.ts';
import { deployedWith, plannedWith, SERVICE, soundAccount, stackNamed, templateWith } from './support.ts';

const found = async (changes: Partial<Planned>) => {
  const findings = await preflight(plannedWith(changes));
  return findings.map(({ severity, says }) => `${severity}: ${says}`);
};

const other = (mode: string, service = SERVICE) =>
  soundAccount({
    environment: async (name) =>
      name === 'parley-test-reply' ? { BOT_MODE: mode, TWILIO_CHAT_SERVICE_SID: service } : undefined,
  });

const rulesWith = (sid: string) =>
  bookOf(`version: 1
templates:
  welcome: { sid: ${sid} }
rules:
  - { id: hi, when: { keyword: hi }, then: { template: welcome } }
`);

describe('the preflight', () => {
  it('finds nothing where nothing is in the way', async () => {
    expect(await found({})).toEqual([]);
    expect(await found({ deployed: deployedWith({}), stacks: [stackNamed('parley-prod')] })).toEqual([]);
  });

  it.each([
    ['UPDATE_IN_PROGRESS', 'another deployment is at work'],
    ['UPDATE_ROLLBACK_FAILED', 'continue-update-rollback --stack-name parley-prod'],
    ['ROLLBACK_COMPLETE', 'delete-stack --stack-name parley-prod'],
  ])('finds that the stack takes no update: %s', async (status, says) => {
    const [finding] = await found({ stacks: [stackNamed('parley-prod', status)] });
    expect(finding).toMatch(/^problem: /);
    expect(finding).toContain(says);
  });

  it('finds every name that the name of the stage makes too long', async () => {
    const stage = 'a'.repeat(60);
    const template = templateWith({});
    const reply = template.Resources['ReplyLambdaFunction'] ?? expect.fail();
    const properties = { ...reply.Properties, FunctionName: `parley-${stage}-reply` };
    const long = { ...template, Resources: { ReplyLambdaFunction: { ...reply, Properties: properties } } };
    expect(await found({ stage, template: long })).toEqual([
      expect.stringContaining(`parley-${stage}-reply: 73 of 64`),
    ]);
  });

  it('finds a secret that does not exist, and one that does not hold what it should, without showing it', async () => {
    const text: Readonly<Record<string, string>> = { 'parley/prod/twilio-api-key': 'canary' };
    const findings = await found({ aws: soundAccount({ secret: async (id) => text[id] }) });
    expect(findings).toEqual([
      expect.stringContaining('There is no secret parley/prod/twilio-auth-token. Create it'),
      expect.stringContaining('The secret parley/prod/twilio-api-key cannot be used: it holds no API key'),
    ]);
    expect(findings.join()).not.toContain('canary');
  });

  it.each(['parley/twilio-auth-token', 'ours/token'])(
    'finds that a secret stands under another name, %s, and says how to go on with it',
    async (name) => {
      const sound = soundAccount();
      const secret = async (id: string) => {
        if (id === name) return '0'.repeat(32);
        return id === 'parley/prod/twilio-auth-token' ? undefined : sound.secret(id);
      };
      const findings = await found({
        aws: { ...sound, secret },
        deployed: deployedWith({ TWILIO_AUTH_TOKEN_SECRET_ID: name }),
      });
      expect(findings).toEqual([
        expect.stringMatching(
          `^problem: There is no secret parley/prod/twilio-auth-token, .* ${name}, which the bot that runs now goes on reading.*TWILIO_AUTH_TOKEN_SECRET_ID=${name} in stages/prod.env, or copy it: aws`,
        ),
      ]);
    },
  );

  it('finds that replies could take every execution that a new account has', async () => {
    expect(await found({ aws: soundAccount({ concurrency: async () => 10 }) })).toEqual([
      expect.stringMatching(
        /^problem: .* 10 functions .* 50 replies .* MAX_CONCURRENCY to 5 in stages\/prod\.env/,
      ),
    ]);
    expect(await found({ aws: soundAccount({ concurrency: async () => 100 }) })).toEqual([]);
  });

  it('finds another live stack on the same service, and mentions one that says nothing', async () => {
    const stacks = [stackNamed('parley-test')];
    const [live] = await found({ stacks, aws: other('') });
    expect(live).toMatch(/^problem: The stack parley-test \(BOT_MODE live\) is on the service IS1/);
    const [quiet] = await found({ stacks, aws: other('off') });
    expect(quiet).toMatch(/^note: The stack parley-test \(BOT_MODE off\)/);
    const [dry] = await found({
      stacks,
      aws: other('live'),
      template: templateWith({ BOT_MODE: 'dry-run' }),
    });
    expect(dry).toMatch(/^note: /);
    expect(await found({ stacks, aws: other('live', `IS${'2'.repeat(32)}`) })).toEqual([]);
  });

  it("finds templates with the sample's SIDs, which is a problem once the bot is live", async () => {
    const book = rulesWith(`HXa${'0'.repeat(30)}1`);
    expect(await found({ book })).toEqual([expect.stringMatching(/^problem: The templates welcome have/)]);
    expect(await found({ book, template: templateWith({ BOT_MODE: 'dry-run' }) })).toEqual([
      expect.stringMatching(/^note: /),
    ]);
  });

  it('finds rules that answer nothing, and events that they did not wait for before', async () => {
    const nothing = { version: 1, templates: {}, rules: [] } as const;
    expect(await found({ book: nothing })).toEqual([expect.stringContaining('The rules answer no event')]);
    const deployed = deployedWith({}, {}, { events: ['onConversationUpdated'] });
    expect(await found({ deployed })).toEqual([
      expect.stringMatching(
        /^note: The rules wait for onMessageAdded and .* npx parley webhooks set --stage prod/,
      ),
    ]);
  });

  it('lists everything at once, and goes on where AWS does not let it look', async () => {
    const denied = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
    const aws = soundAccount({ secret: () => Promise.reject(denied), concurrency: async () => 10 });
    expect(await found({ aws, book: rulesWith(`HXa${'0'.repeat(30)}1`) })).toEqual([
      'note: AWS does not let the check of secrets look (AccessDeniedException): not authorized',
      expect.stringContaining('MAX_CONCURRENCY'),
      expect.stringContaining('The templates welcome'),
    ]);
  });
});
