import { describe, expect, it } from 'vitest';
import { markerAttributes } from '../../lib/event/marker.ts';
import { findReply, type ListMessages, listNewest, reportDuplicate } from '../../lib/history/find-reply.ts';
import type { MessageResource } from '../../lib/twilio/messages.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { silentLog } from '../support/silent-log.ts';

const address = { serviceSid: `IS${'1'.repeat(32)}`, conversationSid: `CH${'2'.repeat(32)}` };
const NOW = Date.UTC(2026, 0, 2);
const OLD = '2026-01-01T00:00:00Z';
const marker = { in_reply_to: `IM${'3'.repeat(32)}`, part: '1/1' };

function message(index: number, over: Partial<MessageResource> = {}): MessageResource {
  const date_created = new Date(NOW).toISOString();
  return {
    sid: `IM${index}`,
    index,
    author: 'ana',
    attributes: '{}',
    date_created,
    ...over,
  } as MessageResource;
}

const reply = (index: number, over: Partial<MessageResource> = {}) =>
  message(index, { author: 'parley', attributes: JSON.stringify(markerAttributes(marker)), ...over });

/** Messages as Twilio lists them, newest first, with what was asked for and how many were taken. */
function listOf(messages: readonly MessageResource[]) {
  const asked: unknown[] = [];
  const taken: number[] = [];
  const list: ListMessages = async function* (...args) {
    asked.push(args);
    for (const each of messages.toSorted((a, b) => b.index - a.index)) {
      taken.push(each.index);
      yield each;
    }
  };
  return { list, asked, taken };
}

const upTo = (count: number, over?: Partial<MessageResource>) =>
  Array.from({ length: count }, (_, index) => message(index, over));
const indexes = (messages: readonly MessageResource[]) => messages.map(({ index }) => index);

describe('the newest messages', () => {
  it('are asked for newest first, a hundred a page, five seconds each', async () => {
    const { list, asked } = listOf([]);
    expect(await listNewest(list, address, { afterIndex: -1 })).toEqual({ messages: [], cut: false });
    expect(asked).toEqual([[address, { Order: 'desc', PageSize: 100, timeoutMs: 5_000 }]]);
  });

  it('are those behind an index, and nothing before it is read', async () => {
    const { list, taken } = listOf(upTo(9));
    const { messages, cut } = await listNewest(list, address, { afterIndex: 6 });
    expect(indexes(messages)).toEqual([8, 7]);
    expect(cut).toBe(false);
    expect(taken).toEqual([8, 7, 6]);
  });

  // Cause: somebody wrote between two pages, and the reply that came twice passed for a duplicate.
  it('are each taken once, though a page begins with the last one of the page before', async () => {
    const { list } = listOf([message(2), reply(1), reply(1), message(0)]);
    expect(indexes((await listNewest(list, address, { afterIndex: -1 })).messages)).toEqual([2, 1, 0]);
    expect(await findReply(list, address, { marker, author: 'parley', afterIndex: -1 })).toHaveLength(1);
  });

  it('are a thousand at most', async () => {
    const thousand = await listNewest(listOf(upTo(1_000)).list, address, { afterIndex: -1 });
    expect(thousand.messages).toHaveLength(1_000);
    expect(thousand.cut).toBe(false);
    const more = await listNewest(listOf(upTo(1_001)).list, address, { afterIndex: -1 });
    expect(indexes(more.messages)).toEqual(indexes(thousand.messages).map((index) => index + 1));
    expect(more.cut).toBe(true);
  });

  it('end where a whole page is too old', async () => {
    const old = upTo(150, { date_created: OLD });
    const { list, taken } = listOf([...old, message(150)]);
    const { messages, cut } = await listNewest(list, address, { afterIndex: -1, since: NOW });
    expect(indexes(messages)).toEqual(taken.slice(0, 100));
    expect(taken).toHaveLength(101);
    expect(cut).toBe(false);
  });

  it('go on behind old ones that are fewer, and behind one whose date is not known', async () => {
    const dated = (index: number) =>
      index === 60 ? null : index === 120 ? new Date(NOW).toISOString() : OLD;
    const messages = upTo(200).map((each) => ({ ...each, date_created: dated(each.index) }));
    const { list, taken } = listOf(messages);
    await listNewest(list, address, { afterIndex: -1, since: NOW });
    expect(taken).toHaveLength(200);
  });
});

describe('a reply that may have been sent', () => {
  const find = (messages: readonly MessageResource[], afterIndex = -1) =>
    findReply(listOf(messages).list, address, { marker, author: 'parley', afterIndex });

  it('is found by its author and its marker, oldest first', async () => {
    expect(indexes(await find([message(0), reply(1), message(2), reply(3)]))).toEqual([1, 3]);
  });

  it('is not what somebody else wrote, or what answers something else', async () => {
    const others = [reply(1, { author: 'ana' }), reply(2, { attributes: '{}' })];
    expect(await find(others)).toEqual([]);
  });

  it('is not looked for before what it answers', async () => {
    expect(await find([reply(1), message(2)], 2)).toEqual([]);
  });

  it('is found although there are more messages than are looked at', async () => {
    expect(indexes(await find([...upTo(1_500), reply(1_500)]))).toEqual([1_500]);
  });

  it('may be among those that are not looked at, so nothing is known', async () => {
    await expect(find([reply(0), ...upTo(1_500).slice(1)])).rejects.toMatchObject({
      code: 'retry',
      reason: 'conversation_too_busy',
      delayMs: 5_000,
    });
  });
});

describe('a reply that is there twice', () => {
  function scene(refuses = false) {
    const log = silentLog();
    const clock = { now: () => NOW };
    const { get, put } = createMemoryStore({ clock });
    const full = () => Promise.reject(new Error('the table is full'));
    return { log, clock, store: { get, put: refuses ? full : put } };
  }

  it('is counted, and named in the log', async () => {
    const ports = scene();
    await reportDuplicate(ports, address, 'IM7');
    expect(ports.log.lines).toMatchObject([
      { duplicate_detected: 1 },
      { level: 'error', message: 'a reply is at Twilio twice', ...address, replySid: 'IM7' },
    ]);
  });

  it('is counted once, and so is each other one', async () => {
    const ports = scene();
    for (const sid of ['IM7', 'IM7', 'IM8', 'IM7']) await reportDuplicate(ports, address, sid);
    expect(ports.log.lines.flatMap(({ replySid }) => replySid ?? [])).toEqual(['IM7', 'IM8']);
  });

  it('is counted although the table does not keep that it was', async () => {
    const ports = scene(true);
    await expect(reportDuplicate(ports, address, 'IM7')).rejects.toThrow('the table is full');
    expect(ports.log.lines).toMatchObject([{ duplicate_detected: 1 }, { replySid: 'IM7' }]);
  });
});
