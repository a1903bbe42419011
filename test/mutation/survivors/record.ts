import type { Survivor } from './survivor.ts';

export const RECORD: readonly Survivor[] = [
  {
    file: 'lib/record/conversation.ts',
    line: 'export function knownRole({ roles = [] }: ConversationRecord, participantSid: string, now: number) {',
    change: '[] → ["Stryker was here"]',
    reason: 'A text in the list is the role of nobody, as nothing is.',
  },
];
