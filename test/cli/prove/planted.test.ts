import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../cli/prove/finding.ts';
import { type ProveOptions, proveStage } from '../../../cli/prove/prove-stage.ts';
import { showProof } from '../../../cli/prove/show-proof.ts';
import type { Stage } from '../../../cli/stage/stage.ts';
import type { MessageRecord } from '../../../lib/record/message-record.ts';
import { NO_FAULTS } from '../../simulation/fault-load.ts';
import type { Written } from '../../simulation/oracle.ts';
import { KIND, writeAsCustomer } from '../../simulation/people.ts';
import { repliesTo } from '../../simulation/replies.ts';
import { createScheduler, EPOCH, seededRandom } from '../../simulation/scheduler.ts';
import { stageOfWorld } from '../../simulation/stage-of-world.ts';
import { createWorld } from '../../simulation/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A customer has written `one 0`, `two 1` and `one 2`, all were answered, and twenty minutes went by. */
async function answered() {
  const scheduler = createScheduler(seededRandom(1));
  const world = createWorld({ scheduler, load: NO_FAULTS, trace: () => undefined });
  const written: Written[] = [];
  await scheduler.run(EPOCH + MINUTE);
  const { conversation } = await world.service.customer.startConversation({ channel: 'whatsapp' });
  const conversationSid = String(conversation['sid']);
  for (const kind of [KIND.one, KIND.two, KIND.one]) {
    await writeAsCustomer({ world, scheduler, conversationSid, written, trace: () => undefined }, kind);
    await scheduler.run(scheduler.now() + MINUTE);
  }
  await scheduler.run(scheduler.now() + 20 * MINUTE);
  const messages = `/Conversations/${conversationSid}/Messages`;
  const stage = stageOfWorld(world, scheduler);
  return {
    world,
    conversationSid,
    sids: written.map(({ sid }) => sid),
    stage,
    /** Takes the answer to the message with this number away from Twilio. */
    takeAway: async (n: number) => {
      for (const { sid } of repliesTo(world, { sid: written[n]?.sid ?? '' }))
        await world.program.request('DELETE', `${messages}/${sid}`);
    },
    /** Has the bot answer the message with this number once more, as a customer sees it. */
    answerAgain: (n: number, form: Readonly<Record<string, string>> = {}) => {
      const [reply] = repliesTo(world, { sid: written[n]?.sid ?? '' });
      const Attributes = reply?.attributes ?? '';
      return world.program.request('POST', messages, {
        Author: 'parley',
        Body: 'again',
        Attributes,
        ...form,
      });
    },
  };
}

const OPTIONS: ProveOptions = {
  sinceMs: HOUR,
  sample: undefined,
  yes: false,
  tell: () => undefined,
  terminal: {},
};

const proved = (stage: Stage, options: Partial<ProveOptions> = {}) =>
  proveStage(stage, { ...OPTIONS, ...options });

const kinds = (findings: readonly Finding[]) => findings.map(({ kind, sid }) => [kind, sid]);

/** The stage, whose table has other records of its messages; undefined: none. */
function recorded(
  stage: Stage,
  change: (sid: string, record: MessageRecord) => MessageRecord | undefined,
): Stage {
  const table: Stage['table'] = {
    ...stage.table,
    list: async <T>(pk: string, limit: number) => {
      const items = await stage.table.list<T>(pk, limit);
      return items.flatMap(([key, item]) => {
        const [type, sid = ''] = key.sk.split('|');
        if (type !== 'onMessageAdded') return [[key, item] as const];
        const value = change(sid, item.value as MessageRecord) as T | undefined;
        return value === undefined ? [] : [[key, { ...item, value }] as const];
      });
    },
  };
  return { ...stage, table };
}

