import type { Moment } from './tapped-function.ts';
import { askForHelp, askForOrder, askForRefund, type Line, type Trial } from './trial.ts';

/** A situation in which one function is killed, in turn, at every call it makes. */
export interface Scenario {
  readonly name: string;
  readonly victim: 'receive' | 'reply';
  /** Which of the victim's invocations over the last line it is, from 0; in earlier ones it dies as `make` says. */
  readonly invocation: number;
  /** @param moment undefined for the rehearsal, which shows what calls there are */
  readonly make: (moment: Moment | undefined) => readonly Line[];
  /** Nothing can follow what it makes: the bot keeps quiet then. */
  readonly isLast?: boolean;
}

export const RECEIVE: Scenario = {
  name: 'a webhook comes',
  victim: 'receive',
  invocation: 0,
  make: (webhook) => [askForOrder({ webhook })],
};

const ONE_PART: Scenario = {
  name: 'a reply of one part',
  victim: 'reply',
  invocation: 0,
  make: (moment) => [askForOrder({ kills: [moment] })],
};

export const TWO_PARTS: Scenario = {
  name: 'a reply of two parts',
  victim: 'reply',
  invocation: 0,
  make: (moment) => [askForRefund({ kills: [moment] })],
};

/** The process dies before it has done anything. */
const AT_ONCE: Moment = { at: 'call', call: 'BatchGetItem', nth: 1, when: 'before' };

/** Twilio is asked what stands there already, before a message that was delivered before is answered. */
const LATE: Scenario = {
  name: 'a reply at the second delivery',
  victim: 'reply',
  invocation: 1,
  make: (moment) => [askForOrder({ kills: [AT_ONCE, moment] })],
};

/** From the third delivery on a process leaves a mark before whatever it may die of. */
const MARKED: Scenario = {
  name: 'a reply at the fourth delivery, behind a mark',
  victim: 'reply',
  invocation: 3,
  make: (moment) => [askForOrder({ kills: [AT_ONCE, AT_ONCE, AT_ONCE, moment] })],
};

/** The message before it has to be found, and answered first. */
const AFTER_LOST: Scenario = {
  name: 'a reply after a lost webhook',
  victim: 'reply',
  invocation: 0,
  make: (moment) => [askForOrder({ webhook: 'lost' }), askForOrder({ kills: [moment] })],
};

/** Only of the bundle that test/support/bundle-with-rules.ts makes. */
const STEPS: Scenario = {
  name: 'a reply that tags and invites',
  victim: 'reply',
  invocation: 0,
  make: (moment) => [askForHelp({ kills: [moment] })],
  isLast: true,
};

/** Killed when it had sent part `nth` and did not know it yet; killed again in what comes after. */
const sent = (nth: 1 | 2): Scenario => ({
  name: `again, part ${nth} of 2 being sent`,
  victim: 'reply',
  invocation: 1,
  make: (moment) => [askForRefund({ kills: [post(nth, 'after'), moment] })],
});

/** Killed before it sent part `nth`; the next invocation looks in vain, the one after the settle time sends. */
const notSent = (nth: 1 | 2, invocation: 1 | 2): Scenario => ({
  name: `again, part ${nth} of 2 not sent, ${invocation === 1 ? 'settling' : 'settled'}`,
  victim: 'reply',
  invocation,
  make: (moment) => {
    const kills = [post(nth, 'before'), ...(invocation === 1 ? [] : [undefined]), moment];
    return [askForRefund({ kills })];
  },
});

function post(nth: number, when: 'before' | 'after'): Moment {
  return { at: 'call', call: 'POST Messages', nth, when };
}

export const SCENARIOS: readonly Scenario[] = [
  RECEIVE,
  ONE_PART,
  TWO_PARTS,
  STEPS,
  AFTER_LOST,
  LATE,
  MARKED,
  sent(1),
  sent(2),
  notSent(1, 1),
  notSent(1, 2),
  notSent(2, 1),
  notSent(2, 2),
];

/**
 * What a function that makes these calls can be killed at: before and after the effect of each, while a write is on its
 * way, and before and after the answer.
 */
export function momentsOf(calls: readonly string[]): readonly Moment[] {
  const made = new Map<string, number>();
  const atCalls = calls.flatMap((call): Moment[] => {
    const nth = (made.get(call) ?? 0) + 1;
    made.set(call, nth);
    const whens = isWrite(call) ? WRITE : READ;
    return whens.map((when) => ({ at: 'call', call, nth, when }));
  });
  return [...atCalls, { at: 'answer', when: 'before' }, { at: 'answer', when: 'after' }];
}

const READ = ['before', 'after'] as const;
const WRITE = ['before', 'after', 'late'] as const;

/**
 * Of these moments the ones that leave something else behind: nothing yet, what a write did or will do late, and what
 * the answer says. To die before a call, or at a read, leaves what the last write before it left.
 */
export function tellingMomentsOf(calls: readonly string[]): readonly Moment[] {
  const moments = momentsOf(calls);
  return moments.filter(
    (moment, at) => at === 0 || moment.at !== 'call' || (isWrite(moment.call) && moment.when !== 'before'),
  );
}

function isWrite(call: string): boolean {
  return !/^get|^query/i.test(call);
}

/** A scenario played once. */
export interface Attempt {
  readonly scenario: Scenario;
  /** undefined in the rehearsal. */
  readonly moment: Moment | undefined;
  /** The line over which the victim is killed. */
  readonly line: Line;
  readonly trial: Trial;
}

export function play(scenario: Scenario, moment?: Moment): Attempt {
  // The first invocation of a process makes more calls than the later ones: it asks for secrets.
  const fresh = moment === undefined || (moment.at === 'call' && moment.call === 'GetSecretValue');
  const lines = scenario.make(moment).map((line) => ({ ...line, fresh }));
  const isAlone = moment === undefined || scenario.isLast === true;
  const name = `${scenario.name}, ${moment === undefined ? 'rehearsal' : describe(moment)}`;
  // One more message follows, so that a reply which comes too late comes in the wrong order.
  const trial = { name, lines: isAlone ? lines : [...lines, askForOrder()] };
  return { scenario, moment, line: lines[lines.length - 1] as Line, trial };
}

function describe(moment: Moment): string {
  switch (moment.at) {
    case 'call':
      return `killed at ${moment.call} ${moment.nth} (${moment.when})`;
    case 'answer':
      return `killed ${moment.when} its answer`;
    case 'time':
      return `killed after ${moment.ms} ms`;
  }
}
