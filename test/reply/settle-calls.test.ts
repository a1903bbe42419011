import { describe, expect, it } from 'vitest';
import type { Asked, Called } from '../../lib/handlers/create-caller.ts';
import type { Claim } from '../../lib/reply/claim.ts';
import { settleCalls } from '../../lib/reply/settle-calls.ts';
import { TooManyMessagesError } from '../../lib/reply/too-many-messages-error.ts';
import type { PlainAction } from '../../lib/rules/types.ts';
import { bookOf, decideOn, messageAdded } from '../rules/support.ts';

const BOOK = bookOf(`version: 1
rules:
  - id: ask
    when: { keyword: ask }
    then: { call: look, wait: 1d, else: { text: Not now. } }
  - { id: answered, when: { after: ask, answer: text }, then: { text: 'You say {{ answer }}.' } }
  - id: asks-itself
    when: { keyword: itself }
    then: [{ call: look, else: { text: Not now. } }, { text: Which day?, wait: 1d }]
  - { id: itself, when: { after: asks-itself, answer: text }, then: { text: 'You say {{ answer }}.' } }
  - id: behind
    when: { keyword: behind }
    then: [{ text: One moment. }, { call: look, else: { text: Not now. } }]
`);

const say = (words: string): PlainAction => ({ kind: 'text', Body: [words], split: false });
const messages = (count: number): readonly PlainAction[] => Array.from({ length: count }, () => say('x'));
const tag: PlainAction = { kind: 'tag', attributes: {} };

/** What becomes of a message whose handler returns `actions`; without them the bot has no handlers. */
async function settled(Body: string, actions?: readonly PlainAction[]) {
  const event = messageAdded({ Body });
  const decision = decideOn(BOOK, event);
  if (decision.outcome !== 'reply') throw new Error('no rule');
  const claim = { event, address: {}, tries: { markCall: async () => true } } as unknown as Claim;
  const call = async ({ handler, check }: Asked): Promise<Called> => {
    check(actions ?? []);
    return { handler, ended: 'returned', ms: 0, actions: actions ?? [] };
  };
  const ports = { rules: BOOK, clock: { now: () => 0 }, callMs: 1, ...(actions && { call }) };
  return settleCalls(ports as never, claim, decision, { event, now: 0 });
}

describe('a call', () => {
  it('is missing where the bot has no handlers, and its else is done', async () => {
    const { decision, called } = await settled('ask');
    expect(called).toEqual([{ handler: 'look', ended: 'missing', ms: 0 }]);
    expect(decision.shares[0]?.actions).toEqual([say('Not now.')]);
  });

  it('may be answered with five messages, whatever its rule said before and it tags beside', async () => {
    const { decision } = await settled('behind', [...messages(5), tag]);
    expect(decision.shares[0]?.actions).toHaveLength(7);
    await expect(settled('behind', messages(6))).rejects.toThrow(TooManyMessagesError);
  });

  it('says in how many messages too many it was answered, and what may be done', () => {
    expect(new TooManyMessagesError(6, 5).message).toMatch(/ 6 messages; at most 5 .* fewer/);
  });
});

describe('a question', () => {
  it('is asked by a handler that tags the message as well', async () => {
    expect((await settled('ask', [say('Which day?'), tag])).decision.question).toMatchObject({
      opens: 'ask',
    });
    expect((await settled('ask', [tag])).decision.question).toBeUndefined();
  });

  it('is asked by what the rule says behind a call that failed', async () => {
    expect((await settled('itself')).decision.question).toMatchObject({ opens: 'asks-itself' });
  });
});
