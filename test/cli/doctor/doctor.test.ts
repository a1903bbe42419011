import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OperatedStack, startOperatedStack } from '../../support/operated-stack.ts';
import { run } from '../support.ts';

let stack: OperatedStack;
beforeAll(async () => {
  stack = await startOperatedStack();
  await stack.reconcile({});
});
afterAll(() => stack.stop());

describe('a', () => {
  it('b', async () => {
    const t = performance.now();
    const { out, err, status } = await stack.operate(() => run(['doctor', '--stage', 'dev']));
    console.log(status, out, err, performance.now() - t);
    const again = performance.now();
    await stack.operate(() => run(['doctor', '--stage', 'dev', '--json']));
    console.log(performance.now() - again);
    expect(0).toBe(0);
  });
});
