import type { Conversation } from '../model/model.ts';
import { usePage } from '../ui/page-context.ts';
import { useUniqueId } from '../ui/use-unique-id.ts';

const SHOWN = 8;

/** Things that the customer may write, each at one click. */
export function Tries(props: {
  readonly title: string;
  readonly conversation: Conversation;
  readonly tries: readonly string[];
}) {
  const { title, conversation, tries } = props;
  const { act } = usePage();
  const id = useUniqueId();
  if (tries.length === 0) return null;
  return (
    <div class="tries">
      <p id={id} class="quiet">
        {title}
      </p>
      <ul aria-labelledby={id}>
        {tries.slice(0, SHOWN).map((body) => (
          <li key={body}>
            <button
              type="button"
              class="button small"
              onClick={() => void act('write', { conversationSid: conversation.sid, body })}
            >
              {body}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
