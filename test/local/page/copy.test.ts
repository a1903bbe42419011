import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadRules } from '../../../build/load-rules.ts';
import { createHandler } from '../../../functions/receive.ts';
import { fixedSecret } from '../../../lib/aws/secret.ts';
import { readConfig } from '../../../lib/config.ts';
import type { ConversationEvent } from '../../../lib/event/event-types.ts';
import type { QueueMessage } from '../../../lib/ports.ts';
import { openEnvelope } from '../../../lib/queue/envelope.ts';
import { decide } from '../../../lib/rules/decide.ts';
import type { Decision } from '../../../lib/rules/types.ts';
import { isByRules, makeConversationTest } from '../../../local/page/app/timeline/make-conversation-test.ts';
import { makeEventFile } from '../../../local/page/app/timeline/make-event-file.ts';
import { ACCOUNT_SID, AUTH_TOKEN, HOOK, startService } from '../../emulator/start-service.ts';
import { messageAdded, participantAdded } from '../../rules/support.ts';
import { silentLog } from '../../support/silent-log.ts';

const compiled = await loadRules('bot/rules.yaml');
if (!compiled.ok) throw new Error('npx parley rules check says what is wrong');
const { book } = compiled;

describe('a webhook copied as an event file', () => {
  it('is taken in by the receive function, with its signature', async () => {
    const service = startService();
    service.configureWebhooks({ PostWebhookUrl: HOOK, Filters: ['onMessageAdded'] });
    const { conversation } = await service.customer.startConversation({ channel: 'whatsapp' });
    await service.customer.write({ conversationSid: String(conversation['sid']), body: 'Grüße 🙏 & +1' });
    const sent = service.told.find((happening) => happening.kind === 'webhook.sent');
    if (sent?.kind !== 'webhook.sent') throw new Error('no webhook was sent');

    const queued: QueueMessage[] = [];
    const environment = {
      TWILIO_ACCOUNT_SID: ACCOUNT_SID,
      TWILIO_CHAT_SERVICE_SID: service.serviceSid,
      TWILIO_AUTH_TOKEN: AUTH_TOKEN,
      PUBLIC_URL: HOOK,
      QUEUE_URL: 'https://local.example/parley.fifo',
      TABLE_NAME: 'parley',
    };
    const receive = createHandler(readConfig('receive', environment), {
      authTokens: fixedSecret([AUTH_TOKEN]),
      queue: { send: async (message) => void queued.push(message) },
      clock: service.clock,
      log: silentLog(),
    });
    const answer = await receive(JSON.parse(makeEventFile({ sent, at: sent.at })));

    expect(answer.statusCode).toBe(200);
    expect(openEnvelope(queued[0]?.body ?? '').event).toMatchObject({ Body: 'Grüße 🙏 & +1' });
  });
});

