import { expect, it } from 'vitest';
import type { ReconcilePorts } from '../../lib/reconcile/reconcile-ports.ts';
import { MODE_KEY, saveNext } from '../../lib/record/keys.ts';
import { barePorts, FIRST, NO_PAGE, OTHERS, OURS, SECOND, START, webhooksTo } from './bare-ports.ts';

const isMode = ({ sk }: { readonly sk: string }) => sk === MODE_KEY.sk;

/** Runs of a stack where the mode says this; without a value, nothing. */
async function startStack(value: unknown, changes: Partial<ReconcilePorts> = {}) {
  const stack = barePorts({ fetchWebhooks: async () => webhooksTo(OTHERS), ...changes });
  const { ports, memory } = stack;
  if (value !== undefined) await saveNext(ports, { key: MODE_KEY, value, lifetime: 'mode' }, undefined);
  let reads = 0;
  const store: ReconcilePorts['store'] = {
    ...memory,
    get: async (key) => {
      if (isMode(key)) reads += 1;
      return memory.get(key);
    },
  };
  return {
    ...stack,
    run: (more: Partial<ReconcilePorts> = {}) => stack.run({ store, ...more }),
    reads: () => reads,
    rang: () => stack.reasons('other_stack').length,
  };
}

const pressed = (mode: string, until?: number) => ({
  mode,
  reason: 'the other one answers',
  by: 'ana',
  at: START,
  ...(until === undefined ? {} : { until }),
});

// Cause: BOT_MODE alone decided, and the alarm rang for a stack that an operator had switched off.
it.each<[name: string, rings: number, value: unknown]>([
  ['off', 0, pressed('off')],
  ['off until a moment to come', 0, pressed('off', START + 1)],
  ['off until now', 1, pressed('off', START)],
  ['dry-run', 1, pressed('dry-run')],
  ['live', 1, pressed('live')],
  ['nothing', 1, undefined],
  ['what cannot be read, which counts as off', 0, { mode: 'of' }],
])('where an operator has pressed %s, another stack is counted %i times', async (_, rings, value) => {
  const stack = await startStack(value);
  await stack.run();
  expect(stack.rang()).toBe(rings);
});

it('where the table cannot say what was pressed, another stack is counted, and the run goes on', async () => {
  const stack = await startStack(pressed('off'));
  const get: ReconcilePorts['store']['get'] = async (key) => {
    if (isMode(key)) throw new Error('the table is down');
    return stack.memory.get(key);
  };
  await stack.run({ store: { ...stack.memory, get } });
  expect(stack.rang()).toBe(1);
  expect(stack.reasons('reconcile_alive')).toHaveLength(1);
});

it('where an operator has pressed off, nothing is looked for in what is another’s either', async () => {
  const stack = await startStack(pressed('off'));
  const asked: string[] = [];
  await stack.run({
    asked: 'everywhere',
    listConversations: async (serviceSid) => {
      asked.push(serviceSid);
      return NO_PAGE;
    },
  });
  expect(asked).toEqual([]);
});

it.each<[name: string, reads: number, changes: Partial<ReconcilePorts>]>([
  ['not where the webhooks are ours', 0, { fetchWebhooks: async () => webhooksTo(OURS) }],
  ['not where BOT_MODE says it already', 0, { isOff: true }],
  ['once where one service is another’s', 1, {}],
  ['once where two are', 1, { serviceSids: [FIRST, SECOND] }],
])('the mode is read %s', async (_, reads, changes) => {
  const stack = await startStack(pressed('off'), changes);
  await stack.run();
  // Nothing is due a minute later.
  stack.time.now += 60_000;
  await stack.run();
  expect(stack.reads()).toBe(reads);
});

it('the mode is not read by a run that only goes on with what the one before left', async () => {
  const stack = await startStack(undefined, {
    serviceSids: [FIRST, SECOND],
    fetchWebhooks: async (serviceSid) => webhooksTo(serviceSid === FIRST ? OTHERS : OURS),
  });
  await stack.run();
  const state = await stack.state();
  if (state === undefined) throw new Error('the run left no state');
  await stack.leave({ ...state, wide: { serviceSid: SECOND } });
  stack.time.now += 60_000;
  await stack.run();
  expect([stack.reads(), stack.rang()]).toEqual([1, 1]);
});
