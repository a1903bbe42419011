import { explainDeliveryError, hasFailed } from '../../../../lib/twilio/delivery.ts';
import { Choices } from '../content/choices.tsx';
import { ContentView } from '../content/content-view.tsx';
import { Linked } from '../content/linked.tsx';
import { MediaView } from '../content/media-view.tsx';
import { explainWait } from '../model/describe-turn.ts';
import type { Conversation, Message } from '../model/model.ts';
import { explainNoBot, explainSilence } from '../model/tell-outcome.ts';
import { formatMinute, formatName } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { usePage } from '../ui/page-context.ts';
import { useTicking } from '../ui/use-ticking.ts';
import type { ChatProps } from './chat-props.ts';
import { HelpButton } from './help-button.tsx';
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
  const { act, model, now } = usePage();
  const { sid, author, content, inReplyTo, edited, removed, at } = message;
  const isCustomer = author === customerOf(conversation)?.name;
  const subject = inReplyTo !== undefined && conversation.turns.has(inReplyTo) ? inReplyTo : sid;
  const name = formatName(author);
  const turn = conversation.turns.get(sid);
  useTicking(turn?.finished === undefined && turn?.dueAt !== undefined);
  // Nobody waits for an answer to one of your own people.
  const isPersons = turn?.finished?.reason === 'not_a_customer';
  const said = isPersons
    ? undefined
    : ((turn && (explainSilence(turn, conversation, now()) ?? explainWait(turn, now()))) ??
      (isCustomer ? explainNoBot(model, conversation, message) : undefined));
  const failed = [...message.receipts.values()].find(hasFailed);
  const tap = (title: string) =>
    void act('tap', { conversationSid: conversation.sid, messageSid: sid, title }).then(() =>
      onSelect(undefined),
    );
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button inside does the same by keyboard
    <article
      class={`bubble ${isCustomer ? 'mine' : 'theirs'} ${selected === subject ? 'selected' : ''}`}
      aria-label={`${name}, ${formatMinute(at)}`}
      onClick={(event) => {
        if (isAside(event)) onSelect(subject);
      }}
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
            class="bare pick"
            aria-pressed={selected === subject}
            aria-label={`What happened: ${name}, ${formatMinute(at)}`}
            title="What happened"
            onClick={() => onSelect(subject)}
          >
            <Icon name="log" />
          </button>
        </p>
      </div>
      <div class="unanswered">
        {said !== undefined && <p>{said}</p>}
        {failed !== undefined && <p>Did not arrive: {explainDeliveryError(failed.errorCode)}</p>}
        <HelpButton message={message} conversation={conversation} onDone={() => onSelect(undefined)} />
      </div>
      {content !== undefined && !removed && <Choices content={content} onTap={tap} />}
    </article>
  );
}

/** What is clicked is neither a control of its own nor the end of marking text. */
function isAside({ target }: Event): boolean {
  const isControl = target instanceof Element && target.closest('a, button, audio, video') !== null;
  return !isControl && (getSelection()?.isCollapsed ?? true);
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
