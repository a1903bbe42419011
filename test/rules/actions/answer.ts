import type { ConversationEvent } from '../../../lib/event/event-types.ts';
import type { Rendered } from '../../../lib/rules/actions/render.ts';
import { render } from '../../../lib/rules/actions/render.ts';
import { compileRules } from '../../../lib/rules/compile/compile-rules.ts';
import { decide } from '../../../lib/rules/decide.ts';
import type { Memory } from '../../../lib/rules/memory.ts';
import { bookOf, messageAdded } from '../support.ts';

interface Beside {
  /** Keys of the file, a line each. */
  readonly top?: string;
  /** The conditions of the rule, in YAML's flow style. */
  readonly when?: string;
  readonly memory?: Memory;
  readonly event?: ConversationEvent;
}

const fileWith = (then: string, { top = '', when = '{}' }: Beside) =>
  `version: 1\n${top}\nrules:\n  - id: rule\n    when: ${when}\n    then: ${then}\n`;

/** What a rule that answers so does about a message. */
export function answer(then: string, body = 'hi', beside: Beside = {}): Rendered {
  const book = bookOf(fileWith(then, beside));
  const { memory = {}, event = messageAdded({ Body: body }) } = beside;
  const read = { participant: null, conversation: null };
  const decided = decide(book, event, memory, undefined, read);
  if (decided.outcome !== 'reply') throw new Error(`It is ${decided.outcome}.`);
  return render(book, decided, { event, now: Date.parse(messageAdded().DateCreated), memory, read });
}

/** What the check says of these actions, without the places. */
export function problemsOf(then: string, beside: Beside = {}): readonly string[] {
  const compiled = compileRules(fileWith(then, beside));
  return compiled.ok ? [] : compiled.problems.map(({ message }) => message);
}
