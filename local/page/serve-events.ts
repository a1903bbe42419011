import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Journal } from './create-journal.ts';
import type { Timed } from './page-event.ts';

export interface EventsOptions {
  readonly journal: Journal;
  /** Tells one run of the world from another: the numbers of the one mean nothing to the other. */
  readonly run: string;
  /** Comes before everything. */
  readonly hello: () => Timed;
  /** Comes when everything so far has been told. */
  readonly caughtUp: () => Timed;
}

const RECONNECT_MS = 500;

/**
 * Tells everything so far, then everything as it happens, as fast as the page reads. A page that was away goes on
 * where it was.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function serveEvents(
  { journal, run, hello, caughtUp }: EventsOptions,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  let last = lastSeen(request, run);
  let waiting = false;
  let behind = true;

  function pump(): void {
    if (waiting) return;
    for (const { number, event } of unseen()) {
      last = number;
      waiting = !write(event, `${run}-${number}`);
      if (waiting) return;
    }
    if (behind) write(caughtUp());
    behind = false;
  }

  function unseen() {
    const entries = journal.after(last);
    if (entries !== undefined && last !== 0) return entries;
    behind = true;
    write(hello());
    return journal.after(0) ?? [];
  }

  /** @returns false when the page has to read first */
  function write(event: Timed, id?: string): boolean {
    const line = id === undefined ? '' : `id: ${id}\n`;
    return response.write(`${line}data: ${JSON.stringify(shorten(event))}\n\n`);
  }

  response.write(`retry: ${RECONNECT_MS}\n\n`);
  response.on('drain', () => {
    waiting = false;
    pump();
  });
  response.on('close', journal.subscribe(pump));
  pump();
}

function lastSeen(request: IncomingMessage, run: string): number {
  const [seenRun, number] = String(request.headers['last-event-id'] ?? '').split('-');
  return seenRun === run ? Number(number) || 0 : 0;
}

const LONGEST_ANSWER = 4000;

/** Nobody reads a page of a hundred messages in a timeline. */
function shorten(event: Timed): Timed {
  if (event.kind !== 'request' || event.answer === undefined) return event;
  const text = JSON.stringify(event.answer);
  return text.length <= LONGEST_ANSWER ? event : { ...event, answer: `${text.slice(0, LONGEST_ANSWER)}…` };
}
