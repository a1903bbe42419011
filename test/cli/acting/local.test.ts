import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMarker } from '../../../lib/event/marker.ts';
import type { MessageRecord } from '../../../lib/record/message-record.ts';
import { run } from '../support.ts';
import { type ActingWorld, startActingWorld } from './world.ts';

const SECOND = 1_000;

let acting: ActingWorld;
/** How each message ended, by its SID. */
const ended = new Map<string, MessageRecord>();
beforeAll(async () => {
  acting = await startActingWorld();
  acting.world.watch((step) => {
    if (step.kind !== 'finished' || step.event.EventType !== 'onMessageAdded') return;
    ended.set(step.event.MessageSid, step.record);
  });
});
afterAll(() => acting.world.stop());

describe('parley recover', () => {
  it('finds what no webhook told of, and says what became of it', async () => {
    const { world, act, startConversation, write } = acting;
    const conversation = await startConversation();
    await world.idle();
    world.service.faults.arm({ kind: 'webhook-drop' });
    const lost = await write(conversation, 'hello');
    expect(await act('recover', '--dry-run')).toEqual({
      status: 0,
      out: [
        'Look at all conversations, and put every message without an outcome on the queue.',
        'Nothing was done: this is what it would do.',
      ].join('\n'),
      err: '',
    });
    expect(await act('recover')).toEqual({
      status: 0,
      out: [
        'Look at all conversations, and put every message without an outcome on the queue.',
        'Put on the queue: 1 message.',
        `  ${lost} in ${conversation}: replied`,
      ].join('\n'),
      err: '',
    });
    const again = await act('recover', '--json');
    expect(JSON.parse(again.out)).toEqual({
      ended: 'done',
      found: 0,
      isWhole: true,
      isUnfinished: false,
      others: [],
      messages: [],
    });
  });

  it('sets the mark back where it is told to, and never forward', async () => {
    const { act } = acting;
    const back = await act('recover', '--since', '3h');
    expect(back.out).toMatch(/^Set the mark back to 20\S+Z, from 20\S+Z\.\nLook at all/);
    expect((await act('recover', '--since', '1h')).out).toMatch(/^Look at all/);
  });
});

describe('parley handback', () => {
  it('gives a conversation back, and waits until the bot has heard of it', async () => {
    const { world, act, startConversation } = acting;
    const conversation = await startConversation();
    expect(await act('handback', conversation)).toEqual({
      status: 0,
      out: [`Give ${conversation} back to the bot.`, `${conversation}: the bot has it back.`].join('\n'),
      err: '',
    });
    await world.idle();
    const audits = await act('handback', conversation, '--dry-run', '--json');
    const would = [`Give ${conversation} back to the bot.`];
    expect(JSON.parse(audits.out)).toEqual({ ended: 'dry_run', would, conversations: [] });
  });

  it('ends the handover of a rule for explain as well, which lists what happened by its time', async () => {
    const { world, act, startConversation, write } = acting;
    const conversation = await startConversation();
    await write(conversation, 'human');
    const explain = () =>
      run(['explain', conversation, '--stage', 'local', '--port', new URL(world.url).port]);
    const unheard = await write(conversation, 'hello');
    const { out: told } = await run([
      'explain',
      unheard,
      '--stage',
      'local',
      '--port',
      new URL(world.url).port,
    ]);
    expect(told).toContain(' reply      not answered, outcome suppressed, reason handed_over, ');
    expect((await explain()).out).toContain('It is handed over to a person. Next: ');
    await act('handback', conversation);
    const { out } = await explain();
    expect(out).not.toMatch(/handed over/i);
    expect(out).toMatch(/Nothing is open\. Next: nothing\.$/);
    expect(out).toMatch(/ \w{33}… {2}onConversationUpdated: no_rule$/m);
    const times = out.split('\n').flatMap((line) => /^ (\d{4}-\S+ \S+) /.exec(line)?.[1] ?? []);
    expect(times.length).toBeGreaterThan(3);
    expect(times).toEqual(times.toSorted());
  });

  it.each([
    [
      ['handback'],
      2,
      'A conversation is missing: expected the SID of a conversation. See parley handback --help.',
    ],
    [
      ['handback', 'CH1'],
      2,
      'conversation is "CH1": expected the SID of a conversation: CH, and 32 hexadecimal digits.',
    ],
    [
      ['handback', `CH${'0'.repeat(32)}`],
      1,
      `There is no conversation CH${'0'.repeat(32)} in the account of local`,
    ],
  ])('%j says what is wrong', async (args, status, message) => {
    const ran = await acting.act(...args);
    expect(ran.status).toBe(status);
    expect(ran.err).toContain(message);
  });
});

