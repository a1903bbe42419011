import { isRefusal } from '../../lib/reconcile/is-refusal.ts';
import { isOneOf } from '../../lib/reconcile/same-url.ts';
import { sideBySide } from '../../lib/reconcile/side-by-side.ts';
import { SINCE_KEY } from '../../lib/record/keys.ts';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import { type Marks, markOf } from '../../lib/record/since.ts';
import { fetchWebhookConfiguration } from '../../lib/twilio/webhook-configuration.ts';
import { readOpenWork } from '../evidence/open-work.ts';
import { rulesOf, type StageRules } from '../evidence/rules-of.ts';
import { readTalk } from '../evidence/talk.ts';
import { plural } from '../plural.ts';
import { listAudits } from '../stage/audit.ts';
import { checkItem } from '../stage/check-item.ts';
import type { Span, Stage } from '../stage/stage.ts';
import { type ChooseOptions, type Chosen, chooseConversations } from './choose-conversations.ts';
import { type Counts, compareCounts, countedSpan, type Ended, findMiscounted, isNear } from './conserve.ts';
import type { Finding } from './finding.ts';
import { judgeTalk } from './judge-talk.ts';
import { becameOf, type Proof, type Unanswered, unansweredIn } from './proof.ts';
import { type SeenOptions, seeTalk } from './seen.ts';

export interface ProveOptions extends Omit<ChooseOptions, 'span'> {
  /** How far back, in milliseconds. */
  readonly sinceMs: number;
  /** Told what it will cost before it is spent. */
  readonly tell: (line: string) => void;
}

/** Reads what Twilio and the table have of the span, judges it, and compares it with what was counted. */
export async function proveStage(stage: Stage, { sinceMs, tell, ...choice }: ProveOptions): Promise<Proof> {
  const before = stage.requests();
  const rules = rulesOf(stage);
  const now = stage.clock.now();
  const span = { from: now - sinceMs, to: now };
  tell('Listing conversations: a request to Twilio for each hundred, and two at most for each service.');
  const others = await servicesOfOthers(stage, rules);
  const chosen = await chooseConversations(stage, rules.serviceSids, { ...choice, span });
  tell(announce(chosen));
  // Before anything that is judged by it: what is on its way then is on its way, and what comes later is young.
  const work = await readOpenWork(stage);
  const [marks, redrivenAt] = await Promise.all([marksOf(stage, now), redrivenIn(stage)]);
  const options = { rules, work, span, now, marks, redrivenAt, tell };
  const judged = await judgeAll(stage, chosen, others, options);
  const counts =
    choice.sample === undefined
      ? await countsOf(stage, { ...span, from: Math.max(span.from, marks.since) })
      : undefined;
  return {
    ...judged,
    span,
    findings: [...judged.findings, ...(counts === undefined ? [] : findMiscounted(counts))],
    ...(counts && { counts }),
    others,
    requests: stage.requests() - before,
  };
}

async function marksOf({ table }: Stage, now: number): Promise<Marks> {
  return (await table.get<Marks>(SINCE_KEY))?.value ?? { since: now };
}

async function redrivenIn({ table }: Stage): Promise<readonly number[]> {
  const audits = await listAudits({ table }, MOST_AUDITS);
  return audits.filter(({ command }) => REDRIVES.test(command)).map(({ at }) => at);
}

const MOST_AUDITS = 1_000;
const REDRIVES = /^(dead redrive|replay)\b/;

/** Where Twilio's webhook points elsewhere, another stack answers. Where nobody can say, this one does. */
async function servicesOfOthers({ twilio }: Stage, rules: StageRules): Promise<readonly string[]> {
  const others: string[] = [];
  for (const serviceSid of rules.serviceSids) {
    const own = await unlessRefused(fetchWebhookConfiguration(twilio, serviceSid));
    const url =
      own?.post_webhook_url || (await unlessRefused(fetchWebhookConfiguration(twilio)))?.post_webhook_url;
    if (url && !isOneOf(rules.publicUrls, url)) others.push(serviceSid);
  }
  return others;
}

/** 401, 403, 404: the key may not ask, or what is asked for was deleted. */
async function unlessRefused<T>(asking: Promise<T>): Promise<T | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

function announce({ addresses, of, isSample }: Chosen): string {
  const which = isSample
    ? `a sample of ${addresses.length} of at least ${of} conversations`
    : plural(of, 'conversation');
  const requests = plural(addresses.length, 'request');
  return `Looking at ${which}: ${requests} to Twilio, ten at once, and one more for each further hundred messages.`;
}

const TELLS_EVERY = 1_000;

interface JudgeOptions extends Omit<SeenOptions, 'isOurs' | 'mark'>, Pick<ProveOptions, 'tell'> {
  readonly marks: Marks;
}

type Judged = Pick<Proof, 'conversations' | 'became' | 'unanswered' | 'findings'>;

async function judgeAll(
  stage: Stage,
  { addresses, of, isSample }: Chosen,
  others: readonly string[],
  { tell, marks, ...options }: JudgeOptions,
): Promise<Judged> {
  const became: Record<string, number> = {};
  const unanswered: Unanswered[] = [];
  const findings: Finding[] = [];
  let cut = 0;
  let looked = 0;
  await sideBySide(
    addresses,
    () => true,
    async (address) => {
      const talk = await unlessRefused(readTalk(stage, address, options.span.from));
      looked += 1;
      if (looked % TELLS_EVERY === 0) tell(`${looked} of ${addresses.length} so far.`);
      if (talk === undefined) return true;
      const { serviceSid } = address;
      const mark = markOf(marks, serviceSid) ?? { since: options.now };
      const seen = seeTalk(talk, { ...options, mark, isOurs: !others.includes(serviceSid) });
      for (const end of becameOf(seen)) became[end] = (became[end] ?? 0) + 1;
      unanswered.push(...unansweredIn(seen));
      findings.push(...(await judgeTalk(seen)));
      if (talk.cut) cut += 1;
      return true;
    },
  );
  return { conversations: { looked: addresses.length, of, isSample, cut }, became, unanswered, findings };
}

/** @returns undefined where no whole period is over that could have been counted */
async function countsOf(stage: Stage, span: Span): Promise<Counts | undefined> {
  const whole = countedSpan(span);
  if (whole.from >= whole.to) return undefined;
  const ended: Ended[] = [];
  for await (const [key, item] of stage.table.scan()) {
    if (!/^on\w+\|/.test(key.sk)) continue;
    checkItem(key, item);
    const { finished, replays = [] } = item.value as MessageRecord;
    // What an operator has decided anew had ended before, and was counted then.
    const ends = [...replays.flatMap(({ was }) => was ?? []), ...(finished ? [finished] : [])];
    ended.push(...ends.filter((one) => isNear(one, whole)));
  }
  return compareCounts(stage, ended, whole);
}
