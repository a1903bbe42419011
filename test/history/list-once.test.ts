import { describe, expect, it } from 'vitest';
import type { ListMessages } from '../../lib/history/find-reply.ts';
import { listOnce } from '../../lib/history/list-once.ts';
import type { MessageResource } from '../../lib/twilio/messages.ts';

const address = { serviceSid: `IS${'1'.repeat(32)}`, conversationSid: `CH${'2'.repeat(32)}` };
const options = { Order: 'desc', PageSize: 100, timeoutMs: 5_000 } as const;

/** A list of so many messages, newest first, that fails where it is told to, once. */
function listOf(count: number, failAt = -1) {
  const asked: unknown[] = [];
  const given: number[] = [];
  let fails = failAt >= 0;
  const list: ListMessages = async function* (...args) {
    asked.push(args);
    for (let index = count - 1; index >= 0; index -= 1) {
      if (fails && index === failAt) {
        fails = false;
        throw new Error('page');
      }
      given.push(index);
      yield { index } as MessageResource;
    }
  };
  return { list: listOnce(list), asked, given };
}

async function read(list: ListMessages, until = 0): Promise<readonly number[]> {
  const indexes: number[] = [];
  for await (const { index } of list(address, options)) {
    indexes.push(index);
    if (index === until) break;
  }
  return indexes;
}

describe('a list that is asked for once', () => {
  it('gives everybody the same messages, and is asked for the rest by whoever reads on', async () => {
    const { list, asked, given } = listOf(5);
    expect(await read(list, 3)).toEqual([4, 3]);
    expect(given).toEqual([4, 3]);
    expect(await read(list, 1)).toEqual([4, 3, 2, 1]);
    expect(await read(list, 4)).toEqual([4]);
    expect(await read(list)).toEqual([4, 3, 2, 1, 0]);
    expect(given).toEqual([4, 3, 2, 1, 0]);
    expect(asked).toEqual([[address, options]]);
  });

  it('is not asked for when nobody reads it', () => {
    expect(listOf(5).asked).toEqual([]);
  });

  it('has an end that everybody comes to', async () => {
    const { list, asked } = listOf(1);
    expect(await read(list, -1)).toEqual([0]);
    expect(await read(list, -1)).toEqual([0]);
    expect(asked).toHaveLength(1);
  });

  it('that failed on the way is not taken for one that ended there', async () => {
    const { list, asked } = listOf(4, 1);
    await expect(read(list)).rejects.toThrow('page');
    expect(await read(list)).toEqual([3, 2, 1, 0]);
    expect(asked).toHaveLength(2);
  });
});
