import { expect, it } from 'vitest';
import { recoverIn } from '../../../cli/commands/recover.ts';
import { refusal, SERVICE_SID } from '../../reconcile/scene.ts';
import { startMemoryStage } from './memory-stage.ts';

const THEIRS = `IS${'7'.repeat(32)}`;
const VALUES = { since: undefined, dryRun: false, yes: true, reason: 'a test', json: false };

// Cause: that another stack is called for one service took the place of what was to be done for the others.
it.each([
  ['cannot be listed, to run it again', true],
  ['were looked at, nothing more', false],
])('says where Twilio calls another stack for one service and the others %s', async (_, fails) => {
  const at = await startMemoryStage();
  const settings = { TWILIO_CHAT_SERVICE_SID: `${THEIRS} ${SERVICE_SID}` };
  at.bot.hooks.exchange = async ({ path }, pass) => {
    if (path.includes(`${THEIRS}/Configuration/Webhooks`)) {
      const body = JSON.stringify({
        post_webhook_url: 'https://other.example/hook',
        method: 'POST',
        filters: [],
      });
      return { status: 200, headers: { 'content-type': 'application/json' }, body };
    }
    return fails && path.includes('/Conversations?') ? refusal(503, 20503) : pass();
  };
  const stage = {
    ...at.stage,
    reconcile: async (event: unknown) => ({ found: await at.scene.run({ event, settings }), finished: true }),
  };
  const out: string[] = [];
  const print = (line: string) => void out.push(line);
  const status = await recoverIn(stage, VALUES, { cwd: '.', out: print, err: print });
  expect(status).toBe(1);
  expect(out.filter((line) => line.startsWith(`Twilio calls another stack for ${THEIRS}`))).toHaveLength(1);
  expect(out.filter((line) => line.startsWith('Not every conversation was looked at'))).toHaveLength(
    fails ? 1 : 0,
  );
});
