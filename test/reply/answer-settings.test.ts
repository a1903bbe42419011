import { expect, it } from 'vitest';
import { readConfig } from '../../lib/config.ts';
import { operatorSettings } from '../../lib/reply/answer-settings.ts';

it('nobody is an agent or a program who is not named as one', () => {
  const hex = (digit: string) => digit.repeat(32);
  const config = readConfig('reply', {
    TWILIO_ACCOUNT_SID: `AC${hex('1')}`,
    TWILIO_CHAT_SERVICE_SID: `IS${hex('2')}`,
    TWILIO_API_KEY_SID: `SK${hex('3')}`,
    TWILIO_API_KEY_SECRET: 'secret',
    QUEUE_URL: 'https://sqs.example.com/parley.fifo',
    TABLE_NAME: 'parley',
  });
  const { agents, programs } = operatorSettings(config);
  expect([agents, programs]).toEqual([
    { identities: [], roleSids: [] },
    { identities: [], roleSids: [] },
  ]);
});