describe('proving', () => {
  it('says of a sound bot what became of everything, what it took, and nothing else', async () => {
    const { stage } = await answered();
    const told: string[] = [];
    const proof = await proved(stage, { tell: (line) => told.push(line) });
    expect(proof).toMatchObject({ became: { replied: 3 }, findings: [], unanswered: [], requests: 3 });
    expect(proof.counts?.counts[0]).toEqual({ outcome: 'replied', recorded: 3, counted: 3 });
    expect(told).toEqual([
      'Listing conversations: a request to Twilio for each hundred, and two at most for each service.',
      'Looking at 1 conversation: 1 request to Twilio, ten at once, and one more for each further hundred messages.',
    ]);
    expect(showProof(proof, 'dev').join('\n')).toMatch(
      /^3 messages of others in 1 conversation, from .*:\n {2}replied 3\n[^✖]*\nNothing was lost, .*\n3 requests to Twilio\.$/s,
    );
  });

  it('names a message that was lost, with the command that explains it', async () => {
    const { stage, takeAway, sids, conversationSid } = await answered();
    await takeAway(2);
    const without = recorded(stage, (sid, record) => (sid === sids[2] ? undefined : record));
    const proof = await proved(without);
    expect(kinds(proof.findings)).toEqual([['lost', sids[2]]]);
    expect(showProof(proof, 'prod').join('\n')).toContain(
      `✖ lost ${sids[2]}: A customer’s message has neither outcome nor answer: nothing in the table knows of it.
      npx parley explain ${sids[2]} ${conversationSid} --stage prod`,
    );
  });

  it('does not call lost what is young, what may be on the queue, or is in the spool', async () => {
    const { stage, takeAway, sids } = await answered();
    await takeAway(2);
    const without = recorded(stage, (sid, record) => (sid === sids[2] ? undefined : record));
    const clock = { ...stage.clock, now: () => stage.clock.now() - 12 * MINUTE };
    const queue = { ...stage.queue, depth: async () => ({ visible: 0, inFlight: 1, delayed: 0 }) };
    for (const waiting of [{ clock }, { queue }]) {
      const { findings, became } = await proved({ ...without, ...waiting });
      expect({ findings, became }).toEqual({ findings: [], became: { replied: 2, waiting: 1 } });
    }
  });

  it('does not call lost what another stack is called for', async () => {
    const { world, stage, takeAway, sids } = await answered();
    await takeAway(2);
    world.service.configureWebhooks({ PostWebhookUrl: 'https://dev.example.com/webhook', Filters: [] });
    const without = recorded(stage, (sid, record) => (sid === sids[2] ? undefined : record));
    const proof = await proved(without);
    expect({ findings: proof.findings, others: proof.others }).toEqual({
      findings: [],
      others: [world.service.serviceSid],
    });
  });

  it('names a message that was answered twice', async () => {
    const { stage, answerAgain, sids } = await answered();
    await answerAgain(0);
    const { findings } = await proved(stage);
    expect(kinds(findings)).toEqual([['twice', sids[0]]]);
    expect(findings[0]?.says).toMatch(/^Part 1 of its answer is at Twilio 2 times: IM\w+, IM\w+\.$/);
  });

  it('names a message whose answer came after that of a later one', async () => {
    const { stage, answerAgain, takeAway, sids } = await answered();
    await takeAway(0);
    await answerAgain(0);
    expect(kinds((await proved(stage)).findings)).toEqual([['out_of_order', sids[0]]]);
  });

  it('names a message that nobody works on any more', async () => {
    const { stage, sids } = await answered();
    const open = recorded(stage, (sid, { finished, ...rest }) =>
      sid === sids[1] ? rest : { ...rest, ...(finished && { finished }) },
    );
    const { findings } = await proved(open);
    expect(kinds(findings)).toEqual([['without_outcome', sids[1]]]);
  });

  it('names a message that was answered when it was too old', async () => {
    const { stage, answerAgain, takeAway, sids } = await answered();
    await takeAway(2);
    await answerAgain(2, { DateCreated: new Date(stage.clock.now() + 2 * HOUR).toISOString() });
    const { findings } = await proved(stage);
    expect(kinds(findings)).toEqual([['too_late', sids[2]]]);
    expect(findings[0]?.says).toMatch(/^It was answered after \d+ s: REPLY_MAX_AGE_SECONDS is 3600\.$/);
  });

  it('names the first message that the budget did not allow to answer', async () => {
    const { world, stage, sids } = await answered();
    const settings = { ...world.settings(), REPLIES_PER_HOUR: '2' };
    const proof = await proved({ ...stage, settings: { ...stage.settings, reply: settings } });
    expect(kinds(proof.findings)).toEqual([['over_budget', sids[2]]]);
  });

  it('names an outcome that was not counted', async () => {
    const { stage } = await answered();
    const metrics: Stage['metrics'] = { read: async (queries) => queries.map(() => []) };
    const { findings } = await proved({ ...stage, metrics });
    expect(findings).toEqual([
      {
        kind: 'miscounted',
        says: 'replied: the table has 3, the metrics counted 0; failures on the way explain 1.',
      },
    ]);
  });

  it('lists what ended without an answer because something was wrong, which breaks no promise', async () => {
    const { stage, sids, conversationSid } = await answered();
    const failed = recorded(stage, (sid, record) =>
      sid === sids[1]
        ? { ...record, finished: { outcome: 'quarantined', reason: 'rejected:50377', at: 0 } }
        : record,
    );
    const proof = await proved(failed);
    expect(proof.findings).toEqual([]);
    expect(showProof(proof, 'dev').join('\n')).toContain(
      `quarantined (rejected:50377)  npx parley explain ${sids[1]} ${conversationSid}`,
    );
  });
});
