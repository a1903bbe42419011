import type { Key, Store } from '../../lib/ports.ts';
import type { ConversationRecord } from '../../lib/record/conversation.ts';
import { conversationKey } from '../../lib/record/keys.ts';
import type { StoredItem } from '../lambda/memory-store.ts';
import type { NotedStep } from './bot-step.ts';

/** The same store, which reports what is noted of a conversation, first of what it has from the beginning. */
export function watchStore(
  store: Store,
  tell: (step: NotedStep) => void,
  items: readonly StoredItem[] = [],
): Store {
  for (const [key, { value }] of items) if (isConversation(key)) tell(notedIn(key, value));
  return {
    ...store,
    put: async (key, item, expected) => {
      const isSaved = await store.put(key, item, expected);
      if (isSaved && isConversation(key)) tell(notedIn(key, item.value));
      return isSaved;
    },
  };
}

function isConversation({ pk, sk }: Key): boolean {
  return sk === conversationKey(pk).sk;
}

function notedIn({ pk }: Key, value: unknown): NotedStep {
  const { handover, givenBackAt, personAt, memory, mutedUntil = 0 } = value as ConversationRecord;
  return {
    kind: 'noted',
    conversationSid: pk,
    conversation: {
      ...(handover && { handover }),
      ...(givenBackAt === undefined ? {} : { givenBackAt }),
      ...(personAt === undefined ? {} : { personAt }),
      ...(memory && { memory }),
      ...(mutedUntil > 0 ? { mutedUntil } : {}),
    },
  };
}
