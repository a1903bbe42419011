import { parseNames } from '../../lib/guards/names.ts';
import type { Read } from '../../lib/rules/match/reading.ts';
import type { RuleBook } from '../../lib/rules/types.ts';
import type { Happening, Place, Talk } from '../talk.ts';
import { type Answer, answerOf, UNHEARD } from './answer-of.ts';
import { checkState } from './check-state.ts';
import { judgeAnswer } from './judge-answer.ts';
import { offeredTitles } from './offered-titles.ts';
import { personsOf } from './persons-of.ts';
import { ADDRESS, createStage, PROGRAM } from './stage.ts';
import { StageError } from './stage-error.ts';
import { type Heard, startBot } from './start-bot.ts';
import { stateCalls } from './stated-calls.ts';
import { type Moment, toMoments } from './to-moments.ts';
import type { Blank } from './write-answer.ts';

/** How a talk went. */
export interface Played {
  readonly talk: Talk;
  readonly failure?: Failure;
  /** What belongs into steps that are empty. */
  readonly blanks: readonly Blank[];
  /** Everything that the bot heard of, in order. */
  readonly heard: readonly HeardOf[];
}

/** What the bot heard of, with what there was to be read at Twilio then. */
export interface HeardOf extends Heard {
  readonly read: Read;
}

export interface Failure {
  readonly place: Place;
  /** What was expected, and what happened instead; whole sentences. */
  readonly message: string;
  /** What the bot made of what happened last; absent where that could not happen. */
  readonly answer?: Answer;
}

/** Plays a talk from its first step to its last, or to the first that goes otherwise. */
export async function playTalk(talk: Talk, book: RuleBook): Promise<Played> {
  const agents = parseNames(personsOf(talk, book));
  const stage = createStage(talk, new Set(agents.identities));
  const calls = stateCalls(stage);
  const bot = startBot(book, { agents, programs: parseNames([PROGRAM]) }, stage, calls.call);
  const moments = toMoments(talk.steps);
  const heard: HeardOf[] = [];
  const blanks: Blank[] = [];
  const offered = new Set<string>();
  let latest: HeardOf | undefined;

  async function happens(happening: Happening, underWay: number): Promise<Answer> {
    if (happening.does === 'taps' && !offered.has(happening.title))
      throw notOffered(happening.title, offered);
    const told = await bot.hear(stage.tell(happening, underWay));
    calls.check();
    if (told === undefined) return UNHEARD;
    const one = { ...told, read: await readFor(told) };
    heard.push(one);
    if (happening.does === 'says' || happening.does === 'taps') latest = one;
    const answer = answerOf(one, book, one.read);
    for (const said of answer.said)
      if (said.kind === 'handover') for (const name of said.invite) stage.invite(name);
    for (const title of offeredTitles(book, happening, answer.said)) offered.add(title);
    return answer;
  }

  async function readFor({ event }: Heard): Promise<Read> {
    const sid = 'ParticipantSid' in event ? event.ParticipantSid : undefined;
    return {
      participant: sid === undefined ? null : await stage.read.participant(ADDRESS, sid),
      conversation: await stage.read.conversation(ADDRESS),
    };
  }

  async function judgeState({ expected }: Moment): Promise<Omit<Failure, 'answer'> | undefined> {
    for (const step of expected) {
      if (step.does === 'bot' || step.does === 'silence') continue;
      const { event, read = {} } = latest ?? {};
      const state = { book, conversation: bot.conversation(), now: stage.now(), latest: event, read };
      const { value, isEmpty, wrong } = checkState(step, state);
      if (isEmpty) blanks.push({ place: step.place, key: step.does, value });
      else if (wrong !== undefined) return { place: step.place, message: wrong };
    }
    return undefined;
  }

  for (const [place, moment] of moments.entries()) {
    stage.pass(moment.after);
    calls.state(moment.stated);
    const { happening } = moment;
    let answer: Answer | undefined;
    try {
      if (happening !== undefined) answer = await happens(happening, underWayAt(moments, place));
    } catch (error) {
      if (!(error instanceof StageError) || happening === undefined) throw error;
      return { talk, failure: { place: happening.place, message: error.message }, blanks, heard };
    }
    const judged = judgeAnswer(moment, answer ?? UNHEARD);
    blanks.push(...judged.blanks);
    const wrong = judged.wrong ?? (await judgeState(moment));
    if (wrong !== undefined) return { talk, failure: { ...wrong, ...(answer && { answer }) }, blanks, heard };
  }
  return { talk, blanks, heard };
}

/** Messages that follow and were under way when the bot answers this one. */
function underWayAt(moments: readonly Moment[], place: number): number {
  const following = moments.slice(place + 1).flatMap(({ happening }) => happening ?? []);
  const end = following.findIndex((happening) => !(happening.does === 'says' && happening.before));
  return end === -1 ? following.length : end;
}

function notOffered(title: string, offered: ReadonlySet<string>): StageError {
  const those =
    offered.size === 0 ? 'Nothing can be tapped.' : `Those there are: ${[...offered].join(', ')}.`;
  return new StageError(`The bot has offered nothing called ${JSON.stringify(title)} to tap. ${those}`);
}
