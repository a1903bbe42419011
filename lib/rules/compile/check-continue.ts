import { MAX_CONTINUED } from '../find-answer.ts';
import type { Facts } from '../match/read-facts.ts';
import type { RuleBook, When } from '../types.ts';
import { keywordsOf } from './check-keywords.ts';
import type { CheckedFile, PlacedRule } from './checked-file.ts';
import { mayMeet } from './relate-conditions.ts';
import { factsOf, takesWords } from './try-words.ts';

/** Those that are compared with each other, so that a file of thousands is checked as fast as any. */
const MAX_COMPARED = 64;

/** A rule that continues, with the messages that are its keywords. */
interface Speaker {
  readonly id: string;
  readonly when: When;
  /** Absent where it asks for no keyword. */
  readonly keywords?: readonly Facts[];
}

/** Notes the first rule that one message may meet after so many others that continue that it says nothing. */
export function checkContinue({ book, rules }: CheckedFile): void {
  const earlier: Speaker[] = [];
  for (const placed of rules) {
    const speaker = speakerOf(placed, book);
    if (speaker === undefined) continue;
    const before = findGroup([speaker], earlier);
    if (before !== undefined) {
      const names = before.map(({ id }) => `"${id}"`).join(', ');
      placed.spot
        .at('id')
        .note(
          `One message may meet ${names} and "${speaker.id}", which all continue, and at most ${MAX_CONTINUED} do: ` +
            'then this one says nothing. Say it in one of those, or let their conditions shut one another out.',
        );
      return;
    }
    earlier.push(speaker);
    if (earlier.length >= MAX_COMPARED) return;
  }
}

function speakerOf(placed: PlacedRule, book: RuleBook): Speaker | undefined {
  const { id, when, continues } = placed.rule;
  if (!continues || when === undefined) return undefined;
  const words = when.keyword === undefined ? undefined : keywordsOf(placed);
  const keywords = words?.map((word) => factsOf(book, word, when.after?.[0]));
  return { id, when, ...(keywords && { keywords }) };
}

/** As many of the earlier ones as may continue, all of which one message may meet together with `group`. */
function findGroup(
  group: readonly [Speaker, ...Speaker[]],
  earlier: readonly Speaker[],
): readonly Speaker[] | undefined {
  const [last, ...others] = group;
  if (others.length === MAX_CONTINUED) return others;
  for (const [index, one] of earlier.entries()) {
    if (!group.every((other) => meet(one, other))) continue;
    const found = findGroup([last, ...others, one], earlier.slice(index + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

function meet(one: Speaker, other: Speaker): boolean {
  return mayMeet(one.when, other.when) && mayHear(one, other.when) && mayHear(other, one.when);
}

/** Whether some message that is a keyword of the one has the words that the other asks for. */
function mayHear({ keywords }: Speaker, when: When): boolean {
  return keywords?.some((facts) => takesWords(when, facts)) ?? true;
}
