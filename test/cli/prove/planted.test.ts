import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../cli/prove/finding.ts';
import { type ProveOptions, proveStage } from '../../../cli/prove/prove-stage.ts';
import { showProof } from '../../../cli/prove/show-proof.ts';
import { writeAudit } from '../../../cli/stage/audit.ts';
import type { Stage } from '../../../cli/stage/stage.ts';
import { NotFoundError } from '../../../lib/twilio/twilio-errors.ts';
import { answeredWorld, recorded } from '../../simulation/answered-world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

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

describe('proving', () => {
  it('says of a sound bot what became of everything, what it took, and nothing else', async () => {
    const { stage } = await answeredWorld();
    const told: string[] = [];
    const proof = await proved(stage, { tell: (line) => told.push(line) });
    expect(proof).toMatchObject({ became: { replied: 3 }, findings: [], unanswered: [], requests: 3 });
    expect(proof.counts?.counts[0]).toEqual({ outcome: 'replied', recorded: 3, counted: 3 });
    expect(told).toEqual([
      'Listing conversations: a request to Twilio for each hundred, and two at most for each service.',
      'Looking at 1 conversation: 1 request to Twilio, ten at once, and one more for each further hundred messages.',
    ]);
    expect(showProof(proof, { given: { stage: 'dev' } }).join('\n')).toMatch(
      /^3 messages not by the bot in 1 conversation, from .*:\n {2}replied 3\n[^✖]*\nNothing was lost, .*\n3 requests to Twilio\.$/s,
    );
  });

  it('names a message that was lost, with the command that explains it', async () => {
    const { stage, takeAway, sids, conversationSid } = await answeredWorld();
    await takeAway(2);
    const without = recorded(stage, (sid, record) => (sid === sids[2] ? undefined : record));
    const proof = await proved(without);
    expect(kinds(proof.findings)).toEqual([['lost', sids[2]]]);
    expect(showProof(proof, { given: { stage: 'prod' } }).join('\n')).toContain(
      `✖ lost ${sids[2]}: A customer’s message has neither outcome nor answer: nothing in the table knows of it.
      npx parley explain ${sids[2]} ${conversationSid} --stage prod`,
    );
  });

  it('does not call lost what is young, what may be on the queue, or is in the spool', async () => {
    const { stage, takeAway, sids } = await answeredWorld();
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
    const { world, stage, takeAway, sids } = await answeredWorld();
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
    const { stage, answerAgain, sids } = await answeredWorld();
    await answerAgain(0);
    const { findings } = await proved(stage);
    expect(kinds(findings)).toEqual([['twice', sids[0]]]);
    expect(findings[0]?.says).toMatch(/^Part 1 of its answer is at Twilio 2 times: IM\w+, IM\w+\.$/);
  });

  it('names a message whose answer came after that of a later one', async () => {
    const { stage, answerAgain, takeAway, sids } = await answeredWorld();
    await takeAway(0);
    await answerAgain(0);
    expect(kinds((await proved(stage)).findings)).toEqual([['out_of_order', sids[0]]]);
  });

  // It called the other stack's answer out of order.
  it('gives no place in the order to what was set aside here and answered by another stack', async () => {
    const { stage, answerAgain, takeAway, sids } = await answeredWorld();
    await takeAway(0);
    await answerAgain(0);
    const setAside = recorded(stage, (sid, record) =>
      sid === sids[0]
        ? { ...record, parts: [], finished: { outcome: 'quarantined', reason: 'timeout', at: 0 } }
        : record,
    );
    expect(kinds((await proved(setAside)).findings)).not.toContainEqual(['out_of_order', sids[0]]);
  });

  it('names a message that nobody works on any more', async () => {
    const { stage, sids } = await answeredWorld();
    const open = recorded(stage, (sid, { finished, ...rest }) =>
      sid === sids[1] ? rest : { ...rest, ...(finished && { finished }) },
    );
    const { findings } = await proved(open);
    expect(kinds(findings)).toEqual([['without_outcome', sids[1]]]);
  });

  it('names a message that was answered when it was too old', async () => {
    const { stage, answerAgain, takeAway, sids } = await answeredWorld();
    await takeAway(2);
    await answerAgain(2, { DateCreated: new Date(stage.clock.now() + 2 * HOUR).toISOString() });
    const { findings } = await proved(stage);
    expect(kinds(findings)).toEqual([['too_late', sids[2]]]);
    expect(findings[0]?.says).toMatch(/^It was answered after \d+ s: REPLY_MAX_AGE_SECONDS is 3600\.$/);
  });

  it('takes an answer for late by order where an operator has asked for it', async () => {
    const { stage, answerAgain, takeAway } = await answeredWorld();
    const end = await writeAudit(stage, {
      command: 'dead redrive',
      what: ['Redrive 1.'],
      why: 'fixed',
    });
    await end('done');
    await takeAway(2);
    await answerAgain(2, { DateCreated: new Date(stage.clock.now() + 2 * HOUR).toISOString() });
    expect((await proved(stage)).findings).toEqual([]);
  });

  it('names the first message that the budget did not allow to answer', async () => {
    const { world, stage, sids } = await answeredWorld();
    const settings = { ...world.settings(), REPLIES_PER_HOUR: '2' };
    const proof = await proved({ ...stage, settings: { ...stage.settings, reply: settings } });
    expect(kinds(proof.findings)).toEqual([['over_budget', sids[2]]]);
  });

  it('compares nothing where no five minutes are over', async () => {
    const { stage } = await answeredWorld();
    expect((await proved(stage, { sinceMs: 5 * MINUTE })).counts).toBeUndefined();
  });

  it('goes on where a conversation is deleted meanwhile, or the key may not see the webhooks', async () => {
    const { stage } = await answeredWorld();
    const refuse = /\/Messages|Configuration\/Webhooks/;
    const twilio: Stage['twilio'] = {
      ...stage.twilio,
      request: (call) =>
        refuse.test(call.path)
          ? Promise.reject(new NotFoundError({ status: 404 }))
          : stage.twilio.request(call),
    };
    expect(await proved({ ...stage, twilio })).toMatchObject({ findings: [], became: {}, others: [] });
  });

  it('names an outcome that was not counted', async () => {
    const { stage } = await answeredWorld();
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
    const { stage, sids, conversationSid } = await answeredWorld();
    const failed = recorded(stage, (sid, record) =>
      sid === sids[1]
        ? { ...record, finished: { outcome: 'quarantined', reason: 'rejected:50377', at: 0 } }
        : record,
    );
    const proof = await proved(failed);
    expect(proof.findings).toEqual([]);
    expect(showProof(proof, { given: { stage: 'dev' } }).join('\n')).toContain(
      `quarantined (rejected:50377)  npx parley explain ${sids[1]} ${conversationSid}`,
    );
  });
});
