import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMarker } from '../../../lib/event/marker.ts';
import type { MessageRecord } from '../../../lib/record/message-record.ts';
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

describe('parley mode', () => {
  it('stops a bot at work within ten seconds, loses nothing, and lets all be answered afterwards', async () => {
    const { world, act, startConversation } = acting;
    const { service } = world;
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
    const outcomes = [...ended.values()].map(({ finished }) => finished);
    const replied = outcomes.filter((finished) => finished?.outcome === 'replied');
    expect(Math.max(...replied.map((finished) => (finished?.at ?? 0) - pressedAt))).toBeLessThan(10 * SECOND);
    const off = outcomes.filter((finished) => finished?.reason === 'off');
    expect(off.length).toBeGreaterThanOrEqual(4);
    expect(replied.length + off.length).toBe(written.length);

    expect(await act('replay', '--since', '1h', '--outcome', 'off')).toMatchObject({
      status: 1,
      err: expect.stringContaining('The bot is off'),
    });
    expect((await act('mode', 'live')).out).toBe('Set the mode to live.\nThe bot is live.');
    service.timeline.move(5 * SECOND);
    const replayed = await act(
      'replay',
      '--since',
      '1h',
      '--outcome',
      'off',
      '--yes',
      '--json',
      '--rate',
      '100',
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
      /^Set the mode to dry-run until \S+Z\.\nThe bot is dry-run\.\n {2}pressed dry-run by \S+ at \S+Z: a test\n {2}until \S+Z\n/,
    );
    world.service.timeline.move(31 * 60 * SECOND);
    expect(JSON.parse((await act('mode', '--json')).out)).toEqual({
      ended: 'done',
      mode: 'live',
      setting: 'live',
      pressed: 'live',
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
    expect(err).toContain('standard input is not a terminal: add --reason <text>, or look with --dry-run.');
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
