/**
 * What AWS charges in us-east-1, in US dollars, without taxes and without any free tier. Of November 2026, by our memory
 * of the pages beside them, and none of it from a bill: look before you lean on one, and date what you change.
 */
export const AWS_PRICES = {
  dated: '2026-11',
  /** A request of an HTTP API, up to 512 KB, the first 300 million a month. https://aws.amazon.com/api-gateway/pricing/ */
  apiRequest: 1e-6,
  /** https://aws.amazon.com/lambda/pricing/ */
  lambda: {
    invocation: 0.2e-6,
    /** On arm64. */
    gbSecond: 0.0000133334,
  },
  /** A request to a FIFO queue, up to 64 KB; one that finds nothing is one, too. https://aws.amazon.com/sqs/pricing/ */
  sqsRequest: 0.5e-6,
  /** On demand. https://aws.amazon.com/dynamodb/pricing/on-demand/ */
  dynamoDb: {
    /** 4 KB of an item, read consistently. */
    readUnit: 0.125e-6,
    /** 1 KB of an item. */
    writeUnit: 0.625e-6,
    /** A GB and month, with point-in-time recovery. */
    gigabyte: 0.25 + 0.2,
  },
  /** A GB taken in; kept for a month, compressed to about a sixth, it costs a hundredth of that. https://aws.amazon.com/cloudwatch/pricing/ */
  logGigabyte: 0.5,
  /** https://aws.amazon.com/secrets-manager/pricing/ */
  secrets: {
    /** A month. */
    secret: 0.4,
    request: 5e-6,
  },
  /** A month. https://aws.amazon.com/cloudwatch/pricing/ */
  cloudWatch: {
    /** One metric that an alarm of standard resolution watches; metric math over four watches four. */
    alarmMetric: 0.1,
    /** A metric that is not AWS's own, or one value of its dimension; the first 10,000. */
    metric: 0.3,
    dashboard: 3,
  },
} as const;
