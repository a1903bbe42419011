import { ruleById } from '../rule-by-id.ts';
import { type CheckedFile, valuesUnder } from './checked-file.ts';
import { asMapping } from './file-names.ts';

/** Every question has an answer, and whatever is `after` a rule finds that it asks. */
export function checkQuestions({ book, rules, answers, given }: CheckedFile): void {
  const answered = new Set(valuesUnder(given, 'after', 'unless'));
  const asking = new Set(
    given.filter((rule) => has(asMapping(rule)['then'], 'wait')).map((rule) => asMapping(rule)['id']),
  );
  for (const { when, whenSpot } of answers) {
    for (const [item, id] of (when?.after ?? []).entries()) {
      // Where "wait" is there and yet nothing waits, that was told already.
      if (ruleById(book, id)?.waits !== undefined || asking.has(id)) continue;
      whenSpot
        .at('after', item)
        .problem(`The rule "${id}" asks nothing. Add "wait" to its last text, or name another rule.`);
    }
  }
  for (const { rule, spot } of rules) {
    if (rule.waits === undefined || answered.has(rule.id)) continue;
    spot
      .at('id')
      .problem(
        `Nobody answers the question of "${rule.id}". Add a rule with "after: ${rule.id}", or leave "wait" out.`,
      );
  }
}

function has(data: unknown, key: string): boolean {
  return !valuesUnder(data, key).next().done;
}
