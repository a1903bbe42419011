import { eventTime } from '../../lib/event/event-time.ts';
import type { ConversationEvent, MessageAdded } from '../../lib/event/event-types.ts';
import { DEFAULT_OPT_OUT, isStopWord } from '../../lib/guards/stop-words.ts';
import { render } from '../../lib/rules/actions/render.ts';
import { decide } from '../../lib/rules/decide.ts';
import type { Read } from '../../lib/rules/match/reading.ts';
import type { Memory, MemoryChange, OpenQuestion } from '../../lib/rules/memory.ts';
import type { Decision, PlannedStep, RuleBook } from '../../lib/rules/types.ts';
import { messageAdded, participantAdded } from './support.ts';

/** What came of one event. */
export interface Turn {
  readonly decision: Decision;
  /** Who answered; where nobody did, the outcome. */
  readonly rule: string;
  readonly steps: readonly PlannedStep[];
  /** The words of what was said. */
  readonly said: readonly string[];
}

interface Says extends Partial<MessageAdded> {
  /** Who writes; a participant of this name. */
  readonly from?: string;
  /** It was written before the question: its Index is below the question's. */
  readonly before?: true;
}

export const START = Date.UTC(2026, 10, 20, 12);

/**
 * A conversation with the rules alone: what is decided is said and remembered at once. What is remembered follows
 * rule-by-rule what docs/rules.md says, in as few lines as possible, so that it may judge lib/record/memory.ts too.
 */
export class Talk {
  memory: Memory;
  now = START;
  index = 0;
  /** How often something had to be read. */
  reads = 0;
  readonly book: RuleBook;
  read: Read;

  constructor(
    book: RuleBook,
    { memory = {}, read = { participant: null, conversation: null } }: { memory?: Memory; read?: Read } = {},
  ) {
    this.book = book;
    this.memory = memory;
    this.read = read;
  }

  wait(ms: number): this {
    this.now += ms;
    return this;
  }

  /** A customer's message, twenty seconds after whatever was before it. */
  says(Body: string, { from = 'ana', before, ...fields }: Says = {}): Turn {
    this.now += 20_000;
    const asked = this.memory.question?.index ?? 0;
    const Index = before ? asked - 1 : ++this.index;
    const event = messageAdded({
      ParticipantSid: participantSid(from),
      Body,
      Index,
      DateCreated: new Date(this.now).toISOString(),
      ...fields,
    });
    const { question } = this.memory;
    const turn = this.decide(event);
    const isOfAsked = question?.to === undefined || question.to === event.ParticipantSid;
    const stops = isStopWord(Body, this.book.optOut ?? DEFAULT_OPT_OUT) && isOfAsked;
    if (stops && this.memory.question === question) this.close();
    this.memory = { ...this.memory, customerAt: this.now };
    return turn;
  }

  /** Somebody joins. */
  joins(who = 'ana'): Turn {
    return this.decide(
      participantAdded({
        ParticipantSid: participantSid(who),
        DateCreated: new Date(this.now).toISOString(),
      }),
    );
  }

  /** A program's message asks the question of a rule. */
  program(rule: string): this {
    this.memory = { ...this.memory, question: { rule, index: ++this.index, at: this.now, misses: 0 } };
    return this;
  }

  close(): this {
    const { question: _, ...rest } = this.memory;
    this.memory = rest;
    return this;
  }

  /** The rule whose question is open to nobody in particular. */
  get asks(): string | undefined {
    return this.memory.question?.rule;
  }

  private decide(event: ConversationEvent): Turn {
    const now = eventTime(event, 0);
    let read: Read = {};
    let decided = decide(this.book, event, this.memory, now, read);
    while (decided.outcome === 'read') {
      this.reads++;
      const { participant, conversation } = decided.needs;
      read = {
        ...read,
        ...(participant && { participant: this.read.participant }),
        ...(conversation && { conversation: this.read.conversation }),
      };
      decided = decide(this.book, event, this.memory, now, read);
    }
    if (decided.outcome !== 'reply') {
      return { decision: decided, rule: decided.outcome, steps: [], said: [] };
    }
    const { steps, change } = render(this.book, decided, { event, now, memory: this.memory, read });
    const said = steps.flatMap((step) =>
      'Body' in step ? [step.Body ?? ''] : step.kind === 'template' ? [step.template] : [],
    );
    this.index += said.length;
    this.note(change ?? {});
    return { decision: decided, rule: decided.rule, steps, said };
  }

  private note({ values = {}, forgetsAll, once = [], question, handover, language }: MemoryChange): void {
    const all = { ...(forgetsAll ? {} : this.memory.values), ...values };
    const kept = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
    const spoke = Object.fromEntries(once.map((key) => [key, this.now]));
    const open = handover ? undefined : this.ask(question);
    const { question: _, ...rest } = this.memory;
    this.memory = {
      ...rest,
      values: Object.fromEntries(kept),
      once: { ...this.memory.once, ...spoke },
      ...(open && { question: open }),
      ...(language && { language }),
    };
  }

  private ask(change: MemoryChange['question']): OpenQuestion | undefined {
    const { question } = this.memory;
    if (change === undefined) return question;
    if ('opens' in change) {
      const { opens: rule, to, misses = 0 } = change;
      return { rule, ...(to === undefined ? {} : { to }), index: this.index, at: this.now, misses };
    }
    if ('closes' in change || question === undefined) return undefined;
    return { ...question, at: this.now, misses: 'misses' in change ? question.misses + 1 : 0 };
  }
}

function participantSid(name: string): string {
  return `MB${Buffer.from(name).toString('hex').padEnd(32, '0')}`;
}
