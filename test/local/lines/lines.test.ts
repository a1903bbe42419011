import { describe, expect, it } from 'vitest';
import type { Happening } from '../../../emulator/index.ts';
import type { ConversationEvent } from '../../../lib/event/event-types.ts';
import type { BotStep } from '../../../local/bot/bot-step.ts';
import { printLines } from '../../../local/lines/print-lines.ts';
import { cut, printable } from '../../../local/lines/printable.ts';
import type { RulesRead } from '../../../local/page/page-event.ts';
import type { World } from '../../../local/world.ts';

const CH = `CH${'1'.repeat(32)}`;
const WEBHOOK = 'http://127.0.0.1:4000/webhook';
const NOW = Date.parse('2026-11-29T10:14:29Z');
const TIME = new Date(NOW).toTimeString().slice(0, 8);

const joined = (name: string, sid = CH): Happening => ({
  kind: 'participant',
  change: 'added',
  resource: { conversation_sid: sid, identity: null, messaging_binding: { type: 'sms', address: name } },
});
const message = (author: string, body: string | null, more: object = {}): Happening => ({
  kind: 'message',
  change: 'added',
  resource: { conversation_sid: CH, author, body, media: null },
  ...more,
});
const event = (more: object = {}) =>
  ({ EventType: 'onMessageAdded', ConversationSid: CH, Body: 'x', ...more }) as ConversationEvent;

/** What is printed of what happens in a world where Ana is, without the time. */
function linesOf(
  happens: readonly (Happening | BotStep | RulesRead)[],
  { wholeLog = false, paint }: { wholeLog?: boolean; paint?: (style: string, text: string) => string } = {},
): readonly string[] {
  const heard: ((one: never) => void)[] = [];
  const take = (hear: (one: never) => void) => {
    heard.push(hear);
    return () => heard.splice(0);
  };
  const service = { since: () => [joined('+15550100001')], subscribe: take, timeline: { now: () => NOW } };
  const world = { service, webhookUrl: WEBHOOK, watch: take, watchRules: take } as unknown as World;
  const lines: string[] = [];
  const end = printLines(world, { out: (line) => lines.push(line), ...(paint && { paint }) }, wholeLog);
  const [ofService, ofBot, ofRules] = heard as unknown as ((one: object) => void)[];
  for (const one of happens) {
    const isStep = ['received', 'decision', 'finished', 'handed-back', 'log'].includes(one.kind);
    (one.kind === 'rules' ? ofRules : isStep ? ofBot : ofService)?.(one);
  }
  end();
  expect(heard).toEqual([]);
  return lines.map((line) => (paint ? line : line.slice(`${TIME}  `.length)));
}

/** Of a line about Ana's conversation. */
const ana = (kind: string, text: string) => `${kind.padEnd(8)}  ${'+15550100001'.padEnd(21)}  ${text}`;

describe('a line about a message', () => {
  it('has the time, the customer of its conversation, who else wrote it, and the text as far as it is short', () => {
    const long = 'Order 12345 is packed and leaves us tomorrow morning. Follow it there.';
    expect(
      linesOf([message('+15550100001', 'order 12345'), message('parley', long), message('ana', null)]),
    ).toEqual([
      ana('message', '"order 12345"'),
      ana('message', 'parley: "Order 12345 is packed and leaves us tomorrow morning. Follo…"'),
      ana('message', 'ana: an empty message'),
    ]);
    const [line] = linesOf([message('x', 'y')], { paint: (_, text) => text });
    expect(line).toMatch(new RegExp(`^${TIME}  message `));
  });

  it('has the text of a template, and the types of files', () => {
    const media = [{ content_type: 'image/jpeg' }];
    expect(
      linesOf([
        message('parley', null, { content: { body: 'Three buttons' } }),
        message('+15550100001', null, {
          resource: { conversation_sid: CH, author: 'ana', body: null, media },
        }),
      ]),
    ).toEqual([ana('message', 'parley: "Three buttons"'), ana('message', 'ana: [image/jpeg]')]);
  });

  it('is not printed when it is only changed', () => {
    expect(linesOf([message('ana', 'x', { change: 'updated' })])).toEqual([]);
  });

  it('names a conversation that nobody has joined by its SID, and forgets customers of a world that is gone', () => {
    const [line] = linesOf([{ kind: 'loaded' }, message('x', 'y')]);
    expect(line).toBe(`message   ${CH}  x: "y"`);
  });
});

