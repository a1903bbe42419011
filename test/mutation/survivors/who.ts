import type { Survivor } from './survivor.ts';

export const WHO: readonly Survivor[] = [
  {
    file: 'lib/guards/who.ts',
    line: "return event.EventType === 'onParticipantAdded' ? tellJoiner(event, clues) : 'customer';",
    change: "event.EventType === 'onParticipantAdded' → true",
    reason:
      'Of the events that rules answer, only a participant has an Identity; without one it is a customer.',
  },
  {
    file: 'lib/guards/who.ts',
    line: 'return Boolean(found?.messaging_binding?.type) && !found?.identity;',
    change: 'found?.identity → found.identity',
    reason: 'What has a binding is not undefined; the compiler does not know that.',
  },
];
