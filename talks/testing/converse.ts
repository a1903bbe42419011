import type { Channel } from '../../lib/event/channels.ts';
import { parseNames } from '../../lib/guards/names.ts';
import { createCaller } from '../../lib/handlers/create-caller.ts';
import type { Handlers } from '../../lib/handlers/define-handlers.ts';
import { createLeftErrors } from '../../lib/handlers/left-errors.ts';
import { memoryOf } from '../../lib/record/memory.ts';
import { compileRules } from '../../lib/rules/compile/compile-rules.ts';
import { RulesError } from '../../lib/rules/compile/rules-error.ts';
import { toMs } from '../../lib/rules/compile/to-ms.ts';
import { liveMemory } from '../../lib/rules/live-memory.ts';
import type { Decision, RuleBook } from '../../lib/rules/types.ts';
import { answerOf } from '../play/answer-of.ts';
import type { Said } from '../play/list-said.ts';
import { offeredTitles } from '../play/offered-titles.ts';
import { personsOf } from '../play/persons-of.ts';
import { SILENT } from '../play/silent-log.ts';
import { ADDRESS, createStage, PROGRAM } from '../play/stage.ts';
import { StageError } from '../play/stage-error.ts';
import { NO_RULE, startBot } from '../play/start-bot.ts';
import { BEFORE_WRITING_MS } from '../play/to-moments.ts';
import { DEFAULT_AT } from '../read/read-talks.ts';
import type { Attributes, Happening } from '../talk.ts';
import { createOwnTime } from './own-time.ts';
import { DURATION, type Recorded, recordedOutside } from './recorded-answers.ts';
import { seededRandom } from './seeded-random.ts';

export interface BotUnderTest {
  /** What the build makes of bot/rules.yaml (bot/rules.generated.ts), or the text of such a file. */
  readonly rules: RuleBook | string;
  /** The default export of bot/handlers.ts. Without it every call ends in its `else`. */
  readonly handlers?: Handlers;
}

export interface ConverseOptions {
  /** @default whatsapp */
  readonly channel?: Channel;
  /** When it begins, in milliseconds since the epoch. @default Monday, 5 January 2026, 10:00 UTC */
  readonly at?: number;
  /** Attributes of the customer and of the conversation at Twilio. */
  readonly participant?: Attributes;
  readonly conversation?: Attributes;
  /** Chat identities of your people, beside those whom rules invite. */
  readonly agents?: readonly string[];
  /** What services answer, by URL. What is asked for and is not there fails the test. */
  readonly json?: Readonly<Record<string, Recorded>>;
  /** What `Math.random` and the global `crypto` give to handlers follows from it, the same in each run. @default 1 */
  readonly seed?: number;
  /**
   * How long a handler that does something with the machine itself, such as reading a file, is waited for, in
   * milliseconds of the machine's time; then its call ends `late`.
   * @default 2000
   */
  readonly patienceMs?: number;
}

/** What the bot made of what happened. */
export interface Turn {
  /** What it says, in order: texts as texts, templates by their names. */
  readonly replies: readonly Said[];
  /** Why it says nothing; undefined where it answered. */
  readonly reason: string | undefined;
  readonly decision: Decision;
  /** The handlers that were called, and how that ended: `returned`, or why the rule's `else` was done. */
  readonly called: readonly { readonly handler: string; readonly ended: string; readonly problem?: string }[];
}

/** A conversation of one customer with a bot. What it says is known once what is done is awaited. */
export interface Conversation {
  /** The customer writes. */
  says(text: string): Promise<Turn>;
  /** The customer taps what the bot has offered. @throws StageError for anything else */
  taps(title: string): Promise<Turn>;
  /** The customer sends a file of this type. */
  sends(type: string, text?: string): Promise<Turn>;
  /** One of your people writes; `agents` names them. */
  agent(identity: string, text: string): Promise<Turn>;
  /** So much time passes: a number and s, m, h or d, such as `2h`. While a handler waits, time passes by itself. */
  waits(duration: string): void;
  /** Of the latest turn. */
  readonly replies: readonly Said[];
  /** Of the latest turn. */
  readonly decision: Decision | undefined;
  /** What is remembered by now, by name. */
  readonly memory: Readonly<Record<string, string>>;
}

/** Less than what a test may take in vitest, so that it ends with what is wrong. */
const PATIENCE_MS = 2000;