describe('a text of whatever origin', () => {
  it.each([
    ['a colour', 'a\u001b[31mb', 'a\\u{1b}[31mb'],
    ['a bell and a new title', '\u0007\u009d0;x', '\\u{7}\\u{9d}0;x'],
    ['a line of its own', 'a\nb\r', 'a\\nb\\u{d}'],
    ['another direction', 'a\u202eb', 'a\\u{202e}b'],
    ['half a character', 'a\ud83d', 'a\\u{d83d}'],
    ['a family, which stays one', '👩‍🌾 ❤️ é ש', '👩‍🌾 ❤️ é ש'],
  ])('gives the terminal no orders: %s', (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('is cut between characters', () => {
    expect(cut('👩‍🌾👩‍🌾👩‍🌾', 3)).toBe('👩‍🌾👩‍🌾👩‍🌾');
    expect(cut('👩‍🌾👩‍🌾👩‍🌾', 2)).toBe('👩‍🌾…');
    expect(cut(`e${'\u0301'.repeat(10_000)}`, 2)).toHaveLength(33);
  });
});

describe('a line about a webhook', () => {
  const received = (more: object) => ({ kind: 'received', event: event(), ...more }) as BotStep;
  const answered = (more: object) =>
    ({ kind: 'webhook.answered', id: 'a', event: 'onMessageAdded', attempt: 0, ...more }) as Happening;
  const sent = { kind: 'webhook.sent', id: 'a', url: WEBHOOK } as Happening;

  it('says what the bot made of it', () => {
    expect(
      linesOf([
        received({ outcome: 'accepted', status: 200, reason: 'onMessageAdded' }),
        received({ outcome: 'ignored', status: 200, reason: 'not_wanted' }),
        received({ outcome: 'ignored', status: 200, reason: 'receipt' }),
        received({ outcome: 'refused', status: 403, reason: 'foreign_account' }),
        received({ outcome: 'refused', status: 403, reason: 'signature', event: undefined }),
      ]),
    ).toEqual([
      ana('webhook', 'onMessageAdded accepted with 200'),
      ana('webhook', 'onMessageAdded ignored with 200: no rule waits for it'),
      ana('webhook', 'onMessageAdded refused with 403: foreign account'),
      'webhook   a webhook refused with 403: its signature is not ours',
    ]);
  });

  it('is one, whoever answers, and says why nobody did', () => {
    expect(linesOf([sent, answered({ outcome: 'answered', status: 200 })])).toEqual([]);
    expect(
      linesOf([
        sent,
        answered({ outcome: 'answered', status: 502 }),
        answered({ outcome: 'answered', status: 204 }),
        answered({ outcome: 'timeout', attempt: 1 }),
        answered({ outcome: 'unreachable' }),
        answered({ outcome: 'dropped' }),
      ]),
    ).toEqual([
      'webhook   onMessageAdded answered with 502',
      'webhook   onMessageAdded answered with 204',
      'webhook   onMessageAdded not answered within 5 seconds, attempt 2',
      'webhook   onMessageAdded not answered: nobody listens there',
      'webhook   onMessageAdded not sent: a fault dropped it',
    ]);
  });
});

describe('a line about a decision', () => {
  const decided = (...rules: readonly string[]) =>
    ({
      kind: 'decision',
      event: event(),
      decision: { outcome: 'reply', rule: rules.at(-1), shares: rules.map((rule) => ({ rule })) },
    }) as unknown as BotStep;
  const finished = (end: object, why?: string, more: object = {}) =>
    ({ kind: 'finished', event: event(more), record: end, why }) as unknown as BotStep;

  it('says which rules answer, and that it was otherwise', () => {
    expect(linesOf([decided('order'), decided('hello', 'order'), decided('menu.otherwise.2')])).toEqual([
      ana('decision', 'rule order answers'),
      ana('decision', 'rules hello, order answer'),
      ana('decision', 'menu.otherwise.2 answers, as no rule matched'),
    ]);
  });

  it('says why nothing is answered in words, once, and nothing more of what was', () => {
    const ignored = { kind: 'decision', event: event(), decision: { outcome: 'ignored' } } as BotStep;
    expect(
      linesOf([
        ignored,
        finished({ finished: { outcome: 'suppressed', reason: 'person' } }, 'A person wrote.'),
        finished(
          { rule: 'quiet', finished: { outcome: 'suppressed', reason: 'ignored' } },
          'It says nothing.',
        ),
        finished({ rule: 'hi', finished: { outcome: 'suppressed', reason: 'dry_run' } }, 'It is a dry run.'),
        finished({ finished: { outcome: 'stale' } }),
        finished({ finished: { outcome: 'quarantined', reason: 'twilio_50407' } }),
        finished({ finished: { outcome: 'replied' } }),
        finished({}),
      ]),
    ).toEqual([
      ana('decision', 'not answered: A person wrote.'),
      ana('decision', 'not answered: rule quiet: It says nothing.'),
      ana('decision', 'not sent: It is a dry run.'),
      ana('decision', 'not answered: stale'),
      ana('decision', 'set aside: twilio_50407'),
    ]);
  });

  it('does not speak of an answer where an event is only there for rules that wait for it', () => {
    const join = { kind: 'finished', event: { EventType: 'onParticipantAdded', ConversationSid: CH } };
    const record = { finished: { outcome: 'no_rule' } };
    expect(linesOf([{ ...join, record, why: 'No rule matches.' } as unknown as BotStep])).toEqual([
      ana('decision', 'no rule takes this onParticipantAdded'),
    ]);
  });

  it('says that the bot comes back to it', () => {
    const step = { kind: 'handed-back', event: event(), reason: 'ambiguous', attempt: 2 } as const;
    expect(linesOf([step])).toEqual([ana('retry', 'attempt 2 did not finish (ambiguous); it comes again')]);
  });
});

describe('a line about a reload', () => {
  const read = (more: object) =>
    ({
      kind: 'rules',
      file: 'bot/rules.yaml',
      problems: [],
      notes: [],
      running: ['a', 'b'],
      ...more,
    }) as unknown as RulesRead;
  const problem = { file: 'bot/rules.yaml', line: 3, column: 5, message: 'The key "x" is not known here.' };

  const unquoted = { ...problem, message: "Put the text in quotes: text: 'a #b'" };

  it('says how many rules answer now, or what is wrong and who answers meanwhile', () => {
    expect(
      linesOf([
        read({}),
        read({ running: ['a'], notes: [problem] }),
        read({ problems: [problem] }),
        read({ problems: [problem, problem], running: [] }),
        read({ problems: [unquoted] }),
      ]),
    ).toEqual([
      'reload    bot/rules.yaml: 2 rules, from the next message on',
      'reload    bot/rules.yaml: 1 rule, with 1 note, from the next message on',
      'reload    bot/rules.yaml:3:5: The key "x" is not known here. The last good rules answer.',
      'reload    bot/rules.yaml:3:5: The key "x" is not known here. And 1 problem more. Nobody is answered.',
      "reload    bot/rules.yaml:3:5: Put the text in quotes: text: 'a #b'. The last good rules answer.",
    ]);
  });
});

describe('the log of the bot', () => {
  const log = (entry: object) => ({ kind: 'log', line: JSON.stringify(entry) }) as const;
  const lines = [
    log({ time: 'x', level: 'info', message: 'answered', rule: 'order' }),
    log({ time: 'x', level: 'warn', message: 'muted', messageSid: 'IM1', path: '/\u001b[2J' }),
    log({ _aws: {}, webhook_accepted: 1 }),
  ];

  it('is printed where it warns, and whole when that is asked for, but never its metrics', () => {
    const warning = 'log       warn: muted messageSid=IM1 path=/\\u{1b}[2J';
    expect(linesOf(lines)).toEqual([warning]);
    expect(linesOf(lines, { wholeLog: true })).toEqual(['log       info: answered rule=order', warning]);
  });
});

describe('a defect of the service', () => {
  it('is printed', () => {
    expect(linesOf([{ kind: 'defect', error: 'a listener failed' }])).toEqual([
      'defect    a listener failed. Please report it.',
    ]);
  });
});

describe('the colours of a line', () => {
  it('are those of a terminal that has some', () => {
    const paint = (style: string, text: string) => `<${style}>${text}</>`;
    const [line] = linesOf([{ kind: 'defect', error: 'x' }], { paint });
    expect(line).toBe(`<dim>${TIME}  defect  </>  <red>x. Please report it.</>`);
  });
});
