import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isReadable } from '../../../cli/stage/check-item.ts';
import { openWorldStage } from '../../../cli/stage/world-stage.ts';
import type { Key, Versioned } from '../../../lib/ports.ts';
import { LOOKS_KEY, MODE_KEY, SINCE_KEY } from '../../../lib/record/keys.ts';
import { type ActingWorld, startActingWorld } from '../acting/world.ts';
import { type Ran, run } from '../support.ts';

interface Golden {
  readonly key: Key;
  readonly item: Versioned<unknown>;
}

describe('an item of the table', () => {
  it.each(
    globSync('test/golden/{conversation,record,mode}*.json', { exclude: ['test/golden/record-v4.json'] }),
  )('is readable as each version so far wrote it: %s', (file) => {
    const { key, item } = JSON.parse(readFileSync(file, 'utf8')) as Golden;
    expect(isReadable(key, item.value)).toBe(true);
  });
});

describe('a damaged item', () => {
  let acting: ActingWorld;
  let stage: Awaited<ReturnType<typeof openWorldStage>>;
  let conversationSid: string;
  let messageSid: string;
  let port: string;
  beforeAll(async () => {
    acting = await startActingWorld();
    ({ port } = new URL(acting.world.url));
    stage = await openWorldStage(Number(port));
    conversationSid = await acting.startConversation();
    messageSid = await acting.write(conversationSid, 'hello');
  });
  afterAll(async () => {
    await stage.close();
    await acting.world.stop();
  });

  const on = (words: string): Promise<Ran> =>
    run([
      ...words.replace('IM', messageSid).replace('CH', conversationSid).split(' '),
      '--stage',
      'local',
      '--port',
      port,
    ]);

  /** Has `value` stand there while something is done. */
  async function damaged<T>(of: string, value: unknown, use: () => Promise<T>): Promise<T> {
    const key = KEYS[of]?.() ?? MODE_KEY;
    const before = await stage.table.get(key);
    const put = (item: unknown, expected: number | undefined) =>
      stage.table.put(
        key,
        { version: (expected ?? 0) + 1, expiresAt: before?.expiresAt ?? 4e9, value: item },
        expected,
      );
    await put(value, before?.version);
    try {
      return await use();
    } finally {
      const now = await stage.table.get(key);
      if (before === undefined) await stage.table.remove(key, now?.version ?? 0);
      else await put(before.value, now?.version);
    }
  }

  const KEYS: Readonly<Record<string, () => Key>> = {
    record: () => ({ pk: conversationSid, sk: `onMessageAdded|${messageSid}` }),
    conversation: () => ({ pk: conversationSid, sk: 'conversation' }),
    since: () => SINCE_KEY,
    looks: () => LOOKS_KEY,
    mode: () => MODE_KEY,
  };

  it.each([
    ['record', 'explain CH'],
    ['record', 'prove --since 1h'],
    ['record', 'replay IM --reason test'],
    ['conversation', 'explain CH'],
    ['conversation', 'mute CH --reason test'],
    ['conversation', 'unmute CH --reason test'],
    ['conversation', 'handback CH --reason test'],
    ['since', 'explain CH'],
    ['since', 'recover --reason test'],
    ['looks', 'status'],
  ])('in the place of %s is named by parley %s, without a stack', async (of, words) => {
    const { pk, sk } = KEYS[of]?.() ?? MODE_KEY;
    for (const value of ['gone', { v: 1, at: 'never' }]) {
      const { status, err } = await damaged(of, value, () => on(words));
      expect([status, err]).toEqual([
        1,
        expect.stringContaining(`The item ${pk} ${sk} of the table holds what`),
      ]);
    }
  });

  it('in the place of a record is left by a replay of many, which says so', async () => {
    const { status, err } = await damaged('record', 'gone', () =>
      on('replay --since 1h --outcome stale --reason test'),
    );
    expect([status, err]).toEqual([
      1,
      `${messageSid} is left: its record holds what this version cannot read.`,
    ]);
  });

  it.each(['gone', {}, { mode: 'offf' }, { mode: 'off', until: 'x' }])(
    'in the place of the stop button counts as off, and can be set again: %j',
    async (value) => {
      const { out } = await damaged('mode', value, () => on('mode'));
      expect(out).toContain(
        'The bot is off.\n  what was set cannot be read, and counts as off: set it again',
      );
      expect((await damaged('mode', value, () => on('status'))).out).toMatch(/^mode {10}off$/m);
      expect((await damaged('mode', value, () => on('mode live --reason test'))).out).toContain(
        'The bot is live.',
      );
    },
  );
});
