import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Audit, listAudits } from '../../../cli/stage/audit.ts';
import { withStage } from '../../../cli/stage/open-stage.ts';
import type { Table } from '../../../cli/stage/stage.ts';
import { putDeadLetter, writeUnheard } from '../../support/operated/put-dead-letter.ts';
import { type OperatedStack, startOperatedStack } from '../../support/operated-stack.ts';
import { PATIENCE_MS } from '../../support/patience.ts';
import { type Ran, run } from '../support.ts';

const ADDRESS = '+15550777';

let stack: OperatedStack;
let conversationSid: string;
beforeAll(async () => {
  stack = await startOperatedStack();
  const { conversation } = await stack.service.customer.startConversation({
    channel: 'sms',
    author: ADDRESS,
  });
  conversationSid = String(conversation['sid']);
  await stack.settle();
});
afterAll(() => stack.stop());

const WHY = ['--reason', 'a test'];

const act = (...args: readonly string[]): Promise<Ran> =>
  stack.operate(() => run([...args, '--stage', 'dev']));

async function allOf({ scan }: Table): Promise<string> {
  let items = '';
  for await (const item of scan()) items += JSON.stringify(item);
  return items;
}

describe('the commands that act, in AWS', () => {
  it('list a dead letter, redrive it, and have it answered', async () => {
    const sid = await putDeadLetter(stack, conversationSid, 'opening hours');
    const listed = await act('dead', 'list', '--json');
    expect([listed.status, JSON.parse(listed.out)]).toMatchObject([
      1,
      { count: 1, letters: [{ subject: sid }] },
    ]);
    const hidden = await act('dead', 'show');
    expect(hidden.out).toMatch(/^IM\S+ in CH\S+: rule \S+ would answer with \w+, by bot\/rules\.yaml\.$/);
    const shown = await act('dead', 'show', sid, '--show-text', '--yes', ...WHY);
    expect(shown.out).toContain('  wrote: opening hours\n  would say: ');
    expect((await act('dead', 'redrive', '--all', ...WHY)).out).toBe(
      [`Redrive ${sid} in ${conversationSid}.`, '1 message on the queue again; 0 dead letters left.'].join(
        '\n',
      ),
    );
    await stack.settle();
    expect(await act('dead', 'list')).toMatchObject({ status: 0, out: 'There are no dead letters.' });
    expect(JSON.parse((await act('replay', sid, '--json', ...WHY)).out)).toMatchObject({
      messages: [{ messageSid: sid, was: 'replied', outcome: null }],
    });
  });

  it('recover what no webhook told of', async () => {
    const { sid } = await writeUnheard(stack, conversationSid, 'hello');
    const ran = act('recover', '--since', '1h', ...WHY);
    const isFound = () => stack.log.between(0, Infinity).some(({ line }) => line.includes('never came'));
    await expect.poll(isFound, { timeout: PATIENCE_MS }).toBe(true);
    await stack.settle();
    expect((await ran).out).toContain(`  ${sid} in ${conversationSid}: replied`);
  });

  it('press the stop button and mute, and leave an audit with who, what and why', async () => {
    expect((await act('mode', 'dry-run', '--for', '1h', ...WHY)).out).toContain('The bot is dry-run.');
    expect((await act('mode', 'live', ...WHY)).out).toContain('The bot is live.');
    expect((await act('mute', conversationSid, ...WHY)).status).toBe(0);
    const audits: readonly Audit[] = await stack.operate(() =>
      withStage(
        { stage: 'dev', port: undefined, region: undefined, profile: undefined, json: false },
        (stage) => listAudits(stage, 3),
      ),
    );
    expect(audits.map(({ command, who, why, ended }) => [command, who, why, ended])).toEqual(
      ['mute', 'mode', 'mode'].map((command) => [
        command,
        'arn:aws:iam::000000000000:user/operator',
        'a test',
        'done',
      ]),
    );
  });

  it('forget a person by their address, and name what stays', async () => {
    const { status, out } = await act('forget', ADDRESS, '--yes', ...WHY);
    expect([status, out.includes(ADDRESS)]).toEqual([0, false]);
    for (const named of [conversationSid, 'The log: SIDs, for 30 days', 'for 35 days', 'Twilio itself'])
      expect(out).toContain(named);
    const left = await stack.operate(() =>
      withStage(
        { stage: 'dev', port: undefined, region: undefined, profile: undefined, json: false },
        (stage) => allOf(stage.table),
      ),
    );
    expect(left).not.toMatch(/15550777|opening hours|hello/i);
  });
});
