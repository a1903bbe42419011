import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKS } from '../../../cli/doctor/checks.ts';
import { lookAtStage } from '../../../cli/doctor/look.ts';
import { lookAt } from '../../../cli/doctor/look-at.ts';
import { openAwsStage } from '../../../cli/stage/aws/open-aws-stage.ts';
import { withStage } from '../../../cli/stage/open-stage.ts';
import type { Stage } from '../../../cli/stage/stage.ts';
import { startOperatedStack } from '../../support/operated-stack.ts';
import { run } from '../support.ts';
import { type Operating, PLANTED, type Planted } from './planted.ts';

let stack: Operating;
let opened: Stage;
beforeAll(async () => {
  const started = await startOperatedStack();
  await started.reconcile({});
  const { conversation } = await started.service.customer.startConversation({ channel: 'sms' });
  stack = { ...started, conversationSid: String(conversation['sid']) };
  opened = await stack.operate(() => openAwsStage(DEV));
});
afterAll(async () => {
  await opened.close();
  await stack.stop();
});

const DEV = { stage: 'dev', port: 4000, region: undefined, profile: undefined, json: false };
const ALL = Object.values(CHECKS).flat();

/** What one check finds in the stack as it is now. */
function diagnose({ check: id, look: change = (look) => look, isReadAtOpening }: Planted) {
  const check = ALL.find((one) => one.id === id);
  if (check === undefined) throw new Error(`there is no check ${id}`);
  const examine = async (stage: Stage) =>
    (await lookAt(check, change(lookAtStage(stage, process.cwd())))).findings;
  return stack.operate(() => (isReadAtOpening ? withStage(DEV, examine) : examine(opened)));
}

describe('the doctor', () => {
  it.each(PLANTED)('finds $title ($check)', async (planted) => {
    const undo = await planted.plant(stack);
    try {
      const found = await diagnose(planted);
      expect(found.map(({ says }) => says)).toEqual([expect.stringContaining(planted.says)]);
      expect(found.every(({ grade, fix }) => grade !== 'unseen' && fix !== undefined)).toBe(true);
    } finally {
      await undo();
    }
  });

  it('has something planted for each of its checks', () => {
    expect([...new Set(PLANTED.map(({ check }) => check))].toSorted()).toEqual(
      ALL.map(({ id }) => id).toSorted(),
    );
  });

  it('finds nothing in a sound stack, sends no message and changes nothing', async () => {
    const before = stack.service.since(0).at(-1)?.seq ?? 0;
    const { out, err, status } = await stack.operate(() => run(['doctor', '--stage', 'dev']));
    expect({ status, err, marks: [...out.matchAll(/^ ([!✖·]) .*$/gm)].map(([line]) => line) }).toEqual({
      status: 0,
      err: '',
      marks: [expect.stringContaining('without TLS')],
    });
    const asked = stack.service.since(before).filter((one) => one.kind === 'request');
    expect(asked.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(out).toContain(`39 of 40 checks good: 0 problems, 0 warnings, 1 not to be seen from here.\n`);
    expect(out).toMatch(
      /\nRequests: \d+ to AWS, \d+ to Twilio, 3 to the webhook's address\. No message was sent\.$/,
    );
  });
});
