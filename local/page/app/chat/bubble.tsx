import { Choices } from '../content/choices.tsx';
import { ContentView } from '../content/content-view.tsx';
import { Linked } from '../content/linked.tsx';
import { MediaView } from '../content/media-view.tsx';
import type { Conversation, Message } from '../model/model.ts';
import { explainSilence } from '../model/tell-outcome.ts';
import { formatMinute, formatName } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { usePage } from '../ui/page-context.ts';
import type { ChatProps } from './chat-props.ts';
import { customerOf } from './name-conversation.ts';
import { Ticks } from './ticks.tsx';

/** One message, on the side and in the look of whoever wrote it. */
export function Bubble(
  props: Pick<ChatProps, 'selected' | 'onSelect'> & {
    readonly message: Message;
    readonly conversation: Conversation;
  },
) {
  const { message, conversation, selected, onSelect } = props;
  const { act, now } = usePage();
  const { sid, author, content, inReplyTo, edited, removed, at } = message;
  const isCustomer = author === customerOf(conversation)?.name;
  const subject = inReplyTo !== undefined && conversation.turns.has(inReplyTo) ? inReplyTo : sid;
  const name = formatName(author);
  const turn = conversation.turns.get(sid);
  const silence = turn && explainSilence(turn, conversation, now());
  const tap = (title: string) =>
    void act('tap', { conversationSid: conversation.sid, messageSid: sid, title }).then(() =>
      onSelect(undefined),
    );
  return (
    <article
      class={`bubble ${isCustomer ? 'mine' : 'theirs'} ${selected === subject ? 'selected' : ''}`}
      aria-label={`${name}, ${formatMinute(at)}`}
    >
      <div class="bubble-body">
        {!isCustomer && <p class="author">{name}</p>}
        {removed ? <p class="quiet">This message was removed.</p> : <MessageBody message={message} />}
        <p class="meta">
          {edited && <span>edited</span>}
          <time>{formatMinute(at)}</time>
          <Ticks receipts={[...message.receipts.values()]} />
          <button
            type="button"
            class="bare"
            aria-pressed={selected === subject}
            aria-label={`What happened: ${name}, ${formatMinute(at)}`}
            title="What happened"
            onClick={() => onSelect(subject)}
          >
            <Icon name="log" />
          </button>
        </p>
      </div>
      {silence !== undefined && <p class="unanswered">{silence}</p>}
      {content !== undefined && !removed && <Choices content={content} onTap={tap} />}
    </article>
  );
}

function MessageBody({ message: { media, content, body } }: { readonly message: Message }) {
  return (
    <>
      {media.map((item) => (
        <MediaView key={item.sid} item={item} />
      ))}
      {content !== undefined && <ContentView content={content} />}
      {content === undefined && body !== undefined && body !== '' && (
        <p class="text">
          <Linked text={body} />
        </p>
      )}
    </>
  );
}
