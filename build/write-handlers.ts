import { everyAction } from '../lib/rules/every-answer.ts';
import type { Answerer } from '../lib/rules/find-answer.ts';
import { followGoTo } from '../lib/rules/follow-go-to.ts';
import type { ReplyAction, RuleBook } from '../lib/rules/types.ts';

type CallAction = Extract<ReplyAction, { readonly kind: 'call' }>;

/** A handler as the rules call it. */
interface Call {
  readonly events: Set<string>;
  readonly names: readonly string[];
}

/**
 * What bot/handlers.generated.ts holds: the handlers, where a rule calls one, and for the compiler what the rules say of
 * them.
 */
export function handlersModule(book: RuleBook): string {
  const calls = callsOf(book);
  const templates = Object.entries(book.templates).map(([name, { variables }]) => [name, union(variables)]);
  const called = [...calls].map(([name, { events, names }]) => [
    name,
    `{ readonly with: ${union(names)}; readonly event: ${union([...events])} }`,
  ]);
  return [
    '// Written by `npm run build` from rules.yaml. Edit that file instead.',
    ...(calls.size > 0
      ? ["export { default as handlers } from './handlers.ts';"]
      : [
          "import type { Handlers } from '../lib/handlers/define-handlers.ts';",
          '',
          'export const handlers: Handlers | undefined = undefined;',
        ]),
    '',
    "declare module '../lib/handlers/bot.ts' {",
    '  interface Bot {',
    ...mapping('templates', templates),
    ...mapping('calls', called),
    `    readonly remembered: ${union(rememberedIn(book))};`,
    '  }',
    '}',
    '',
  ].join('\n');
}

function mapping(name: string, entries: readonly (readonly string[])[]): readonly string[] {
  if (entries.length === 0) return [`    readonly ${name}: Readonly<Record<never, never>>;`];
  return [
    `    readonly ${name}: {`,
    ...entries.map(([key, type]) => `      readonly ${JSON.stringify(key)}: ${type};`),
    '    };',
  ];
}

function union(names: readonly string[]): string {
  return names.length === 0 ? 'never' : names.map((name) => JSON.stringify(name)).join(' | ');
}

/** By the event that leads to each, on whatever way; where none does, as to what only a program asks, a message. */
function callsOf(book: RuleBook): ReadonlyMap<string, Call> {
  const calls = new Map<string, Call>();
  const add = ({ handler, values }: CallAction, events: readonly string[]) => {
    const call = calls.get(handler) ?? { events: new Set(), names: Object.keys(values) };
    for (const event of events) call.events.add(event);
    calls.set(handler, call);
  };
  for (const answerer of answerersOf(book)) {
    const events = answerer.when?.event ?? ['onMessageAdded'];
    for (const action of followGoTo(book, answerer).actions.filter(isCall)) add(action, events);
  }
  for (const action of everyAction(book).filter(isCall)) {
    if (!calls.has(action.handler)) add(action, ['onMessageAdded']);
  }
  return calls;
}

function answerersOf({ rules, otherwise = [] }: RuleBook): readonly Answerer[] {
  const items = [...rules.flatMap((rule) => rule.otherwise ?? []), ...otherwise];
  return [
    ...rules
      .filter(({ when }) => when !== undefined)
      .map((rule): Answerer => ({ ...rule, rule, from: 'rules' })),
    ...items.map((item): Answerer => ({ ...item, from: 'file' })),
  ];
}

function rememberedIn(book: RuleBook): readonly string[] {
  return [
    ...new Set(
      everyAction(book)
        .filter(isCall)
        .flatMap(({ remembers }) => remembers),
    ),
  ];
}

function isCall(action: ReplyAction): action is CallAction {
  return action.kind === 'call';
}
