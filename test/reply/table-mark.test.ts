import { describe, expect, it } from 'vitest';
import { TABLE_KEY } from '../../lib/record/keys.ts';
import { createTableAge, type TableMark } from '../../lib/reply/table-mark.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';

const START = Date.UTC(2026, 10, 20, 22, 30);

/** An empty table, and processes that meet it. */
function table() {
  const time = { now: START };
  const clock = { now: () => time.now };
  const store = createMemoryStore({ clock });
  const read = () => store.get<TableMark>(TABLE_KEY);
  return { time, store, read, meet: () => createTableAge({ store, clock, tableName: 'parley' }) };
}

describe('the mark of a table', () => {
  it('is one for two processes that meet the table at once: the first one’s', async () => {
    const { time, read, meet } = table();
    const first = meet();
    const second = meet();
    const found = await read();
    await first.learn(found);
    time.now += 5_000;
    await second.learn(found);
    expect([first.since(), second.since()]).toEqual([START, START]);
  });

  it('that cannot be read is written anew', async () => {
    const { time, store, read, meet } = table();
    await store.put(TABLE_KEY, { version: 3, expiresAt: 1e10, value: null }, undefined);
    time.now += 5_000;
    const age = meet();
    await age.learn(await read());
    expect(age.since()).toBe(time.now);
    expect(await read()).toMatchObject({ version: 4, value: { name: 'parley', since: time.now } });
  });

  it('that was not read yet lets nothing pass that is older than now', () => {
    const { time, meet } = table();
    const age = meet();
    time.now += 5_000;
    expect(age.since()).toBe(time.now);
  });
});
