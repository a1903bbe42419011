import type { Told } from '../emulator/happenings.ts';
import type { Resource } from '../emulator/show.ts';
import type { RenderedContent } from '../emulator/state.ts';
import { systemClock } from '../lib/clock.ts';
import { readMarker } from '../lib/event/marker.ts';
import { CHANNELS, type Channel } from '../lib/rules/types.ts';
import { messageOf, quit, readArguments, startOrQuit } from './command-line.ts';
import { drawMessage } from './draw-message.ts';
import { type BotStep, startWorld, type World } from './world.ts';

const USAGE = `Usage: npm run say -- "order 12345" [--channel whatsapp|sms|chat] [--author +15550100001]
                     [--media image/jpeg] [--json]`;

interface Said {
  readonly body: string | undefined;
  readonly channel: Channel;
  readonly author: string | undefined;
  readonly media: readonly string[];
}

/** Everything one message led to. */
interface Turn {
  readonly inbound: Resource;
  readonly decision: Extract<BotStep, { kind: 'decision' }>['decision'];
  readonly outcome: { readonly outcome: string; readonly reason?: string };
  readonly replies: readonly { readonly resource: Resource; readonly content: RenderedContent | undefined }[];
  readonly requests: readonly Extract<Told, { kind: 'request' }>[];
}

const PATIENCE_MS = 20_000;

const { said, json } = readSaid();
const world = await startOrQuit(0, 'npm run say', () =>
  startWorld({ port: 0, environment: process.env, random: Math.random }),
);
try {
  const turn = await say(world, said);
  process.stdout.write(json ? `${JSON.stringify(asJson(turn))}\n` : `${draw(turn)}\n`);
  if (turn.outcome.outcome === 'quarantined') {
    throw new Error(`The message was set aside: ${turn.outcome.reason ?? 'no reason given'}.`);
  }
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
} finally {
  await world.stop();
}

function readSaid(): { said: Said; json: boolean } {
  const options = {
    channel: { type: 'string' },
    author: { type: 'string' },
    media: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  } as const;
  const { values, positionals } = readArguments(options, USAGE, true);
  const { channel = 'whatsapp', author, media = [], json = false } = values;
  const wrong = (line: string) => quit(`${line}\n${USAGE}`);
  const known = CHANNELS.find((name) => name === channel);
  if (known === undefined) return wrong(`--channel is "${channel}"; whatsapp, sms or chat is wanted.`);
  if (positionals.length > 1)
    return wrong(`Put the message in quotes: there are ${positionals.length} texts.`);
  if (positionals.length === 0 && media.length === 0) {
    return wrong('Say something, or send --media image/jpeg.');
  }
  const odd = media.find((type) => !/^[\w.+-]+\/[\w.+-]+$/.test(type));
  if (odd !== undefined) return wrong(`--media is "${odd}"; a MIME type such as image/jpeg is wanted.`);
  return { said: { body: positionals[0], channel: known, author, media }, json };
}

/** Writes as a customer and waits for what comes of it. */
async function say(world: World, { body, channel, author, media }: Said): Promise<Turn> {
  const { conversation } = await world.service.customer.startConversation({ channel, author });
  await world.idle();
  const steps: BotStep[] = [];
  const told: Told[] = [];
  world.watch((step) => steps.push(step));
  world.service.subscribe((happening) => told.push(happening));

  const inbound = await world.service.customer.write({
    conversationSid: String(conversation['sid']),
    body,
    media: media.map((contentType) => ({ contentType })),
  });
  const mine = (step: BotStep) =>
    step.kind !== 'log' && 'MessageSid' in step.event && step.event.MessageSid === inbound['sid'];
  for (let waited = 0; !steps.some((step) => step.kind === 'finished' && mine(step)); waited += 10) {
    if (waited >= PATIENCE_MS)
      throw new Error('The bot did not finish within 20 seconds; LOG_LEVEL=debug npm start shows why.');
    await systemClock.sleep(10);
  }
  await world.idle();

  const decision = steps.find((step) => step.kind === 'decision' && mine(step));
  const finished = steps.find((step) => step.kind === 'finished' && mine(step));
  if (decision?.kind !== 'decision' || finished?.kind !== 'finished' || !finished.record.finished) {
    throw new Error('The bot finished without a decision, which is a defect in parley.');
  }
  return {
    inbound,
    decision: decision.decision,
    outcome: finished.record.finished,
    replies: told.flatMap((happening) =>
      happening.kind === 'message' && happening.change === 'added' && answers(happening.resource, inbound)
        ? [{ resource: happening.resource, content: happening.content as RenderedContent | undefined }]
        : [],
    ),
    requests: told.filter((happening) => happening.kind === 'request'),
  };
}

function answers(message: Resource, inbound: Resource): boolean {
  return readMarker(String(message['attributes']))?.in_reply_to === inbound['sid'];
}

function asJson({ inbound, decision, outcome, replies, requests }: Turn) {
  return {
    inbound,
    decision: { ...decision, considered: decision.considered },
    outcome,
    replies: replies.map(({ resource }) => resource),
    requests: requests.map(({ method, path, headers, form, status }) => ({
      method,
      path,
      headers: { 'X-Twilio-Webhook-Enabled': headers['x-twilio-webhook-enabled'] ?? null },
      form: Object.fromEntries(form),
      status,
    })),
  };
}

function draw({ inbound, decision, outcome, replies }: Turn): string {
  const rule = 'rule' in decision ? `rule "${decision.rule}"` : (outcome.reason ?? outcome.outcome);
  const asked = decision.considered.filter(({ why }) => !why.startsWith('not asked'));
  const unasked = decision.considered.length - asked.length;
  const lines = [
    ...block(String(inbound['author']), drawMessage(inbound, undefined)),
    '',
    ...block(decision.outcome === 'reply' ? rule : `${decision.outcome}: ${rule}`, [
      ...asked.map(({ rule, matched, why }) => `${matched ? '✓' : '·'} ${rule}: ${why}`),
      ...(unasked > 0 ? [`· ${unasked} more, not asked: the first match wins`] : []),
    ]),
  ];
  for (const { resource, content } of replies) {
    const template = resource['content_sid'] ? ` (template ${String(resource['content_sid'])})` : '';
    lines.push('', ...block(`${String(resource['author'])}${template}`, drawMessage(resource, content)));
  }
  if (replies.length === 0)
    lines.push('', `no reply: ${outcome.outcome}${outcome.reason ? ` (${outcome.reason})` : ''}`);
  return lines.join('\n');
}

function block(title: string, lines: readonly string[]): readonly string[] {
  return [title, ...lines.map((line) => `  ${line}`)];
}
