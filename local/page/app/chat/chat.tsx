import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { findTries } from '../model/find-tries.ts';
import type { Conversation, Item } from '../model/model.ts';
import { formatName } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { usePage } from '../ui/page-context.ts';
import { AddAgent } from './add-agent.tsx';
import { Banner } from './banner.tsx';
import { Bubble } from './bubble.tsx';
import type { ChatProps } from './chat-props.ts';
import { Composer } from './composer.tsx';
import { Memory } from './memory.tsx';
import { CHANNEL_NAMES, customerOf, nameConversation } from './name-conversation.ts';
import { Presence } from './presence.tsx';
import { Tries } from './tries.tsx';

export function Chat({ conversation, selected, onSelect }: ChatProps) {
  const [written, setWritten] = useState(0);
  if (conversation === undefined) {
    return (
      <section class="chat pane" aria-label="Chat">
        <p class="empty">There is no conversation yet. Start one under “Conversations”.</p>
      </section>
    );
  }
  const { channel, state } = conversation;
  const present = [...conversation.participants.values()].filter((participant) => participant.present);
  const others = present.filter((participant) => participant !== customerOf(conversation));
  const goOn = (subject: string | undefined) => {
    if (subject === undefined) setWritten((count) => count + 1);
    onSelect(subject);
  };
  return (
    <section class={`chat pane on-${channel}`} aria-labelledby="chat-title">
      <div class="pane-head">
        <span class={`badge on-${channel}`}>
          <Icon name={channel} />
        </span>
        <div class="chat-who">
          <h2 id="chat-title">{nameConversation(conversation)}</h2>
          <p class="quiet">
            {[`${CHANNEL_NAMES[channel]}, ${state}`, ...others.map(({ name }) => formatName(name))].join(
              ' · ',
            )}
          </p>
        </div>
        <AddAgent conversation={conversation} />
      </div>
      <Banner conversation={conversation} />
      <Memory conversation={conversation} />
      <Messages conversation={conversation} selected={selected} onSelect={goOn} written={written} />
      <Composer conversation={conversation} people={present} onSent={() => goOn(undefined)} />
    </section>
  );
}

/** Drawing more costs time at every change; older ones come on demand. */
const SHOWN = 100;
/** Pixels from the end within which somebody is taken to be reading the newest message. */
const NEAR_END = 80;

function Messages(
  props: ChatProps & {
    readonly conversation: Conversation;
    /** How often something was written here: whoever writes wants to see what comes of it. */
    readonly written: number;
  },
) {
  const { conversation, selected, onSelect, written } = props;
  const { model } = usePage();
  const [shown, setShown] = useState(SHOWN);
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const { items } = conversation;
  const stayAtEnd = () => {
    if (atEnd.current) log.current?.scrollTo(0, log.current.scrollHeight);
  };
  useLayoutEffect(() => {
    atEnd.current = true;
  }, [written]);
  useLayoutEffect(stayAtEnd);
  useEffect(() => {
    const observer = new ResizeObserver(stayAtEnd);
    if (log.current !== null) observer.observe(log.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div
      ref={log}
      class="messages"
      role="log"
      aria-label="Messages"
      // A picture takes its room only when it has come.
      onLoadCapture={stayAtEnd}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
      }}
    >
      {items.length > shown && (
        <button type="button" class="button small" onClick={() => setShown(shown + SHOWN)}>
          Show earlier messages
        </button>
      )}
      {items.every(({ kind }) => kind === 'presence') && (
        <div class="empty">
          <p>Nothing said yet. Write below, as the customer would.</p>
          <Tries
            title="Try one of these:"
            conversation={conversation}
            tries={findTries(model.rules?.rules ?? [], conversation)}
          />
        </div>
      )}
      {items.slice(-shown).map((item) => (
        <ItemView
          key={keyOf(item)}
          item={item}
          conversation={conversation}
          selected={selected}
          onSelect={onSelect}
        />
      ))}
    </div>
  );
}

function ItemView(props: ChatProps & { readonly item: Item; readonly conversation: Conversation }) {
  const { item, conversation, selected, onSelect } = props;
  return item.kind === 'message' ? (
    <Bubble message={item.message} conversation={conversation} selected={selected} onSelect={onSelect} />
  ) : (
    <Presence item={item} conversation={conversation} selected={selected} onSelect={onSelect} />
  );
}

function keyOf(item: Item): string {
  return item.kind === 'message' ? item.message.sid : `${item.sid} ${item.change} ${item.at}`;
}
