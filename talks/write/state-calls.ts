import type { CalledNote } from '../../lib/record/message-record.ts';
import { isMessage } from '../../lib/rules/actions/is-message.ts';
import type { ReplyDecision } from '../../lib/rules/types.ts';
import { type PlayedTurn, sayWords } from './expect-answer.ts';
import type { DraftStep } from './write-talk.ts';

/**
 * The step that says what the handlers returned which a turn called: what was said, where nothing else can have said it.
 * Where it cannot be told, the talk asks for it when it is played.
 */
export function stateCalls(turn: PlayedTurn, called: readonly CalledNote[]): readonly DraftStep[] {
  const { decision } = turn;
  const [first, ...others] = called;
  if (decision?.outcome !== 'reply' || first === undefined) return [];
  const { handler, ended } = first;
  if (called.every((one) => one.ended !== 'returned'))
    return [['call', Object.fromEntries(called.map((one) => [one.handler, 'fails']))]];
  if (ended !== 'returned' || others.length > 0 || saysMore(decision)) return [];
  const returned = turn.created.map((message) => {
    const words = sayWords(turn, message);
    return typeof words === 'string' ? { text: words } : words;
  });
  return [['call', { [handler]: returned.length === 1 ? returned[0] : returned }]];
}

function saysMore({ shares }: ReplyDecision): boolean {
  return shares.some(({ actions }) => actions.some((action) => isMessage(action)));
}
