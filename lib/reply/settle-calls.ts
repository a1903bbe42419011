import type { Asked, Called } from '../handlers/create-caller.ts';
import type { Clock } from '../ports.ts';
import type { PlainAction } from '../rules/actions/actions.ts';
import { MAX_CALL_MESSAGES } from '../rules/actions/call.ts';
import { isMessage } from '../rules/actions/is-message.ts';
import { beginAnswer, carryOut, type Drawn, type RenderContext, valuesOf } from '../rules/actions/render.ts';
import type { ReplyDecision, RuleBook, Share } from '../rules/types.ts';
import { type AskPorts, askHandler } from './ask-handler.ts';
import type { Claim } from './claim.ts';
import { TooManyMessagesError } from './too-many-messages-error.ts';

export interface CallPorts extends AskPorts {
  readonly rules: RuleBook;
  readonly clock: Pick<Clock, 'now'>;
  /** Absent where the bot has no handlers. */
  readonly call?: ((asked: Asked) => Promise<Called>) | undefined;
  /** What all calls of one event may take together, in milliseconds. */
  readonly callMs: number;
}

/** A decision without calls: in the place of each stands what its handler returned, or its `else`. */
export interface SettledDecision {
  readonly decision: ReplyDecision;
  readonly called: readonly Called[];
}

/**
 * Calls what a decision calls, in order, so that a call can be given what was remembered before it, and puts in its
 * place what was returned. From there on there is one way for what rules and what handlers say: `render`.
 * @throws what carrying out the rules' own actions throws (rules/actions/render.ts)
 */
export async function settleCalls(
  ports: CallPorts,
  claim: Claim,
  decision: ReplyDecision,
  context: RenderContext,
): Promise<SettledDecision> {
  const until = ports.clock.now() + ports.callMs;
  const called: Called[] = [];
  const shares: Share[] = [];
  let drawn = beginAnswer(context);
  let isAsked = true;
  for (const share of decision.shares) {
    const actions: PlainAction[] = [];
    const valuesAt = ({ remembered }: Drawn) => valuesOf(ports.rules, decision, share, context, remembered);
    const carryAll = (some: readonly PlainAction[]) =>
      some.reduce((before, one) => carryOut(one, before, valuesAt(before)), drawn);
    for (const action of share.actions) {
      let own: readonly PlainAction[] = action.kind === 'call' ? action.else : [action];
      isAsked = true;
      if (action.kind === 'call') {
        const asked = askHandler(ports, claim, action, share, valuesAt(drawn));
        const carryReturned = (some: readonly PlainAction[]) => checkCount(carryAll(some), drawn);
        const hasDied = !(await claim.tries.markCall(action.handler));
        const { call = noHandlers } = ports;
        const result: Called = await call({ ...asked, until, hasDied, check: carryReturned });
        called.push(result);
        isAsked = result.actions?.some(isMessage) === true;
        own = result.actions ?? own;
      }
      drawn = carryAll(own);
      actions.push(...own);
    }
    shares.push({ ...share, actions });
  }
  return { decision: withQuestion({ ...decision, shares }, isAsked), called };
}

async function noHandlers({ handler }: Asked): Promise<Called> {
  return { handler, ended: 'missing', ms: 0 };
}

function checkCount({ steps }: Drawn, before: Drawn): void {
  const count = steps.slice(before.steps.length).filter(isMessage).length;
  if (count > MAX_CALL_MESSAGES) throw new TooManyMessagesError(count, MAX_CALL_MESSAGES);
}

/** A question is asked by what is said last: where a handler failed, or said nothing, nothing was asked. */
function withQuestion(decision: ReplyDecision, isAsked: boolean): ReplyDecision {
  const { question, ...rest } = decision;
  return isAsked || question === undefined || !('opens' in question) ? decision : rest;
}