describe('parley mode', () => {
  it('stops a bot at work within ten seconds, loses nothing, and lets all be answered afterwards', async () => {
    const { world, act, startConversation } = acting;
    const { service } = world;
    ended.clear();
    const written: string[] = [];
    const write = async (seconds: number) => {
      for (let second = 0; second < seconds; second += 1) {
        const conversationSid = await startConversation();
        const { sid } = await service.customer.write({ conversationSid, body: 'opening hours' });
        written.push(String(sid));
        service.timeline.move(SECOND);
      }
    };
    await write(3);
    const pressed = await act('mode', 'off');
    expect(pressed.out).toContain('The bot is off.');
    const pressedAt = service.timeline.now();
    await write(14);
    await world.idle();
    expect([...ended.keys()].toSorted()).toEqual(written.toSorted());
    const records = [...ended.values()];
    const replied = records.filter(({ finished }) => finished?.outcome === 'replied');
    const begun = replied.map(({ parts: [first] }) => (first?.sendingSince ?? 0) - pressedAt);
    expect(Math.max(...begun)).toBeLessThan(10 * SECOND);
    const off = records.filter(({ finished }) => finished?.reason === 'off');
    expect(off.length).toBeGreaterThanOrEqual(4);
    expect(replied.length + off.length).toBe(written.length);

    expect(await act('replay', '--since', '1h', '--outcome', 'off')).toMatchObject({
      status: 1,
      err: expect.stringContaining('The bot is off'),
    });
    // Pressed again, it is off since it was pressed first.
    const again = await act('mode', 'off');
    const lived = await act('mode', 'live');
    const [, since = ''] = /replay --since (\S+) --outcome off,dry_run/.exec(lived.out) ?? [];
    expect(again.out).toContain(`replay --since ${since} --outcome off,dry_run --stage local`);
    expect(Date.parse(since)).toBeLessThanOrEqual(pressedAt);
    expect(lived.out).toBe(
      `Set the mode to live.\nThe bot is live.\nWhat came meanwhile can be answered:\n  npx parley replay --since ${since} --outcome off,dry_run --stage local --port ${new URL(world.url).port}`,
    );
    service.timeline.move(5 * SECOND);
    const replayed = await act(
      ...['replay', '--since', since, '--outcome', 'off,dry_run'],
      ...['--yes', '--json', '--rate', '100'],
    );
    const { messages } = JSON.parse(replayed.out) as { messages: readonly { readonly outcome: string }[] };
    expect(messages.map(({ outcome }) => outcome)).toEqual(off.map(() => 'replied'));
    const answers = new Map<string, Set<string>>();
    for (const happening of service.since(0)) {
      if (happening.kind !== 'message') continue;
      const { sid, attributes } = happening.resource as { readonly sid: string; readonly attributes: string };
      const answered = readMarker(attributes)?.in_reply_to;
      if (answered !== undefined) answers.set(answered, (answers.get(answered) ?? new Set()).add(sid));
    }
    expect(written.map((sid) => answers.get(sid)?.size)).toEqual(written.map(() => 1));
  });

  it('ends by itself, and says which of two modes holds', async () => {
    const { world, act } = acting;
    expect((await act('mode', 'dry-run', '--for', '30m')).out).toMatch(
      /^Set the mode to dry-run until \S+Z\.\nThe bot is dry-run\.\n {2}set to dry-run by \S+ at \S+Z: a test\n {2}until \S+Z\n/,
    );
    world.service.timeline.move(31 * 60 * SECOND);
    expect(JSON.parse((await act('mode', '--json')).out)).toEqual({
      ended: 'done',
      mode: 'live',
      setting: 'live',
      pressed: 'live',
      next: expect.stringMatching(/^npx parley replay --since \S+Z --outcome off,dry_run --stage local/),
    });
    expect(await act('mode', 'live', '--for', '5m')).toMatchObject({
      status: 2,
      err: expect.stringContaining('--for'),
    });
  });
});

describe('a command that changes something, as a process', () => {
  it('asks nobody where no terminal is, and says what to add', async () => {
    const { port } = new URL(acting.world.url);
    const args = ['cli/parley.mjs', 'mode', 'off', '--stage', 'local', '--port', port];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, err, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    expect([code, out]).toEqual([2, 'Set the mode to off.\n']);
    expect(err).toContain(
      'Nothing was done: there is nobody to ask, since standard input is not a terminal: add --reason <text>, or look with --dry-run.',
    );
  });
});

describe('parley mute and unmute', () => {
  it('keep the bot quiet in one conversation, and end that', async () => {
    const { act, startConversation, write } = acting;
    const conversationSid = await startConversation();
    expect((await act('mute', conversationSid, '--for', '2h')).out).toMatch(/^Mute CH\S+ until \S+Z\.$/);
    const outcome = async (body: string) => ended.get(await write(conversationSid, body))?.finished;
    expect(await outcome('opening hours')).toMatchObject({ outcome: 'suppressed', reason: 'muted' });
    expect((await act('unmute', conversationSid)).out).toBe(`Unmute ${conversationSid}.`);
    expect(await outcome('hello')).toMatchObject({ outcome: 'replied' });
    const unknown = `CH${'0'.repeat(32)}`;
    expect(await act('unmute', unknown)).toMatchObject({
      status: 1,
      err: expect.stringContaining('Nothing is known'),
    });
  });
});

describe('parley recover, where Twilio’s webhook goes elsewhere', () => {
  // It said to run it again, which would never have helped.
  it('says where nothing is looked for, since Twilio calls another stack', async () => {
    const { world, act } = acting;
    const { serviceSid } = world.service;
    const show = async () => /POST (\S+)/.exec((await act('webhooks', 'show')).out)?.[1];
    const ours = await show();
    world.service.configureWebhooks({
      PostWebhookUrl: 'https://other.example/webhook',
      Filters: ['onMessageAdded'],
    });
    const elsewhere = await act('recover');
    expect([elsewhere.status, elsewhere.out.split('\n').at(-1)]).toEqual([
      1,
      expect.stringMatching(
        `^Twilio calls another stack for ${serviceSid}: nothing was looked for there\\. .*: npx parley webhooks set --stage local`,
      ),
    ]);
    const { isWhole, others } = JSON.parse((await act('recover', '--json')).out);
    expect({ isWhole, others }).toEqual({ isWhole: false, others: [serviceSid] });
    await act('webhooks', 'set');
    expect(await show()).toBe(ours);
    expect((await act('recover')).status).toBe(0);
  });
});
