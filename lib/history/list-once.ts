import type { MessageResource } from '../twilio/messages.ts';
import type { ListMessages } from './find-reply.ts';

/**
 * The list of one conversation, newest first, that is asked for page by page at most once, whoever reads it and how
 * far: the gap before a message, what proves that it was answered, and whether a person has written since are all in
 * it. For one delivery only: what is written later is not in it.
 */
export function listOnce(list: ListMessages): ListMessages {
  const read: MessageResource[] = [];
  let rest: AsyncIterator<MessageResource> | undefined;
  return async function* (address, options) {
    for (let at = 0; ; at += 1) {
      if (at === read.length) {
        rest ??= list(address, options)[Symbol.asyncIterator]();
        const next = await rest.next().catch((error: unknown) => {
          // A generator that threw says that it is done when it is asked again.
          read.length = 0;
          rest = undefined;
          throw error;
        });
        if (next.done) return;
        read.push(next.value);
      }
      yield read[at] as MessageResource;
    }
  };
}
