import type { ConversationEvent } from '../../../../lib/event/event-types.ts';
import type { Decision } from '../../../../lib/rules/types.ts';
import type { DecisionStep } from '../model/model.ts';

/** Whether the rules decided, so that they decide the same again. A guard goes by the conversation and the hour too. */
export function isByRules(decision: Decision): boolean {
  return decision.outcome !== 'suppressed' || decision.guard !== true;
}

/** A test that holds the rules to what they (`isByRules`) decided about an event; for test/bot/. */
export function makeConversationTest({ event, decision }: Pick<DecisionStep, 'event' | 'decision'>): string {
  return `import { expect, it } from 'vitest';
import { loadRules } from '../../build/load-rules.ts';
import { decide } from '../../lib/rules/decide.ts';
import type { ConversationEvent } from '../../lib/event/event-types.ts';

it(${JSON.stringify(nameTest(event, decision))}, async () => {
  const rules = await loadRules('bot/rules.yaml');
  if (!rules.ok) throw new Error('npx parley rules check says what is wrong');
  const event: ConversationEvent = ${literal(event)};
  expect(decide(rules.book, event)).toMatchObject(${literal(expected(decision))});
});
`;
}

function nameTest(event: ConversationEvent, decision: Decision): string {
  const said = event.EventType === 'onMessageAdded' ? event.Body : event.EventType;
  const verdict = 'rule' in decision ? decision.rule : decision.outcome;
  return `meets ${JSON.stringify(said)} with ${verdict}`;
}

/** What a later change of the rules should not change unnoticed: which rule, and what it does. */
function expected(decision: Decision): object {
  switch (decision.outcome) {
    case 'reply': {
      const { outcome, rule, shares } = decision;
      return { outcome, rule, shares };
    }
    case 'ignored':
      return { outcome: decision.outcome, rule: decision.rule };
    case 'suppressed':
      return { outcome: decision.outcome, reason: decision.reason };
    case 'no_rule':
      return { outcome: decision.outcome };
  }
}

/**
 * JSON is TypeScript, two spaces further in; names lose the quotes that they need not have. But for one: `__proto__`,
 * which Attributes may hold, names a property only in brackets.
 */
function literal(value: unknown): string {
  return JSON.stringify(value, undefined, 2)
    .replace(/^( *)"__proto__":/gm, '$1["__proto__"]:')
    .replace(/^( *)"([A-Za-z_$][\w$]*)":/gm, '$1$2:')
    .replaceAll('\n', '\n  ');
}
