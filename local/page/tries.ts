import type { AnswerKind } from '../../lib/rules/match/conditions/answer.ts';
import type { When } from '../../lib/rules/types.ts';
import { samplePattern } from './sample-pattern.ts';

/** Messages that a rule is meant to take: what it asks for, as a customer might write it. Empty where no words matter. */
export function listTries(when: When): readonly string[] {
  if (!when.event.includes('onMessageAdded')) return [];
  return [
    ...(when.keyword ?? []),
    ...(when.near ?? []).map(({ written }) => written),
    ...(when.includes ?? []).map(({ written }) => written),
    ...(when.pattern ?? []).flatMap((source) => samplePattern(source) ?? []),
    ...(when.answer ?? []).flatMap((kind) => sampleAnswer(kind) ?? []),
  ];
}

function sampleAnswer(kind: AnswerKind): string | undefined {
  switch (kind.kind) {
    case 'number':
      return '7';
    case 'range':
      return kind.low ?? kind.high;
    case 'email':
      return 'ana@example.com';
    case 'phone':
      return '+15550100001';
    case 'yes':
    case 'no':
      return kind.kind;
    case 'text':
      return undefined;
  }
}
