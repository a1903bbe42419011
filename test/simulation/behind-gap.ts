import type { Written } from './oracle.ts';
import { DEATHS, FAILURES } from './set-aside.ts';
import type { SimulatedWorld } from './world.ts';

/**
 * What no webhook told of before a later message was on the queue has no place in the order where the gap before that one
 * could not be read, although it was tried often enough: the conversation moves on, and what stood there is found later.
 */
export function withoutOrder(
  { watch }: Pick<SimulatedWorld, 'watch'>,
  written: readonly Written[],
): Written[] {
  const queuedAt = ({ sid }: Written) =>
    watch.queuedKeys.get(`onMessageAdded|${sid}`) ?? Number.POSITIVE_INFINITY;
  const wentWrong = ({ sid }: Written) => {
    const { deaths, failures } = watch.trials(`onMessageAdded|${sid}`);
    return deaths >= DEATHS || failures >= FAILURES;
  };
  return written.map((message) => {
    const isUnseen = written.some(
      (later) =>
        later.conversationSid === message.conversationSid &&
        later.index > message.index &&
        queuedAt(later) < queuedAt(message) &&
        wentWrong(later),
    );
    return isUnseen ? { ...message, isUnordered: true } : message;
  });
}
