import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ConversationsService } from '../../emulator/index.ts';
import { sidSource } from '../../lib/sid.ts';
import type { BotStep } from '../bot/bot-step.ts';
import { buildPage, type PageFiles } from './build-page.ts';
import { createJournal } from './create-journal.ts';
import { giveBack } from './give-back.ts';
import type { PageEvent, RulesRead, Timed } from './page-event.ts';
import { serveEvents } from './serve-events.ts';

export interface PageOptions {
  readonly service: ConversationsService;
  /** The Author under which the bot writes, when there is one in this world. */
  readonly botAuthor?: string;
}

/** The chat page's server side. */
export interface Page {
  /** What the bot does and which rules it runs; the page subscribes to the service by itself. */
  tell(step: BotStep | RulesRead): void;
  /** Answers what is neither REST, control nor a webhook. Host and Origin have been checked. */
  handle(request: IncomingMessage, response: ServerResponse): void;
}

export function createPage({ service, ...bot }: PageOptions): Page {
  const journal = createJournal();
  const timed = (event: PageEvent): Timed => ({ ...event, at: service.timeline.now() });
  const tell = (event: PageEvent) => journal.add(timed(event));
  const switches = () =>
    timed({ kind: 'switches', frozen: service.timeline.frozen, faults: service.faults.list() });

  journal.add(switches());
  for (const happening of service.since(0)) journal.add(happening);
  service.subscribe((happening) => {
    journal.add(happening);
    if (happening.kind === 'fault' || happening.kind === 'time') journal.add(switches());
  });

  const { accountSid, serviceSid } = service;
  const events = {
    journal,
    run: String(service.timeline.now()),
    hello: () => timed({ kind: 'hello', accountSid, serviceSid, ...bot }),
    caughtUp: () => timed({ kind: 'caught-up' }),
  };
  async function get(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (path === '/events') return serveEvents(events, request, response);
    const media = MEDIA_PATH.exec(path)?.[1];
    if (media !== undefined) return giveMedia(service.customer.openMedia(media), response);
    built ??= buildPage();
    const { html, js, css } = await built;
    if (path === '/') return answer(response, 200, html, { 'content-type': 'text/html; charset=utf-8' });
    if (path === '/page.js') return answer(response, 200, js, { 'content-type': 'text/javascript' });
    if (path === '/page.css') return answer(response, 200, css, { 'content-type': 'text/css' });
    return answer(response, 404, 'Nothing here\n', { 'content-type': 'text/plain' });
  }

  async function takeBack(conversationSid: string, response: ServerResponse): Promise<void> {
    const { status, body } = await giveBack(service, conversationSid);
    answer(response, status, body, { 'content-type': 'application/json' });
  }

  return {
    tell,
    handle: (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
      const givenBack = GIVE_BACK_PATH.exec(pathname)?.[1];
      const allow = givenBack === undefined ? 'GET' : 'POST';
      if (request.method !== allow) return answer(response, 405, '', { allow });
      const answered =
        givenBack === undefined ? get(pathname, request, response) : takeBack(givenBack, response);
      void answered.catch(() => response.destroy());
    },
  };
}

/** When somebody looks, and once for all worlds of a process: `npm run say` needs no page. */
let built: Promise<PageFiles> | undefined;

const GIVE_BACK_PATH = new RegExp(`^/give-back/(${sidSource('CH')})$`);
const MEDIA_PATH = new RegExp(`^/media/(${sidSource('ME')})$`);

/** Nothing but what this very server gives, and pictures that the page draws or has been given. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Shown as a picture or downloaded; never a page of this origin. */
function giveMedia(
  media: ReturnType<ConversationsService['customer']['openMedia']>,
  response: ServerResponse,
): void {
  if (media === undefined) answer(response, 404);
  else {
    const type = { 'content-type': media.content_type };
    answer(response, 200, media.bytes, { ...type, 'content-security-policy': 'sandbox' });
  }
}

function answer(
  response: ServerResponse,
  status: number,
  body: string | Uint8Array = '',
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(body);
}
