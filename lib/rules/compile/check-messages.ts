import type { CheckedFile } from './checked-file.ts';
import { countMessages } from './count-messages.ts';

/** Messages that one message of a customer may cost. */
const MAX_MESSAGES = 10;

/** No answer is longer than ten messages, whatever it goes on to and whatever continues before it. */
export function checkMessages({ book, answers }: CheckedFile): void {
  const places = new Map(answers.map((answer) => [answer.id, answer]));
  for (const { rule, messages, alone } of countMessages(book)) {
    const most = Math.max(...Object.values(messages));
    if (most <= MAX_MESSAGES) continue;
    const others = most === alone ? '' : `, ${most - alone} of them by rules above that continue`;
    places
      .get(rule)
      ?.spot.problem(
        `This may answer one message with ${most}${others}; at most ${MAX_MESSAGES} are allowed. ` +
          'Say it in fewer, or shorten what is split.',
      );
  }
}
