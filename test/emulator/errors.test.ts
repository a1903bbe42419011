import { describe, expect, it } from 'vitest';
import { ERROR_TABLE } from '../../emulator/error-table.ts';
import { CONTENT } from './errors/content.ts';
import { CONVERSATIONS } from './errors/conversations.ts';
import { GENERIC } from './errors/generic.ts';
import { MESSAGES } from './errors/messages.ts';
import { PARTICIPANTS } from './errors/participants.ts';
import { type Row, setScene } from './errors/scene.ts';
import { USERS } from './errors/users.ts';
import { WEBHOOKS } from './errors/webhooks.ts';

/** Every row of Twilio's limits and error codes that a client can provoke. */
const ROWS: readonly Row[] = [
  ...GENERIC,
  ...CONVERSATIONS,
  ...MESSAGES,
  ...CONTENT,
  ...PARTICIPANTS,
  ...WEBHOOKS,
  ...USERS,
];

describe('what Twilio refuses', () => {
  it('walks every code there is', () => {
    const walked = new Set(ROWS.map(([code]) => String(code)));
    expect(Object.keys(ERROR_TABLE).filter((code) => !walked.has(code))).toEqual([]);
  });

  it.each(ROWS)('%i: %s', async (code, _how, provoke) => {
    const scene = await setScene();
    const { status, body } = await provoke(scene);
    const [usual, text] = ERROR_TABLE[code];
    expect(body).toEqual({
      code,
      message: expect.any(String),
      more_info: `https://www.twilio.com/docs/errors/${code}`,
      status: usual,
    });
    expect(status).toBe(usual);
    expect(body.message.toLowerCase()).toContain(text.toLowerCase().split(' ').slice(0, 2).join(' '));
    expect(scene.service.told.filter(({ kind }) => kind === 'defect')).toEqual([]);
  });
});
