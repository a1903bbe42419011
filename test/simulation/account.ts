/** The one invented account that every simulated world has. */
const hex = (digit: string) => digit.repeat(32);

export const BOT_AUTHOR = 'parley';

export const ACCOUNT = {
  accountSid: `AC${hex('1')}`,
  serviceSid: `IS${hex('2')}`,
  apiKeySid: `SK${hex('3')}`,
  apiKeySecret: 'simulated-key-secret',
  authToken: hex('4'),
};

export const ORIGIN = 'https://conversations.twilio.com';
export const WEBHOOK_URL = 'https://bot.example.com/webhook';

export const ENVIRONMENT = {
  TWILIO_ACCOUNT_SID: ACCOUNT.accountSid,
  TWILIO_CHAT_SERVICE_SID: ACCOUNT.serviceSid,
  TWILIO_AUTH_TOKEN: ACCOUNT.authToken,
  TWILIO_API_KEY_SID: ACCOUNT.apiKeySid,
  TWILIO_API_KEY_SECRET: ACCOUNT.apiKeySecret,
  PUBLIC_URL: WEBHOOK_URL,
  QUEUE_URL: 'https://sqs.example.com/parley.fifo',
  TABLE_NAME: 'parley',
  BOT_AUTHOR,
  AGENTS: 'agent-*',
};
