import type { Happening } from '../../emulator/index.ts';
import type { MemoryQueue } from '../../local/lambda/memory-queue.ts';
import type { ProcessName } from '../simulation/chaos.ts';
import type { Invocation } from '../simulation/lambda.ts';
import type { MetricName, Metrics } from './cloudwatch/metrics.ts';
import { filteredMetrics } from './metric-filters.ts';

/** AWS's own metrics, as far as the alarms use them, made from what happens in a simulated world. */
export interface AwsMetrics {
  /** An invocation has ended. */
  invoked(invocation: Invocation): void;
  /** An invocation was refused, at this time: the account's concurrency is used up. */
  throttled(name: ProcessName, at: number): void;
  /** Of what Twilio's service tells, a webhook that was answered is a request to the API. */
  happened(happening: Happening, at: number): void;
  /** A request was answered with this status. */
  answered(status: number, at: number): void;
  deleted(at: number): void;
  /** There is a dead letter that was moved then. */
  buried(at: number): void;
  /** A look at the queue, once a minute. */
  sample(queue: Pick<MemoryQueue, 'oldestSentAt' | 'deadLetters'>, at: number): void;
}

const FUNCTIONS: Readonly<Record<ProcessName, string>> = {
  receive: 'ReceiveLambdaFunction',
  reply: 'ReplyLambdaFunction',
  reconcile: 'ReconcileLambdaFunction',
};

export function createAwsMetrics(metrics: Metrics): AwsMetrics {
  const lambda = (name: ProcessName, metric: string): MetricName => ({
    namespace: 'AWS/Lambda',
    name: metric,
    dimensions: { FunctionName: FUNCTIONS[name] },
  });
  const api = (name: string): MetricName => ({
    namespace: 'AWS/ApiGateway',
    name,
    dimensions: { ApiId: 'HttpApi' },
  });
  const sqs = (queue: 'Queue' | 'DeadLetterQueue', name: string): MetricName => ({
    namespace: 'AWS/SQS',
    name,
    dimensions: { QueueName: queue },
  });

  /**
   * `4xx` and `5xx` are counted of the same requests as `Count`, by the API.
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
   */
  function answered(status: number, at: number): void {
    metrics.put(api('Count'), at, 1);
    metrics.put(api('4xx'), at, Number(status >= 400 && status < 500));
    metrics.put(api('5xx'), at, Number(status >= 500));
    for (const metric of filteredMetrics({ status: String(status) })) metrics.put(metric, at, 1);
  }

  /** When dead letters were moved that are not the queue's. */
  const buried: number[] = [];

  return {
    /**
     * Errors are dated by when the invocation began, and are 0 for those that succeed.
     * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
     */
    invoked: ({ name, at, ms, failed }) => {
      metrics.put(lambda(name, 'Invocations'), at, 1);
      metrics.put(lambda(name, 'Errors'), at, Number(failed));
      metrics.put(lambda(name, 'Duration'), at, ms);
    },
    throttled: (name, at) => metrics.put(lambda(name, 'Throttles'), at, 1),
    happened: (happening, at) => {
      if (happening.kind !== 'webhook.answered' || happening.outcome === 'dropped') return;
      // A function that does not answer is the API's 500, and one that is too slow its 503.
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html
      answered(happening.status ?? 500, at);
    },
    answered,
    buried: (at) => void buried.push(at),
    deleted: (at) => metrics.put(sqs('Queue', 'NumberOfMessagesDeleted'), at, 1),
    /**
     * Once a minute, from queues that are active: one that a function polls always is, one with messages too. The age
     * is only reported where there is a message, and of a dead letter begins when it was moved. What was inactive is
     * reported up to a quarter of an hour late.
     * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
     * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/monitoring-using-cloudwatch.html
     */
    sample: (queue, at) => {
      metrics.put(sqs('Queue', 'NumberOfMessagesDeleted'), at, 0);
      const oldest = queue.oldestSentAt();
      if (oldest !== undefined) metrics.put(sqs('Queue', AGE), at, Math.floor((at - oldest) / 1_000));
      const moved = [...buried, ...queue.deadLetters.map(({ sentAt }) => sentAt)];
      const first = moved[0];
      if (first === undefined || at - first < ACTIVATION_MS) return;
      metrics.put(sqs('DeadLetterQueue', 'ApproximateNumberOfMessagesVisible'), at, moved.length);
      metrics.put(sqs('DeadLetterQueue', AGE), at, Math.floor((at - first) / 1_000));
    },
  };
}

const AGE = 'ApproximateAgeOfOldestMessage';
const ACTIVATION_MS = 15 * 60_000;
