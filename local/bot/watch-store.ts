import type { Store } from '../../lib/ports.ts';
import type { ConversationRecord } from '../../lib/record/conversation.ts';
import { conversationKey } from '../../lib/record/keys.ts';
import type { NotedStep } from './bot-step.ts';

/** The same store, which reports what is noted of a conversation. */
export function watchStore(store: Store, tell: (step: NotedStep) => void): Store {
  return {
    ...store,
    put: async (key, item, expected) => {
      const isSaved = await store.put(key, item, expected);
      if (isSaved && key.sk === conversationKey(key.pk).sk) {
        const { handover, givenBackAt, personAt, memory, mutedUntil = 0 } = item.value as ConversationRecord;
        tell({
          kind: 'noted',
          conversationSid: key.pk,
          conversation: {
            ...(handover && { handover }),
            ...(givenBackAt === undefined ? {} : { givenBackAt }),
            ...(personAt === undefined ? {} : { personAt }),
            ...(memory && { memory }),
            ...(mutedUntil > 0 ? { mutedUntil } : {}),
          },
        });
      }
      return isSaved;
    },
  };
}
