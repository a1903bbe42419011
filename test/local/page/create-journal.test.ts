import { describe, expect, it } from 'vitest';
import { createJournal } from '../../../local/page/create-journal.ts';
import type { Timed } from '../../../local/page/page-event.ts';

const log = (line: string): Timed => ({ kind: 'log', line, at: 0 });
const joined: Timed = { kind: 'conversation', change: 'added', resource: { sid: 'CH1' }, at: 0 };
const numbers = (entries: readonly { readonly number: number }[] | undefined) =>
  entries?.map(({ number }) => number);

describe('the journal of the page', () => {
  it('gives what came after a number', () => {
    const journal = createJournal();
    for (const line of ['a', 'b', 'c']) journal.add(log(line));
    expect(numbers(journal.after(0))).toEqual([1, 2, 3]);
    expect(numbers(journal.after(2))).toEqual([3]);
    expect(numbers(journal.after(3))).toEqual([]);
  });

  it('forgets the oldest but never who is there', () => {
    const journal = createJournal(3);
    journal.add(joined);
    for (const line of 'abcdefgh') journal.add(log(line));
    const kept = numbers(journal.after(0));
    expect(kept?.[0]).toBe(1);
    expect(kept?.length).toBeLessThan(9);
    expect(kept?.at(-1)).toBe(9);
  });

  it('forgets of a conversation all but what was noted last', () => {
    const journal = createJournal(3);
    const noted = (conversationSid: string): Timed => ({
      kind: 'noted',
      conversationSid,
      conversation: {},
      at: 0,
    });
    for (const sid of ['CH1', 'CH2', 'CH1']) journal.add(noted(sid));
    for (const line of 'abcdefgh') journal.add(log(line));
    expect(numbers(journal.after(0))?.slice(0, 2)).toEqual([2, 3]);
  });

  it('says when it cannot tell everything that was missed', () => {
    const journal = createJournal(3);
    for (const line of 'abcdefgh') journal.add(log(line));
    expect(journal.after(1)).toBeUndefined();
    expect(numbers(journal.after(7))).toEqual([8]);
    expect(journal.after(9)).toBeUndefined();
  });

  it('tells its subscribers until they leave', () => {
    const journal = createJournal();
    let told = 0;
    const leave = journal.subscribe(() => {
      told += 1;
    });
    journal.add(log('a'));
    leave();
    journal.add(log('b'));
    expect(told).toBe(1);
  });
});
