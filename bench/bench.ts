/**
 * What a cold start costs: each packaged bundle beside an empty handler, under AWS's own runtime client; what a
 * decision costs with 10, 100 and 1,000 rules (rule-count.ts); and what handlers cost (handlers.ts).
 *
 *   npm run bench -- --runs 25
 *   npm run bench -- --only rules
 *
 * Absolute times drift with the machine; the ratio to the empty handler of the same run holds. So the candidates
 * take turns, each ratio is made within one run, and of the ratios the median is told. On a busy machine only the
 * ratios of processor time mean something.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { WebhookRequest } from '../emulator/index.ts';
import { type Surroundings, startSurroundings, throughApiGateway } from '../local/lambda/deployed-bot.ts';
import { receive, toSqsEvent } from '../local/lambda/event-source-mapping.ts';
import { packageService } from '../local/lambda/package-service.ts';
import { tellHandlers } from './handlers.ts';
import { measureStart, type Start } from './measure-start.ts';
import { quantile } from './quantile.ts';
import { tellRuleCounts } from './rule-count.ts';

const CANDIDATES = ['empty', 'receive', 'reply'] as const;
type Candidate = (typeof CANDIDATES)[number];
type Run = Readonly<Record<Candidate, Start>>;

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '25' }, only: { type: 'string' } },
});
const { only } = values;
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1)
  throw new Error(`--runs is "${values.runs}": expected a whole number from 1.`);
const PARTS = ['starts', 'rules', 'handlers'];
if (only !== undefined && !PARTS.includes(only))
  throw new Error(`--only is "${only}": expected ${PARTS.join(', ')}.`);
const isWanted = (part: string) => only === undefined || only === part;

let webhook: WebhookRequest | undefined;
if (isWanted('starts')) await measureStarts();
if (isWanted('rules'))
  process.stdout.write(`\nA decision, ${runs} runs, medians\n\n${await tellRuleCounts(runs)}\n`);
if (isWanted('handlers'))
  process.stdout.write(`\nHandlers, ${runs} runs, medians\n\n${await tellHandlers(runs)}\n`);

async function measureStarts(): Promise<void> {
  const surroundings = await startSurroundings(async (sent) => {
    webhook = sent;
    return { status: 200, headers: {}, body: '' };
  });
  try {
    await runOnce(surroundings); // warms the disk cache and the services; not counted
    const results: Run[] = [];
    while (results.length < runs) results.push(await runOnce(surroundings));
    print(results, await zipSizes());
  } finally {
    await surroundings.stop();
  }
}

/** A customer writes; the webhook goes to a fresh receive, and what that puts on the queue to a fresh reply. */
async function runOnce({ service, sqs, aws, env }: Surroundings): Promise<Run> {
  const { conversation } = await service.customer.startConversation({ channel: 'whatsapp' });
  await service.customer.write({ conversationSid: String(conversation['sid']), body: 'plants' });
  await service.idle();
  if (webhook === undefined) throw new Error('the service sent no webhook');

  const event = throughApiGateway(webhook);
  const empty = await measureStart(
    { bundleDir: `${import.meta.dirname}/empty`, handler: 'index.handler' },
    event,
  );
  const received = await measureStart(bundle('receive', env.receive), event);
  const messages = await receive({ sqs, queueUrl: aws.queueUrl, waitSeconds: 1 });
  if (messages.length !== 1) throw new Error(`${messages.length} messages are on the queue instead of one`);
  const replied = await measureStart(bundle('reply', env.reply), toSqsEvent(messages));
  return { empty, receive: received, reply: replied };
}

function bundle(name: Candidate, env: Readonly<Record<string, string>>) {
  return { bundleDir: `${process.cwd()}/dist/${name}`, handler: 'index.handler', env };
}

async function zipSizes(): Promise<Readonly<Partial<Record<Candidate, number>>>> {
  const { dir, remove } = await packageService();
  const size = (name: Candidate) => statSync(join(dir, `${name}.zip`)).size / 1024;
  const sizes = { receive: size('receive'), reply: size('reply') };
  remove();
  return sizes;
}

function print(results: readonly Run[], zips: Readonly<Partial<Record<Candidate, number>>>): void {
  const rows = CANDIDATES.map((name) => {
    const numbers = (measure: keyof Start) => results.map((run) => run[name][measure]);
    const ratios = (measure: keyof Start) => results.map((run) => run[name][measure] / run.empty[measure]);
    return [
      name,
      spread(numbers('ready'), 0),
      spread(ratios('ready'), 2),
      spread(ratios('readyCpu'), 2),
      spread(numbers('first'), 0),
      spread(ratios('first'), 2),
      spread(ratios('firstCpu'), 2),
      quantile(numbers('rss'), 0.5).toFixed(0),
      zips[name]?.toFixed(0) ?? '',
    ];
  });
  const times = ['ms', '× empty', 'CPU × empty'];
  const head = [
    'handler',
    ...times.map((t) => `ready ${t}`),
    ...times.map((t) => `+ first ${t}`),
    'RSS MiB',
    'zip KB',
  ];
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  process.stdout.write(`${runs} runs, median (quartiles)\n\n${lines.join('\n')}\n`);
}

function spread(numbers: readonly number[], digits: number): string {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((q) => quantile(numbers, q).toFixed(digits));
  return `${middle} (${low}–${high})`;
}
