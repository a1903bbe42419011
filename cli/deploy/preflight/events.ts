import { answeredEvents } from '../../../lib/rules/answered-events.ts';
import { parleyLine } from '../../stage/suggest.ts';
import { type Check, note, problem } from './finding.ts';

/** What the rules wait for and Twilio does not send never happens. */
export const events: Check = async ({ book, given, deployed }) => {
  const needed = [...answeredEvents(book)];
  if (needed.length === 0) {
    return [
      problem('The rules answer no event, so the bot would never say anything. Write one (docs/rules.md).'),
    ];
  }
  const before = deployed?.template.Metadata?.parley?.events;
  const added = before === undefined ? [] : needed.filter((event) => !before.includes(event));
  if (added.length === 0) return [];
  return [
    note(
      `The rules wait for ${added.join(' and ')} now, which Twilio does not send yet: ${parleyLine('webhooks set', { given })}`,
    ),
  ];
};
