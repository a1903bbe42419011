import type { PlainAction, ReplyAction } from './actions.ts';

/** What is carried out where nobody is asked: a call's `else`. */
export function withoutCalls(actions: readonly ReplyAction[]): readonly PlainAction[] {
  return actions.flatMap((action) => (action.kind === 'call' ? action.else : [action]));
}
