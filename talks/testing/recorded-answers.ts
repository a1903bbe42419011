import type { Answer, RequestOptions } from '../../lib/handlers/context.ts';
import type { Outside } from '../../lib/handlers/outside.ts';
import { parseUrl, readRequest } from '../../lib/handlers/read-request.ts';
import { StageError } from '../play/stage-error.ts';

/** What a service answers: JSON, or all of it where a function says so. */
export type Recorded = unknown | ((request: RequestOptions & { readonly url: string }) => RecordedAnswer);

export interface RecordedAnswer {
  /** @default 200 */
  readonly status?: number;
  /** JSON, unless it is a text. */
  readonly body?: unknown;
}

/** Answers for handlers, and what was asked for that has none. */
export interface RecordedOutside {
  readonly outside: Outside;
  /** @throws StageError where a URL was asked for that has no answer */
  readonly check: () => void;
}

/** @param answers by URL; undefined for one of which the service knows nothing (404) */
export function recordedOutside(answers: Readonly<Record<string, Recorded>>): RecordedOutside {
  let missing: string | undefined;
  return {
    outside: async (url, options) => {
      // What no service would be asked is not answered here either.
      parseUrl(url, true);
      const { method } = readRequest(options);
      if (!Object.hasOwn(answers, url)) {
        missing = url;
        throw new StageError('There is no recorded answer.');
      }
      return answerOf(answers[url], { ...options, method, url });
    },
    check: () => {
      if (missing === undefined) return;
      const known = Object.keys(answers).join(', ') || 'none';
      throw new StageError(
        `A handler asks ${missing}, and no answer is recorded for that. Those there are: ${known}. ` +
          `Write: json: { '${missing}': { … } }`,
      );
    },
  };
}

function answerOf(recorded: Recorded, request: RequestOptions & { readonly url: string }): Answer {
  const isWhole = typeof recorded === 'function';
  const given: RecordedAnswer = isWhole
    ? (recorded as (asked: typeof request) => RecordedAnswer)(request)
    : recorded === undefined
      ? { status: 404 }
      : { body: isText(recorded) ? JSON.stringify(recorded) : recorded };
  const { status = 200, body } = given;
  return { status, headers: {}, body: body === undefined ? '' : isText(body) ? body : JSON.stringify(body) };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