describe('a decision copied as a test', () => {
  const event = messageAdded({ Body: 'order "12345"\n{{ 0 }}' });

  it.each<[string, Decision, object]>([
    [
      'a reply',
      {
        outcome: 'reply',
        rule: 'order',
        shares: [
          {
            rule: 'order',
            match: { number: '12345' },
            actions: [{ kind: 'text', Body: ['Order ', { path: 'match.number' }], split: false }],
          },
        ],
        once: [],
        language: 'en',
        considered: [],
      },
      {
        outcome: 'reply',
        rule: 'order',
        shares: [
          {
            rule: 'order',
            match: { number: '12345' },
            actions: [{ kind: 'text', Body: ['Order ', { path: 'match.number' }], split: false }],
          },
        ],
      },
    ],
    [
      'a silence',
      { outcome: 'ignored', rule: 'quiet', considered: [] },
      { outcome: 'ignored', rule: 'quiet' },
    ],
    [
      'a stop word',
      { outcome: 'suppressed', reason: 'stop_word', considered: [] },
      { outcome: 'suppressed', reason: 'stop_word' },
    ],
    ['no rule', { outcome: 'no_rule', considered: [] }, { outcome: 'no_rule' }],
  ])('holds %s to what was decided', (_name, decision, expected) => {
    const text = makeConversationTest({ event, decision });
    const [, copied = '', held = ''] =
      /const event: ConversationEvent = (\{.*?^ {2}\});.*toMatchObject\((\{.*?\})\);\n\}\);\n$/ms.exec(
        text,
      ) ?? [];
    const evaluate = (literal: string): unknown => new Function(`return (${literal})`)();
    expect(evaluate(copied)).toEqual(event);
    expect(evaluate(held)).toEqual(expected);
  });

  /** What the page is told of what the rules decide. */
  function copyOf(decided: ConversationEvent): string {
    const decision: Decision = JSON.parse(JSON.stringify(decide(book, decided)));
    expect(isByRules(decision)).toBe(true);
    return makeConversationTest({ event: decided, decision });
  }

  it('runs as it was copied, and fails when the rules decide otherwise', async () => {
    const odd = JSON.parse('{"__proto__": {"a": 1}, "constructor": "\\u2028\\"`$"}');
    const copies = [
      copyOf(messageAdded({ Body: 'order 12345', Attributes: odd })),
      copyOf(messageAdded({ Body: 'STOP', Author: '+15550100001', Source: 'SMS' })),
      copyOf(participantAdded()),
    ];
    const wrong = (copies[0] ?? '').replace('rule: "order"', 'rule: "hours"');
    expect(await runCopies([...copies, wrong])).toEqual([
      { name: 'meets "order 12345" with order', status: 'passed' },
      { name: 'meets "STOP" with suppressed', status: 'passed' },
      { name: 'meets "onParticipantAdded" with joined', status: 'passed' },
      { name: 'meets "order 12345" with order', status: 'failed' },
    ]);
  });

  it('keeps what Attributes hold, whatever their names', () => {
    const Attributes = JSON.parse('{"__proto__": {"a": 1}, "a-b": [{"__proto__": 2}]}');
    const text = copyOf(messageAdded({ Body: 'hi', Attributes }));
    const [, copied = ''] = /const event: ConversationEvent = (\{.*?^ {2}\});/ms.exec(text) ?? [];
    const event = new Function(`return (${copied})`)() as { Attributes: unknown };
    expect(JSON.stringify(event.Attributes)).toBe(JSON.stringify(Attributes));
  });

  it('is not to be had of a guard, which goes by more than the event and the rules', () => {
    expect(isByRules({ outcome: 'suppressed', reason: 'muted', guard: true, considered: [] })).toBe(false);
  });
});

interface Result {
  readonly name: string;
  readonly status: string;
}

/** Runs copied tests where they belong: in test/bot/ of a house like this one. */
async function runCopies(texts: readonly string[]): Promise<readonly Result[]> {
  const house = mkdtempSync(join(tmpdir(), 'parley-copied-'));
  try {
    for (const room of ['build', 'lib', 'bot', 'node_modules', 'package.json']) {
      symlinkSync(resolve(room), join(house, room));
    }
    const folder = join(house, 'test/bot');
    mkdirSync(folder, { recursive: true });
    for (const [n, text] of texts.entries()) writeFileSync(join(folder, `copied-${n}.test.ts`), text);
    const vitest = resolve('node_modules/vitest/vitest.mjs');
    const quick = ['--no-isolate', '--no-file-parallelism', '--testTimeout=60000'];
    const report = ['--reporter=json', '--outputFile=report.json'];
    const args = [vitest, 'run', '--root', house, ...quick, ...report];
    await new Promise<void>((done) => {
      execFile(process.execPath, args, { cwd: house }, () => done());
    });
    const { testResults }: Report = JSON.parse(readFileSync(join(house, 'report.json'), 'utf8'));
    const files = testResults.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return files.flatMap(({ assertionResults }) =>
      assertionResults.map(({ fullName: name, status }) => ({ name, status })),
    );
  } finally {
    rmSync(house, { recursive: true });
  }
}

/** As Vitest's JSON reporter writes it. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}
