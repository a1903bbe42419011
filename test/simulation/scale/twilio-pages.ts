import type { HttpRequest, HttpResponse } from '../../../lib/ports.ts';
import { ACCOUNT, ORIGIN, WEBHOOK_URL } from '../account.ts';
import { DAY, type Population, type Talk } from './population.ts';

export interface TwilioPages {
  readonly answer: (request: HttpRequest) => HttpResponse;
  /** Requests so far, by what was asked for. */
  readonly asked: Readonly<Record<Asked, number>>;
}

export type Asked = 'messages' | 'conversations' | 'other';

/**
 * What the reconciler reads at Twilio, without all the rest: lists of conversations and of their newest messages, and
 * where the webhooks point. The whole service is in emulator/; a hundred thousand conversations would be too many for it.
 */
export function createTwilioPages(population: Population, newestFirst: boolean): TwilioPages {
  const asked = { messages: 0, conversations: 0, other: 0 };
  const bySid = new Map<string, Talk>();

  function find(sid: string): Talk | undefined {
    for (let n = bySid.size; n < population.all.length; n += 1) {
      const talk = population.all[n] as Talk;
      bySid.set(talk.sid, talk);
    }
    return bySid.get(sid);
  }

  function listConversations(path: string, query: URLSearchParams): HttpResponse {
    const { all } = population;
    const from = firstSince(all, startOf(query.get('StartDate')));
    const size = Number(query.get('PageSize') ?? 50);
    const token = query.get('PageToken');
    const begin = newestFirst ? Math.max(from, Number(token ?? all.length) - size) : Number(token ?? from);
    const end = newestFirst ? Number(token ?? all.length) : Math.min(all.length, begin + size);
    const page = all.slice(begin, end);
    const more = newestFirst ? begin > from : end < all.length;
    const next = more ? nextUrl(path, query, newestFirst ? begin : end) : null;
    return ok({
      conversations: (newestFirst ? page.toReversed() : page).map(showTalk),
      meta: { next_page_url: next },
    });
  }

  function listMessages(path: string, sid: string, query: URLSearchParams): HttpResponse {
    const talk = find(sid);
    if (talk === undefined) return missing();
    const size = Number(query.get('PageSize') ?? 50);
    const end = Number(query.get('PageToken') ?? talk.messages.length);
    const begin = Math.max(0, end - size);
    const messages = talk.messages.slice(begin, end).toReversed().map(showMessage);
    return ok({ messages, meta: { next_page_url: begin > 0 ? nextUrl(path, query, begin) : null } });
  }

  function answer(request: HttpRequest): HttpResponse {
    const { pathname, searchParams } = new URL(request.path, ORIGIN);
    const [, sid] = /^\/v1\/Services\/IS\w+\/Conversations\/(CH\w+)\/Messages$/.exec(pathname) ?? [];
    if (sid !== undefined) {
      asked.messages += 1;
      return listMessages(pathname, sid, searchParams);
    }
    if (/^\/v1\/Services\/IS\w+\/Conversations$/.test(pathname)) {
      asked.conversations += 1;
      return listConversations(pathname, searchParams);
    }
    asked.other += 1;
    if (pathname === '/v1/Alerts') return ok({ alerts: [], meta: { next_page_url: null } });
    if (/\/Configuration\/Webhooks$/.test(pathname))
      return ok({ post_webhook_url: WEBHOOK_URL, method: 'POST', filters: ['onMessageAdded'] });
    return missing();
  }

  return { asked, answer };
}

/** Twilio filters by day. */
function startOf(date: string | null): number {
  return date === null ? 0 : Math.floor(Date.parse(date) / DAY) * DAY;
}

/** Where in `all`, which are in the order in which they were made, those from `since` on begin. */
function firstSince(all: readonly Talk[], since: number): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((all[middle]?.createdAt ?? 0) < since) low = middle + 1;
    else high = middle;
  }
  return low;
}

function nextUrl(path: string, query: URLSearchParams, token: number): string {
  const next = new URLSearchParams(query);
  next.set('PageToken', String(token));
  return `${ORIGIN}${path}?${next}`;
}

function showTalk({ sid, createdAt }: Talk) {
  const date = seconds(createdAt);
  return {
    sid,
    account_sid: ACCOUNT.accountSid,
    chat_service_sid: ACCOUNT.serviceSid,
    messaging_service_sid: null,
    friendly_name: null,
    unique_name: null,
    attributes: '{}',
    state: 'active',
    date_created: date,
    date_updated: date,
    timers: null,
    bindings: null,
    url: null,
    links: null,
  };
}

function showMessage({ sid, index, at }: Talk['messages'][number]) {
  const date = seconds(at);
  return {
    sid,
    index,
    account_sid: ACCOUNT.accountSid,
    chat_service_sid: ACCOUNT.serviceSid,
    conversation_sid: null,
    author: 'customer',
    body: 'hello',
    media: null,
    attributes: '{}',
    participant_sid: `MB${sid.slice(2)}`,
    date_created: date,
    date_updated: date,
    delivery: null,
    url: null,
    links: null,
    content_sid: null,
  };
}

function seconds(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}

function ok(body: object): HttpResponse {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function missing(): HttpResponse {
  return {
    status: 404,
    headers: { 'content-type': 'application/json' },
    body: '{"code":20404,"message":"not found","status":404}',
  };
}
