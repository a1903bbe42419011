import { AWS_PRICES } from '../../build/aws-prices.ts';
import type { CountedMessages, CountedReconciler } from './count-calls.ts';
import type { Calls } from './start-wire.ts';

export type Counted = CountedMessages & CountedReconciler;

/** What cannot be counted without AWS and without knowing who writes; each is in the arithmetic that is printed. */
export const ASSUMED = {
  /** Messages of a customer in a conversation on one day. */
  messagesPerTalk: 5,
  /** Of those, how many are the first of a quarter of an hour. */
  quartersPerTalk: 2,
  /** How long receive takes, and reply, which waits for Twilio most of the time; in seconds. */
  receiveSeconds: 0.03,
  replySeconds: 0.35,
  /** A run of the reconciler that finds nothing to do (docs/scale.md); in seconds. */
  reconcileSeconds: 0.1,
  /** A look at a conversation, which waits for a page of Twilio's; ten are under way at once. */
  lookSeconds: 0.15 / 10,
  /** Looks at a conversation on the day somebody writes in it: twelve in the hour after, and three later. */
  looksPerTalk: 15,
  /** memorySize in serverless.yml. */
  gigabytes: 0.5,
  /** Records live for 30 days; a message has one of so many bytes. */
  recordBytes: 900,
  /** Warm containers, three at least, each of which reads its secret every five minutes. */
  containersPerMillion: 0.3,
  /** Lambda waits at the queue with five receives of twenty seconds each, whether or not anything comes. */
  pollsPerHour: (5 * 3_600) / 20,
} as const;

const HOURS = 730;
const MILLION = 1e6;
/** Looks in the hour that `activeHour` counts. */
const LOOKS_AN_HOUR = 12;

/** One line of the arithmetic. */
export interface Cost {
  readonly what: string;
  readonly amount: number;
  /** Of one of the amount. */
  readonly dollars: number;
}

/** What a month of so many messages costs, each answered by one text. Without what stands still: that is `fixedCosts`. */
export function monthOf(messages: number, counted: Counted): readonly Cost[] {
  const { apiRequest, lambda, sqsRequest, dynamoDb, logGigabyte, secrets } = AWS_PRICES;
  const talks = messages / ASSUMED.messagesPerTalk;
  const { receive, oneText, activeMark, idleHour, activeHour } = counted;
  const per = (pick: (calls: Calls) => number) => ({
    message: pick(receive) + pick(oneText),
    mark: pick(activeMark),
    hour: pick(idleHour),
    talk: (pick(activeHour) * ASSUMED.looksPerTalk) / LOOKS_AN_HOUR,
  });
  const sum = ({ message, mark, hour, talk }: ReturnType<typeof per>) =>
    message * messages + mark * talks * ASSUMED.quartersPerTalk + hour * HOURS + talk * talks;
  const runs = HOURS * 60;
  const seconds =
    messages * (ASSUMED.receiveSeconds + ASSUMED.replySeconds) +
    runs * ASSUMED.reconcileSeconds +
    talks * ASSUMED.looksPerTalk * ASSUMED.lookSeconds;
  const containers = Math.max(3, (messages / MILLION) * ASSUMED.containersPerMillion);
  return [
    { what: 'requests of the API', amount: messages, dollars: apiRequest },
    { what: 'invocations', amount: 2 * messages + runs, dollars: lambda.invocation },
    { what: 'GB-seconds', amount: seconds * ASSUMED.gigabytes, dollars: lambda.gbSecond },
    {
      what: 'requests of SQS',
      amount: sum(per(requestsOfSqs)) + ASSUMED.pollsPerHour * HOURS,
      dollars: sqsRequest,
    },
    { what: 'read units', amount: sum(per(({ readUnits }) => readUnits)), dollars: dynamoDb.readUnit },
    { what: 'write units', amount: sum(per(({ writeUnits }) => writeUnits)), dollars: dynamoDb.writeUnit },
    { what: 'GB kept', amount: (messages * ASSUMED.recordBytes) / 1e9, dollars: dynamoDb.gigabyte },
    { what: 'GB of logs', amount: sum(per(({ logBytes }) => logBytes)) / 1e9, dollars: logGigabyte },
    { what: 'reads of secrets', amount: containers * 12 * HOURS, dollars: secrets.request },
  ];
}

/** What a month costs however many write, beside alarms, metrics and dashboard. */
export function fixedCosts(): readonly Cost[] {
  return [{ what: 'secrets', amount: 2, dollars: AWS_PRICES.secrets.secret }];
}

export function totalOf(costs: readonly Cost[]): number {
  return costs.reduce((sum, { amount, dollars }) => sum + amount * dollars, 0);
}

/** Requests to Twilio in a month, by what is asked for. */
export function twilioRequests(messages: number, { oneText, idleHour, activeHour }: Counted): number {
  const talks = messages / ASSUMED.messagesPerTalk;
  const looks = (requestsOfTwilio(activeHour) * ASSUMED.looksPerTalk) / LOOKS_AN_HOUR;
  return requestsOfTwilio(oneText) * messages + requestsOfTwilio(idleHour) * HOURS + looks * talks;
}

export function requestsOfSqs(calls: Calls): number {
  return countOf(calls, /Message/, /^(GET|POST) /);
}

export function requestsOfTwilio(calls: Calls): number {
  return countOf(calls, /^(GET|POST) /);
}

function countOf({ requests }: Calls, of: RegExp, but = /^$/): number {
  return Object.entries(requests)
    .filter(([name]) => of.test(name) && !but.test(name))
    .reduce((sum, [, count]) => sum + count, 0);
}
