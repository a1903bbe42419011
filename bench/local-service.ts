/**
 * What the local Conversations service costs: processor time of a create and of a list page, in a conversation of a
 * hundred messages and in one of ten thousand, and the ratio of the two.
 *
 *   node bench/local-service.ts
 *
 * Processor time of this thread, not wall time: a busy machine does not show. Small and large take turns, and of
 * the turns the median is told.
 */

import { createConversationsService } from '../emulator/index.ts';
import { machineClock } from '../local/machine-clock.ts';
import { quantile } from './quantile.ts';

const SMALL = 100;
const LARGE = 10_000;
const TURNS = 15;
const CALLS = 200;

const AUTHORIZATION = `Basic ${btoa('SK1:secret')}`;
const service = createConversationsService({
  clock: machineClock,
  random: Math.random,
  accountSid: `AC${'0'.repeat(32)}`,
  authToken: 'token',
  apiKeySid: 'SK1',
  apiKeySecret: 'secret',
  deliver: async () => ({ status: 200, headers: {}, body: '' }),
  settings: { actionsPerSecond: null },
});
service.configureWebhooks({ PostWebhookUrl: 'http://127.0.0.1:1/', Filters: ['onMessageAdded'] });

const encoder = new TextEncoder();
const FORM = encoder.encode('Author=parley&Body=Your+order+12345+is+on+its+way&Attributes=%7B%22a%22%3A1%7D');
const NOTHING = new Uint8Array();

async function rest(method: string, url: string, body = NOTHING): Promise<void> {
  const { status } = await service.handle({ method, url, headers: { authorization: AUTHORIZATION }, body });
  if (status >= 300) throw new Error(`${method} ${url}: ${status}`);
}

/** A WhatsApp conversation with so many messages. @returns the path of its messages */
async function conversationOf(count: number): Promise<string> {
  const { conversation } = await service.customer.startConversation({ channel: 'whatsapp' });
  const conversationSid = String(conversation['sid']);
  const path = `/v1/Services/${service.serviceSid}/Conversations/${conversationSid}/Messages`;
  await service.customer.write({ conversationSid, body: 'Hello' });
  for (let n = 1; n < count; n += 1) await rest('POST', path, FORM);
  return path;
}

/** Milliseconds of processor time that one call takes. */
async function measure(call: (n: number) => Promise<void>): Promise<number> {
  const before = process.threadCpuUsage();
  for (let n = 0; n < CALLS; n += 1) await call(n);
  const { user, system } = process.threadCpuUsage(before);
  // What the calls left to be done (receipts, webhooks that were given up) is done outside the measured time.
  service.timeline.move(60_000);
  return (user + system) / 1000 / CALLS;
}

interface Row {
  readonly name: string;
  readonly small: () => Promise<number>;
  readonly large: () => Promise<number>;
}

const large = await conversationOf(LARGE);
const last = `Page=199&PageToken=${LARGE - 50}`;
const rows: readonly Row[] = [
  {
    name: `create, message ${LARGE} against ${SMALL}`,
    small: async () => {
      const path = await conversationOf(SMALL);
      return measure(() => rest('POST', path, FORM));
    },
    large: () => measure(() => rest('POST', large, FORM)),
  },
  {
    name: 'list of 50, last page against first',
    small: () => measure(() => rest('GET', `${large}?PageSize=50`)),
    large: () => measure(() => rest('GET', `${large}?PageSize=50&${last}`)),
  },
  {
    name: 'list of 50 newest, of ten thousand against a hundred',
    small: async () => {
      const path = await conversationOf(SMALL);
      return measure(() => rest('GET', `${path}?Order=desc&PageSize=50`));
    },
    large: () => measure(() => rest('GET', `${large}?Order=desc&PageSize=50`)),
  },
];

const results = rows.map((row) => ({ row, small: [] as number[], large: [] as number[] }));
for (let turn = -2; turn < TURNS; turn += 1) {
  for (const { row, small: smalls, large: larges } of results) {
    const times = [await row.small(), await row.large()] as const;
    if (turn < 0) continue; // the first turns warm the machine's code
    smalls.push(times[0]);
    larges.push(times[1]);
  }
}

const print = (line: string) => process.stdout.write(`${line}\n`);
print(
  'processor time a call, ms (median)'.padEnd(56) +
    'small'.padStart(9) +
    'large'.padStart(9) +
    'ratio'.padStart(8),
);
for (const { row, small: smalls, large: larges } of results) {
  const ratios = larges.map((time, n) => time / (smalls[n] ?? Number.NaN));
  const columns = [quantile(smalls, 0.5).toFixed(4), quantile(larges, 0.5).toFixed(4)].map((text) =>
    text.padStart(9),
  );
  print(row.name.padEnd(56) + columns.join('') + quantile(ratios, 0.5).toFixed(2).padStart(8));
}
