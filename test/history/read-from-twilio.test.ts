import { expect, it } from 'vitest';
import { type ReadFromTwilio, readOnce } from '../../lib/history/read-from-twilio.ts';

const address = { serviceSid: `IS${'1'.repeat(32)}`, conversationSid: `CH${'2'.repeat(32)}` };

it('asks Twilio for each participant once, and for each of them', async () => {
  const asked: string[] = [];
  const never = () => Promise.reject(new Error('not asked for'));
  const twilio: ReadFromTwilio = {
    participant: async (_, sid) => {
      asked.push(sid);
      return { attributes: null, identity: sid };
    },
    conversation: never,
    participants: never,
  };
  const read = readOnce(twilio);
  for (const sid of ['MB1', 'MB2', 'MB1']) {
    expect(await read.participant(address, sid)).toMatchObject({ identity: sid });
  }
  expect(asked).toEqual(['MB1', 'MB2']);
});