/**
 * A conversation with a bot and its handlers, without Twilio, AWS and network, from what happens to what is noted of it:
 * the code is that of Lambda, but for the sending. It has a time of its own, `Date` and timers of handlers included, which passes
 * while they wait; so one that takes too long is late at once. What is drawn in it follows from the `seed`.
 * @throws RulesError for rules that cannot be used
 * @example
 * ```ts
 * import { deepEqual } from 'node:assert/strict';
 * import { handlers, text } from 'parley';
 * import { converse } from 'parley/testing';
 *
 * interface OwnBot {
 *   readonly calls: { readonly look: { readonly with: 'number'; readonly event: 'onMessageAdded' } };
 * }
 * const rules = `version: 1
 * rules:
 *   - id: order
 *     when: { pattern: '^order (?<number>\\d{1,9})$' }
 *     then: { call: look, with: { number: '{{ match.number }}' }, else: { text: Not now. } }
 * `;
 * const bot = {
 *   rules,
 *   handlers: handlers<OwnBot>({
 *     look: async ({ number }, { json }) => {
 *       const order = await json<{ day: string }>(`https://shop.example/orders/${number}`);
 *       return text(order ? `It comes on ${order.day}.` : 'There is no such order.');
 *     },
 *   }),
 * };
 *
 * const customer = converse(bot, { json: { 'https://shop.example/orders/7': { day: 'Monday' } } });
 * const { replies } = await customer.says('order 7');
 * deepEqual(replies, [{ rule: 'order', kind: 'text', text: 'It comes on Monday.' }]);
 * ```
 */
export function converse(bot: BotUnderTest, options: ConverseOptions = {}): Conversation {
  const book = bookOf(bot.rules);
  const {
    channel = 'whatsapp',
    at = DEFAULT_AT,
    participant = {},
    conversation = {},
    json = {},
    agents = [],
    seed = 1,
    patienceMs = PATIENCE_MS,
  } = options;
  const persons = new Set([...agents, ...personsOf({ steps: [] }, book)]);
  const stage = createStage({ channel, startsAt: at, attributes: { participant, conversation } }, persons);
  const time = createOwnTime(stage, seededRandom(seed));
  const recorded = recordedOutside(json, time.clock);
  const leftErrors = createLeftErrors();
  let called: Turn['called'] = [];
  const caller = createCaller({
    handlers: bot.handlers ?? {},
    outside: recorded.outside,
    clock: time.clock,
    log: SILENT,
    leftErrors,
  });
  const call: typeof caller = async (asked) => {
    // An error that a handler leaves after its end is for whoever runs the test.
    const letGo = leftErrors.hold(process);
    const one = await time.during(patienceMs, () => caller(asked)).finally(letGo);
    const { handler, ended, problem } = one;
    called = [...called, { handler, ended, ...(problem === undefined ? {} : { problem }) }];
    return one;
  };
  const names = { agents: parseNames([...persons]), programs: parseNames([PROGRAM]) };
  const running = startBot(book, names, stage, call);
  const offered = new Set<string>();
  let latest: Turn | undefined;

  async function happens(happening: Happening): Promise<Turn> {
    time.pass(BEFORE_WRITING_MS);
    called = [];
    const heard = await running.hear(stage.tell(happening, 0));
    recorded.check();
    latest = { replies: [], reason: 'no_rule', decision: NO_RULE, called };
    if (heard === undefined) return latest;
    const sid = 'ParticipantSid' in heard.event ? heard.event.ParticipantSid : '';
    const read = {
      participant: await stage.read.participant(ADDRESS, sid),
      conversation: await stage.read.conversation(ADDRESS),
    };
    const { said, reason } = answerOf(heard, book, read);
    for (const title of offeredTitles(book, happening, said)) offered.add(title);
    latest = { replies: said, reason, decision: heard.decision, called };
    return latest;
  }

  return {
    says: (text) => happens({ does: 'says', text, media: [], before: false }),
    taps: async (title) => {
      if (offered.has(title)) return happens({ does: 'taps', title });
      const those =
        offered.size === 0 ? 'Nothing can be tapped.' : `Those there are: ${[...offered].join(', ')}.`;
      throw new StageError(`The bot has offered nothing called ${JSON.stringify(title)} to tap. ${those}`);
    },
    sends: (type, text = '') => happens({ does: 'says', text, media: [type], before: false }),
    agent: (identity, text) => happens({ does: 'agent', identity, text }),
    waits: (duration) => {
      const ms = toMs(duration);
      if (ms === undefined) throw new StageError(`"${duration}" is not a duration. ${DURATION}`);
      time.pass(ms);
    },
    get replies() {
      return latest?.replies ?? [];
    },
    get decision() {
      return latest?.decision;
    },
    get memory() {
      return liveMemory(memoryOf(running.conversation()), stage.now()).values ?? {};
    },
  };
}

function bookOf(rules: BotUnderTest['rules']): RuleBook {
  if (typeof rules !== 'string') return rules;
  const compiled = compileRules(rules);
  if (!compiled.ok) throw new RulesError(compiled.problems);
  return compiled.book;
}
