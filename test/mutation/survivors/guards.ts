import type { Survivor } from './survivor.ts';

export const GUARDS: readonly Survivor[] = [
  {
    file: 'lib/guards/budget.ts',
    line: 'const [latest, replies] = live.at(-1) ?? [];',
    change: '[] → ["Stryker was here"]',
    reason: 'Neither nothing nor a text is the number of a stretch.',
  },
  {
    file: 'lib/guards/budget.ts',
    line: 'const SILENT: Spoken = { taps: [], minute: [], hour: [], day: [] };',
    change: '[] → ["Stryker was here"]',
    reason: 'A text is not a stretch that any window reaches.',
  },
  {
    file: 'lib/guards/budget.ts',
    line: 'const SILENT: Spoken = { taps: [], minute: [], hour: [], day: [] };',
    change: '[] → ["Stryker was here"]',
    reason: 'A text is not a stretch that any window reaches.',
  },
  {
    file: 'lib/guards/budget.ts',
    line: 'const SILENT: Spoken = { taps: [], minute: [], hour: [], day: [] };',
    change: '[] → ["Stryker was here"]',
    reason: 'A text is not a stretch that any window reaches.',
  },
  {
    file: 'lib/guards/budget.ts',
    line: 'const SILENT: Spoken = { taps: [], minute: [], hour: [], day: [] };',
    change: '[] → ["Stryker was here"]',
    reason: 'A text is not a stretch that any window reaches.',
  },
  {
    file: 'lib/guards/guards.ts',
    line: 'if (stops === true || (stops !== false && (await stops))) return guard;',
    change: 'stops === true → false',
    reason: 'The comparisons only spare waiting: awaited, true and false are what they are.',
  },
  {
    file: 'lib/guards/guards.ts',
    line: 'if (stops === true || (stops !== false && (await stops))) return guard;',
    change: 'stops !== false → true',
    reason: 'The comparisons only spare waiting: awaited, true and false are what they are.',
  },
  {
    file: 'lib/guards/guards.ts',
    line: 'if (stops === true || (stops !== false && (await stops))) return guard;',
    change: 'false → true',
    reason: 'The comparisons only spare waiting: awaited, true and false are what they are.',
  },
  {
    file: 'lib/guards/handover.ts',
    line: 'if (personAt === undefined || quietAfterPersonMs === 0) return false;',
    change: 'personAt === undefined → false',
    reason:
      'The difference to undefined is not a number, and so not less than anything; the check is for the compiler.',
  },
  {
    file: 'lib/guards/own-author.ts',
    line: "(event.EventType === 'onMessageAdded' && event.Author === botAuthor) ||",
    change: "event.EventType === 'onMessageAdded' → true",
    reason: 'Of the events that rules answer, only a message has an Author; the check is for the compiler.',
  },
  {
    file: 'lib/guards/own-author.ts',
    line: "(event.EventType === 'onParticipantAdded' && event.Identity === botAuthor),",
    change: "event.EventType === 'onParticipantAdded' → true",
    reason:
      'Of the events that rules answer, only a participant has an Identity; the check is for the compiler.',
  },
  {
    file: 'lib/guards/repeated-text.ts',
    line: 'const isRecent = lastAt !== undefined && at - lastAt < REPEATED_WITHIN_MS;',
    change: 'lastAt !== undefined → true',
    reason:
      'The difference to undefined is not a number, and so not less than anything; the check is for the compiler.',
  },
];
