import { useRef } from 'preact/hooks';
import { describeTurn } from '../model/describe-turn.ts';
import type { Conversation, Message } from '../model/model.ts';
import { formatMinute, formatName } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { usePage } from '../ui/page-context.ts';
import { nameConversation } from './name-conversation.ts';
import { NewConversation } from './new-conversation.tsx';
import { WorldActions } from './world-actions.tsx';

export function ConversationList(props: {
  readonly current: Conversation | undefined;
  readonly onOpen: (sid: string) => void;
}) {
  const { current, onOpen } = props;
  const { model } = usePage();
  const dialog = useRef<HTMLDialogElement>(null);
  const conversations = [...model.conversations.values()].toSorted((a, b) => b.lastActivity - a.lastActivity);
  return (
    <>
      <nav class="conversations pane" aria-labelledby="conversations-title">
        <div class="pane-head">
          <h2 id="conversations-title">Conversations</h2>
          <button type="button" class="button small" onClick={() => dialog.current?.showModal()}>
            <Icon name="plus" />
            New
          </button>
        </div>
        <ul>
          {conversations.map((conversation) => (
            <li key={conversation.sid}>
              <button
                type="button"
                class="conversation"
                aria-current={conversation === current ? 'true' : undefined}
                onClick={() => onOpen(conversation.sid)}
              >
                <Summary conversation={conversation} />
              </button>
            </li>
          ))}
        </ul>
        <WorldActions />
      </nav>
      {/* Beside the list, which a narrow screen hides: a dialog goes with what it is in. */}
      <NewConversation dialog={dialog} onOpen={onOpen} />
    </>
  );
}

function Summary({ conversation }: { readonly conversation: Conversation }) {
  const { now } = usePage();
  const { channel, lastActivity } = conversation;
  const last = [...conversation.messages.values()].at(-1);
  const turn = [...conversation.turns.values()].findLast(({ steps }) => steps.length > 0);
  const busy = turn !== undefined && ['busy', 'warn'].includes(describeTurn(turn, now()).tone);
  return (
    <>
      <span class={`badge on-${channel}`}>
        <Icon name={channel} />
      </span>
      <span class="conversation-text">
        <span class="conversation-name">
          <strong>{nameConversation(conversation)}</strong>
          <time class="quiet">{formatMinute(lastActivity)}</time>
        </span>
        <span class="quiet preview">
          {busy && <span class="dot busy" />}
          {last === undefined ? 'Nothing said yet' : preview(last)}
        </span>
      </span>
    </>
  );
}

function preview({ author, body, media, removed }: Message): string {
  if (removed) return 'Removed';
  const said = body ?? media[0]?.content_type ?? '';
  return `${formatName(author)}: ${said.split('\n')[0]}`;
}
