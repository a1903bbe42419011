import { describe, expect, it } from 'vitest';
import { readEmail } from '../../../lib/rules/answers/read-email.ts';
import { readNumber } from '../../../lib/rules/answers/read-number.ts';
import { readPhone } from '../../../lib/rules/answers/read-phone.ts';

/** Characters, many times those of a message. Run by hand with ten times as many, each line takes ten times as long. */
const LENGTH = 40_000;
const READERS = { readNumber, readEmail, readPhone };
const HOSTILE = ['a', '1', '1 ', '1,', '1(', '((', '+1', '. ', 'a.', 'a@', '@_', '1-1-2000-'];

describe.each(Object.entries(READERS))('%s', (_name, read) => {
  it.each(HOSTILE)('comes to an end on %j, again and again', (unit) => {
    const hostile = unit.repeat(LENGTH / unit.length);
    for (const message of [hostile, `!${hostile}@`]) expect(read(message)).toBeUndefined();
  });
});
