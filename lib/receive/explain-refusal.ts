import type { FormParams } from '../event/form-params.ts';
import type { LogFields } from '../log.ts';
import type { Clock } from '../ports.ts';
import { documentedNames } from '../webhook/parse-event.ts';

const EVERY_MS = 60_000;

/**
 * What helps to find out why a signature does not fit, at most once a minute: where the request came in, beside where
 * the configuration says it does, and which of Twilio's parameters it holds. Most often a URL is not, to the letter,
 * the one configured at Twilio; or something on the way has changed the form.
 *
 * Whoever sends requests decides what is in them, so nothing of theirs is told but a host and a path, which the log
 * cuts at 200 characters and writes as JSON, and names that Twilio's own pages hold. Values, other names and queries
 * are not.
 */
export function createExplainer({
  publicUrls,
  clock,
}: {
  readonly publicUrls: readonly string[];
  readonly clock: Pick<Clock, 'now'>;
}): (httpEvent: unknown, params: FormParams) => LogFields {
  const urls = publicUrls.map((url) => url.replace(/[?#].*/s, ''));
  let nextAt = Number.NEGATIVE_INFINITY;
  return (httpEvent, params) => {
    if (clock.now() < nextAt) return {};
    nextAt = clock.now() + EVERY_MS;
    const names = [...params.keys()];
    const parameters = names.filter((name) => documentedNames().has(name)).sort();
    return {
      ...whereItCameIn(httpEvent),
      urls,
      parameters,
      otherParameters: names.length - parameters.length,
    };
  };
}

/**
 * As the front door reports it: an HTTP API and a Function URL, a REST API, a load balancer. Never trusted: signatures
 * are checked against the configured URLs alone.
 */
function whereItCameIn(httpEvent: unknown): LogFields {
  const { requestContext, headers, multiValueHeaders, rawPath, path } = fieldsOf(httpEvent);
  const context = fieldsOf(requestContext);
  const host = [context['domainName'], headerOf(headers, 'host'), headerOf(multiValueHeaders, 'host')];
  return { host: host.find(isText), path: [rawPath, context['path'], path].find(isText) };
}

function headerOf(headers: unknown, name: string): unknown {
  const found = Object.entries(fieldsOf(headers)).find(([key]) => key.toLowerCase() === name);
  return [found?.[1]].flat()[0];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
