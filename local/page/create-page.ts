import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import {
  type ConversationsService,
  createMatcher,
  type Endpoint,
  routeRefusal,
} from '../../emulator/index.ts';
import { HandoverUnwritableError } from '../../lib/event/handover-unwritable-error.ts';
import { isSid } from '../../lib/sid.ts';
import type { BotStep } from '../bot/bot-step.ts';
import { buildPage, type PageFiles } from './build-page.ts';
import { createJournal } from './create-journal.ts';
import { describeEndpoints } from './describe-endpoints.ts';
import { giveBack } from './give-back.ts';
import { type KeptWorld, loadKept } from './load-kept.ts';
import type { PageEvent, RulesRead, Timed } from './page-event.ts';
import { serveEvents } from './serve-events.ts';

export interface PageOptions {
  readonly service: ConversationsService;
  /** The Author under which the bot writes, when there is one in this world. */
  readonly botAuthor?: string;
  /** What is saved and loaded here; the service alone when absent. */
  readonly world?: KeptWorld;
  /** What else this port answers, for the list of endpoints. */
  readonly beside?: readonly Endpoint[];
}

/** The chat page's server side. */
export interface Page {
  /** What the bot does and which rules it runs; the page subscribes to the service by itself. */
  tell(step: BotStep | RulesRead): void;
  /** Answers what is neither REST, control nor a webhook. Host and Origin have been checked. */
  handle(request: IncomingMessage, response: ServerResponse): void;
}

interface PageRoute extends Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly run: (request: IncomingMessage, response: ServerResponse, sid: string) => void | Promise<void>;
}

export function createPage({ service, world = service, beside = [], ...bot }: PageOptions): Page {
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

  const events = {
    journal,
    run: String(service.timeline.now()),
    hello: () =>
      timed({ kind: 'hello', accountSid: service.accountSid, serviceSid: service.serviceSid, ...bot }),
    caughtUp: () => timed({ kind: 'caught-up' }),
  };

  const routes: readonly PageRoute[] = [
    {
      method: 'GET',
      path: '/',
      about: 'the page for who asks for HTML, this list for everybody else',
      run: async (request, response) => {
        if (asksForHtml(request)) return giveFile('html', 'text/html; charset=utf-8', request, response);
        const list = describeEndpoints({ service, ...bot }, request.headers.host ?? '', [
          ...routes,
          ...beside,
        ]);
        answer(response, 200, `${JSON.stringify(list, undefined, 2)}\n`, JSON_TYPE);
      },
    },
    {
      method: 'GET',
      path: '/events',
      about: 'everything that happened and happens, as server-sent events',
      run: (request, response) => serveEvents(events, request, response),
    },
    {
      method: 'GET',
      path: '/page.js',
      about: 'of the page',
      run: (request, response) => giveFile('js', 'text/javascript', request, response),
    },
    {
      method: 'GET',
      path: '/page.css',
      about: 'of the page',
      run: (request, response) => giveFile('css', 'text/css', request, response),
    },
    {
      method: 'GET',
      path: '/media/:MediaSid',
      about: 'a media item, as the page shows it',
      run: (_request, response, sid) => giveMedia(service.customer.openMedia(sid), response),
    },
    {
      method: 'GET',
      path: '/world',
      about: 'everything that this world knows, for a file',
      run: (_request, response) =>
        answer(response, 200, world.save(), {
          ...JSON_TYPE,
          'content-disposition': 'attachment; filename="world.json"',
        }),
    },
    {
      method: 'PUT',
      path: '/world',
      about: 'puts back what GET gave',
      run: async (request, response) => {
        const refusal = await loadKept(world, request);
        if (refusal === undefined) answer(response, 204);
        else answer(response, refusal.status, JSON.stringify(refusal), JSON_TYPE);
      },
    },
    {
      method: 'POST',
      path: '/give-back/:ConversationSid',
      about: 'gives a conversation back to the bot',
      run: async (_request, response, sid) => {
        if (!isSid('CH', sid)) return refuse(response, `/give-back/${sid}`, []);
        try {
          const { status, body } = await giveBack(service, sid);
          answer(response, status, body, JSON_TYPE);
        } catch (error) {
          if (!(error instanceof HandoverUnwritableError)) throw error;
          const refusal = { status: 400, code: 20001, message: error.message };
          answer(response, refusal.status, JSON.stringify(refusal), JSON_TYPE);
        }
      },
    },
  ];
  const match = createMatcher(routes);

  return {
    tell,
    handle: (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
      const found = match(request.method ?? 'GET', pathname);
      if (typeof found !== 'object') return refuse(response, pathname, allowed(routes, pathname));
      const [sid = ''] = Object.values(found.params);
      void Promise.resolve(found.route.run(request, response, sid)).catch(() => response.destroy());
    },
  };
}

const JSON_TYPE = { 'content-type': 'application/json;charset=utf-8' };

/** When somebody looks, and once for all worlds of a process: `npm run say` needs no page. */
let built: Promise<PageFiles> | undefined;

async function giveFile(
  file: keyof PageFiles,
  type: string,
  { headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  built ??= buildPage();
  const text = (await built)[file];
  const head = { 'content-type': type, vary: 'accept-encoding' };
  // Whoever looks over a network (--host) gets a third of it.
  const small = /\bgzip\b/.test(String(headers['accept-encoding']));
  if (small) answer(response, 200, gzipSync(text), { ...head, 'content-encoding': 'gzip' });
  else answer(response, 200, text, head);
}

/** Browsers ask for HTML by name; `curl`, `fetch` and SDKs take anything. */
function asksForHtml(request: IncomingMessage): boolean {
  return request.headers.accept?.includes('text/html') ?? false;
}

/** The methods that there are for a path. */
function allowed(routes: readonly PageRoute[], path: string): readonly string[] {
  const methods = [...new Set(routes.map(({ method }) => method))];
  const match = createMatcher(routes);
  return methods.filter((method) => typeof match(method, path) === 'object');
}

function refuse(response: ServerResponse, path: string, methods: readonly string[]): void {
  const isThere = methods.length > 0;
  const body = routeRefusal(path, isThere);
  const allow = isThere ? { allow: methods.join(', ') } : {};
  answer(response, body.status, JSON.stringify(body), { ...JSON_TYPE, ...allow });
}

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
