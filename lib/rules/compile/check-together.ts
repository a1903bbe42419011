import type { CheckedFile } from './checked-file.ts';

/** Notes conditions on the words of a message that do not go together in one rule: all that a rule asks must hold. */
export function checkTogether({ answers }: CheckedFile): void {
  for (const { when, whenSpot } of answers) {
    if (when?.keyword === undefined) continue;
    if (when.near !== undefined) {
      whenSpot
        .at('near')
        .note(
          '"keyword" and "near" stand in one rule, and both must hold: "near" never takes a keyword, so this rule is ' +
            'never reached. Leave "keyword" out: "near" takes the word without a slip too.',
        );
    }
    if (when.includes !== undefined) {
      whenSpot
        .at('includes')
        .note(
          '"keyword" and "includes" stand in one rule, and both must hold: the whole message is the keyword, and ' +
            'includes this. For either of them write two rules; the second may go_to the first.',
        );
    }
  }
}
