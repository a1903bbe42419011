import { readFileSync } from 'node:fs';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSid } from '../../lib/sid.ts';
import { putDeadLetter } from '../support/operated/put-dead-letter.ts';
import { type OperatedStack, startOperatedStack } from '../support/operated-stack.ts';
import { readBlocks } from '../support/read-blocks.ts';
import { type Call, typeCommands } from '../support/type-commands.ts';
import { makeProject, run } from './support.ts';

/** docs/operating.md typed into one shell, in order. */
const calls = typeCommands(
  readBlocks('docs/operating.md').flatMap(({ kind, text }) => (kind === 'sh' ? [text] : [])),
  ['aws', 'npm', 'npx'],
);
const ofProgram = (name: string) => calls.filter(({ program }) => program === name);
/** What stands there twice does the same twice. */
const onlyOnce = (all: readonly Call[]) => [
  ...new Map(all.map((call) => [call.words.join(' '), call])).values(),
];

let stack: OperatedStack;
let project: string;
/** What the page's SIDs stand for: a message that was answered, and its conversation. */
let sids: Readonly<Record<string, string>>;

beforeAll(async () => {
  stack = await startOperatedStack();
  project = await makeProject();
  const { conversation } = await stack.service.customer.startConversation({
    channel: 'whatsapp',
    author: '+15550100001',
  });
  const conversationSid = String(conversation['sid']);
  const message = await stack.service.customer.write({ conversationSid, body: 'hi' });
  await stack.settle();
  await stack.reconcile({});
  await putDeadLetter(stack, conversationSid, 'opening hours');
  sids = { IM: String(message['sid']), CH: conversationSid };
});
afterAll(() => stack.stop());

/** What `secrets rotate` asks for. */
const NEW_TOKEN = 'f'.repeat(32);

/** The same words, of the stack that there is. */
const here = ({ words }: Call) =>
  words
    .slice(1)
    .map((word) => (/^(?:prod|standby)$/.test(word) ? 'dev' : word))
    .map((word) => (isSid('IM', word) || isSid('CH', word) ? (sids[word.slice(0, 2)] ?? word) : word));

/** What ends otherwise than well, and why. */
const ENDS: Readonly<Record<string, readonly [number, RegExp]>> = {
  'dead list': [1, /: 1 message\n/],
  // Nothing was ever deployed in this stack: test/package/deploy.test.ts rolls back.
  rollback: [1, /Stack with id null does not exist/],
};

describe('docs/operating.md', () => {
  it('has commands of parley, of AWS and of npm', () => {
    expect([ofProgram('npx'), ofProgram('aws'), ofProgram('npm')].map(({ length }) => length > 0)).toEqual([
      true,
      true,
      true,
    ]);
  });

  // One after the other, as somebody would who reads it from top to bottom.
  it('runs each command of parley as it stands there', async () => {
    const rest = stack.work();
    const otherwise: unknown[] = [];
    stack.service.tokens.createSecondary(NEW_TOKEN);
    for (const call of onlyOnce(ofProgram('npx'))) {
      const args = here(call);
      if (args.includes('--finish')) stack.service.tokens.promote();
      const changes = args.includes('--reason') ? ['--yes'] : [];
      const { status, out, err } = await stack.operate(() =>
        run([...args, ...changes], project, undefined, undefined, NEW_TOKEN),
      );
      const line = args.join(' ');
      const [, [ends, says] = [0, /^/]] =
        Object.entries(ENDS).find(([start]) => line.startsWith(start)) ?? [];
      if (status !== ends || !says.test(out + err)) otherwise.push([line, status, err, out]);
    }
    await rest();
    expect(otherwise).toEqual([]);
  });

  it('calls AWS by commands and with options that there are', () => {
    for (const { words } of ofProgram('aws')) {
      const [service = '', command = '', ...options] = words;
      expect(service).toBe('dynamodb');
      expect(Object.keys(dynamodb)).toContain(`${pascal(command)}Command`);
      expect(options.filter((word) => word.startsWith('--')).length).toBeGreaterThan(0);
    }
  });

  it('calls scripts of npm that there are', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object };
    for (const { words } of ofProgram('npm')) expect(scripts).toHaveProperty(words[1] ?? '');
  });
});

function pascal(name: string): string {
  return name
    .split('-')
    .map((part) => `${part[0]?.toUpperCase()}${part.slice(1)}`)
    .join('');
}
