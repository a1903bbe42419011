import { describe, expect, it } from 'vitest';
import { listPage } from '../../lib/reconcile/list-page.ts';
import type { ConversationPage, ListConversationsOptions } from '../../lib/twilio/conversations.ts';
import {
  NotFoundError,
  RateLimitedError,
  RejectedError,
  ServerError,
} from '../../lib/twilio/twilio-errors.ts';

const PAGE: ConversationPage = { conversations: [], next: undefined };
const LINK = '/v1/Services/IS1/Conversations?PageToken=2';
const StartDate = '2026-01-01T00:00:00Z';

/** Twilio, which answers the first question with `error`, and what it was asked. */
function refusing(error?: Error) {
  const asked: [serviceSid: string, options: ListConversationsOptions][] = [];
  const listConversations = async (serviceSid: string, options: ListConversationsOptions) => {
    asked.push([serviceSid, options]);
    if (error !== undefined && asked.length === 1) throw error;
    return PAGE;
  };
  return { listConversations, asked };
}

describe('a page of conversations', () => {
  it.each([undefined, LINK])('is asked for once, from %s on', async (from) => {
    const twilio = refusing();
    expect(await listPage(twilio, 'IS1', { StartDate, from })).toBe(PAGE);
    expect(twilio.asked).toEqual([['IS1', { StartDate, from }]]);
  });

  it.each([new RejectedError({ status: 400 }, false), new NotFoundError({ status: 404 })])(
    'is the first one where the link to another is refused: $code',
    async (error) => {
      const twilio = refusing(error);
      expect(await listPage(twilio, 'IS1', { StartDate, from: LINK })).toBe(PAGE);
      expect(twilio.asked.slice(1)).toStrictEqual([['IS1', { StartDate }]]);
    },
  );

  it.each([
    new ServerError({ status: 503 }),
    new RateLimitedError({ status: 429 }, undefined),
    new TypeError('a defect'),
  ])('is not another than was asked for because of what may pass, or is a defect: $name', async (error) => {
    const twilio = refusing(error);
    await expect(listPage(twilio, 'IS1', { StartDate, from: LINK })).rejects.toBe(error);
    expect(twilio.asked).toHaveLength(1);
  });

  it('that is refused as the first one is not asked for again', async () => {
    const error = new NotFoundError({ status: 404 });
    const twilio = refusing(error);
    await expect(listPage(twilio, 'IS1', { StartDate })).rejects.toBe(error);
    expect(twilio.asked).toHaveLength(1);
  });
});
