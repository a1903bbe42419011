import { mostReplies } from '../../stage/most-replies.ts';
import type { Template } from '../template.ts';
import { type Check, problem } from './finding.ts';

/** Where reply may take all that the account runs at once, receive is throttled, and webhooks are lost. */
export const concurrency: Check = async ({ template, place, aws }) => {
  const cap = capOf(template);
  const limit = await aws.concurrency();
  const most = mostReplies(limit);
  if (cap <= most) return [];
  return [
    problem(
      `The account may run ${limit} functions at once in this region, and ${cap} replies alone would leave too few for receive, whose webhooks would be lost. Set MAX_CONCURRENCY to ${Math.max(most, LEAST)} in ${place}, or ask AWS for more (Service Quotas, Lambda, "Concurrent executions").`,
    ),
  ];
};

/** The event source takes no smaller cap. */
const LEAST = 2;

/** Without a cap reply may take all there is. */
function capOf({ Resources, Parameters = {} }: Template): number {
  const caps = Object.values(Resources).flatMap(({ Type, Properties = {} }) => {
    if (Type !== 'AWS::Lambda::EventSourceMapping') return [];
    const { MaximumConcurrency: cap } = (Properties['ScalingConfig'] ?? {}) as ScalingConfig;
    return [Number(typeof cap === 'object' ? Parameters[cap.Ref]?.Default : cap)];
  });
  return Math.max(...caps.map((cap) => (Number.isNaN(cap) ? Number.POSITIVE_INFINITY : cap)), 0);
}

interface ScalingConfig {
  readonly MaximumConcurrency?: number | { readonly Ref: string };
}
