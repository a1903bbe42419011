import type { RequestOptions } from '../../lib/handlers/context.ts';
import type { Outside } from '../../lib/handlers/outside.ts';
import { parseUrl, readRequest } from '../../lib/handlers/read-request.ts';
import type { Clock } from '../../lib/ports.ts';
import { toMs } from '../../lib/rules/compile/to-ms.ts';
import { StageError } from '../play/stage-error.ts';

/** What a service answers: JSON, or all of it where a function says so. What is a promise is waited for. */
export type Recorded =
  | object
  | Promise<unknown>
  | string
  | number
  | boolean
  | null
  | undefined
  // `unknown` would hide from the compiler what a function is given.
  | ((request: RecordedRequest) => RecordedAnswer | Promise<RecordedAnswer>);

/** How it is asked; the method in capitals. */
export type RecordedRequest = RequestOptions & { readonly url: string };

export interface RecordedAnswer {
  /** @default 200 */
  readonly status?: number;
  /** JSON, unless it is a text. */
  readonly body?: unknown;
  /** How long it takes in the conversation's time: a number and s, m, h or d, such as `3s`. */
  readonly after?: string;
}

/** Answers for handlers, and what was asked for that has none. */
export interface RecordedOutside {
  readonly outside: Outside;
  /** @throws StageError where a URL was asked for that has no answer, or none that can be given */
  readonly check: () => void;
}

/** @param answers by URL; undefined for one of which the service knows nothing (404) */
export function recordedOutside(
  answers: Readonly<Record<string, Recorded>>,
  { sleep }: Pick<Clock, 'sleep'>,
): RecordedOutside {
  let fault: string | undefined;
  return {
    outside: async (url, options) => {
      // What no service would be asked is not answered here either.
      parseUrl(url, true);
      const { method } = readRequest(options);
      if (!Object.hasOwn(answers, url)) {
        const known = Object.keys(answers).join(', ') || 'none';
        fault =
          `A handler asks ${url}, and no answer is recorded for that. Those there are: ${known}. ` +
          `Write: json: { '${url}': { … } }`;
        throw new StageError(fault);
      }
      const { status = 200, body, after } = await answerOf(answers[url], { ...options, method, url });
      if (after !== undefined) {
        const ms = toMs(after);
        if (ms === undefined) {
          fault = `The answer of ${url} comes after "${after}", which is not a duration. ${DURATION}`;
          throw new StageError(fault);
        }
        await sleep(ms);
      }
      const text = body === undefined ? '' : isText(body) ? body : JSON.stringify(body);
      return { status, headers: {}, body: text };
    },
    check: () => {
      if (fault !== undefined) throw new StageError(fault);
    },
  };
}

/** How a duration is written, for who wrote something else. */
export const DURATION = 'Write a number and s, m, h or d, such as 90m or 2d.';

async function answerOf(recorded: Recorded, request: RecordedRequest): Promise<RecordedAnswer> {
  if (typeof recorded === 'function')
    return (recorded as (asked: RecordedRequest) => RecordedAnswer | Promise<RecordedAnswer>)(request);
  const body: unknown = await recorded;
  if (body === undefined) return { status: 404 };
  return { body: isText(body) ? JSON.stringify(body) : body };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
