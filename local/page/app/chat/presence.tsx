import type { Conversation, Item } from '../model/model.ts';
import { formatMinute, formatName } from '../ui/format.ts';
import type { ChatProps } from './chat-props.ts';

/** A line that says who came or went; what the bot made of it can be looked at as of a message. */
export function Presence(
  props: Pick<ChatProps, 'selected' | 'onSelect'> & {
    readonly item: Extract<Item, { kind: 'presence' }>;
    readonly conversation: Conversation;
  },
) {
  const { item, conversation, selected, onSelect } = props;
  const { sid, name, change, at } = item;
  const steps = conversation.turns.get(sid)?.steps ?? [];
  const text = `${formatName(name)} ${change}`;
  return (
    <p class="presence">
      {change === 'joined' && steps.length > 0 ? (
        <button type="button" class="bare" aria-pressed={selected === sid} onClick={() => onSelect(sid)}>
          {text}
        </button>
      ) : (
        text
      )}
      <time>{formatMinute(at)}</time>
    </p>
  );
}
