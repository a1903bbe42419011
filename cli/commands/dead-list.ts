import { showDuration } from '../../lib/rules/match/show-duration.ts';
import { DONE, defineCommand, FAILED } from '../command.ts';
import type { Known } from '../dead/read-letters.ts';
import { plural } from '../plural.ts';
import { withStage } from '../stage/open-stage.ts';
import { stageOptions } from '../stage/stage-options.ts';
import { parleyLine } from '../stage/suggest.ts';

/** `parley dead list` */
export const list = defineCommand({
  name: 'list',
  summary:
    'List the dead letters by conversation: how old, what event, how often it was tried, how it stands.',
  options: stageOptions,
  examples: [['parley dead list --stage prod', 'what was given up']],
  exits: { done: 'there are none', failed: 'there are some' },
  run: (values, { out }) =>
    withStage(values, async (stage) => {
      const { readLetters, release, standing } = await import('../dead/read-letters.ts');
      const letters = await readLetters(stage);
      await release(stage, letters);
      const count = Math.max(letters.length, await stage.deadLetters.count());
      if (values.json)
        out(JSON.stringify({ count, letters: letters.map((one) => toJson(one, standing(one))) }));
      else if (letters.length === 0) out('There are no dead letters.');
      else {
        const now = stage.clock.now();
        for (const [sid, ofOne] of Map.groupBy(letters, ({ conversationSid }) => conversationSid)) {
          out(`${sid}: ${plural(ofOne.length, 'message')}`);
          for (const one of ofOne) out(`  ${line(one, standing(one), now)}`);
        }
        const hidden = count - letters.length;
        if (hidden > 0)
          out(`${hidden} more: SQS shows ten of a conversation, and the next once those are gone.`);
        out(`What each would say today: ${parleyLine('dead show', stage)}`);
      }
      return letters.length === 0 ? DONE : FAILED;
    }),
});

function line({ subject, eventType, letter, opened }: Known, state: string, now: number): string {
  const came = opened === undefined ? '' : `, came ${ago(now - opened.receivedAt)}`;
  return `${subject ?? letter.id} ${eventType}${came}, dead for ${age(now - letter.sentAt)}: ${state}`;
}

function ago(ms: number): string {
  return `${age(ms)} ago`;
}

/** To the minute; showDuration knows whole units only. */
function age(ms: number): string {
  return showDuration(Math.max(60_000, ms - (ms % 60_000)));
}

/** Names that stay. */
export function toJson(
  { letter, conversationSid, subject, eventType, key, opened, tries }: Known,
  state: string,
) {
  return {
    id: letter.id,
    conversationSid,
    subject,
    eventType,
    key,
    receivedAt: opened?.receivedAt ?? null,
    deadAt: letter.sentAt,
    failures: tries?.failures ?? 0,
    state,
  };
}
