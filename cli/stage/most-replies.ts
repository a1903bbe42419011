/** What receive and reconcile may need at once, and half of the account where it has less than twice that. */
const OTHERS = 20;

/**
 * How many replies may be worked on at once in an account that runs `limit` functions at once, so that receive never
 * waits: a webhook that is throttled is lost, because Twilio does not send it again. A new account runs ten.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export function mostReplies(limit: number): number {
  return limit - Math.min(OTHERS, Math.ceil(limit / 2));
}
