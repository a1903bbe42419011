import type { Guard } from './guard.ts';
import { givenBackBy, isQuiet } from './handover.ts';

/**
 * Time runs from the person's DateCreated to the customer's, never by our clock, so that a redelivery decides the
 * same. A person who wrote after the customer silences as well: they have answered.
 */
export const person: Guard = {
  reason: 'person',
  says: 'A person has written here, so the bot keeps quiet for a while (quiet_after_person in the rules).',
  stops: (asked) => {
    const { at, conversation, quietAfterPersonMs } = asked;
    return isQuiet(conversation.personAt, at, { quietAfterPersonMs, givenBackAt: givenBackBy(asked) });
  },
};
