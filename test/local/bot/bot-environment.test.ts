import { expect, it } from 'vitest';
import { SETTINGS } from '../../../lib/settings.ts';
import { botEnvironment } from '../../../local/bot/bot-environment.ts';

const IDENTITY = {
  accountSid: 'AC',
  serviceSid: 'IS',
  authToken: 'token',
  apiKeySid: 'SK',
  apiKeySecret: 's',
};
const API = 'http://127.0.0.1:4000';
const WEBHOOK = `${API}/webhook`;
/** The world's own, whatever the shell says. */
const MADE_UP = ['PUBLIC_URL', 'QUEUE_URL', 'TABLE_NAME', 'STAGE'];

const ofTheBot = Object.keys(SETTINGS).filter(
  (name) => !name.startsWith('TWILIO_') && !MADE_UP.includes(name),
);

// MUTE_SECONDS, PROGRAMS and two budgets were once left out of a list that named each.
it.each(ofTheBot)('%s is taken from the environment', (name) => {
  expect(botEnvironment({ [name]: 'theirs' }, IDENTITY, API, WEBHOOK)).toHaveProperty(name, 'theirs');
});

it.each(['TWILIO_API_KEY_SECRET_ID', 'TWILIO_AUTH_TOKEN', 'TWILIO_EDGE', ...MADE_UP])(
  '%s of a deployment is not',
  (name) => {
    expect(botEnvironment({ [name]: 'theirs' }, IDENTITY, API, WEBHOOK)[name]).not.toBe('theirs');
  },
);
