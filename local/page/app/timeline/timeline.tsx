import { describeTurn } from '../model/describe-turn.ts';
import type { Conversation, Turn } from '../model/model.ts';
import { formatName, formatTime } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { usePage } from '../ui/page-context.ts';
import { useTicking } from '../ui/use-ticking.ts';
import { CopyTurn } from './copy-turn.tsx';
import { StepView } from './step-view.tsx';

/** All that came of one message (or of somebody joining), the newest unless another is chosen. */
export function Timeline(props: {
  readonly conversation: Conversation | undefined;
  readonly selected: string | undefined;
  readonly onSelect: (subject: string | undefined) => void;
}) {
  const { conversation, selected, onSelect } = props;
  const turns = [...(conversation?.turns.values() ?? [])].filter(
    (turn) => turn.steps.length > 0 || conversation?.messages.has(turn.subject),
  );
  const at = turns.findIndex(({ subject }) => subject === selected);
  const position = at === -1 ? turns.length - 1 : at;
  const turn = turns[position];
  const go = (step: number) => {
    const next = position + step;
    onSelect(next === turns.length - 1 ? undefined : turns[next]?.subject);
  };
  return (
    <section class="timeline pane" aria-labelledby="timeline-title">
      <div class="pane-head">
        <h2 id="timeline-title">What happened</h2>
        <span class="quiet">{turns.length > 0 && `${position + 1} of ${turns.length}`}</span>
        <button
          type="button"
          class="button small round"
          aria-label="Earlier"
          disabled={position <= 0}
          onClick={() => go(-1)}
        >
          <Icon name="left" />
        </button>
        <button
          type="button"
          class="button small round"
          aria-label="Later"
          disabled={position >= turns.length - 1}
          onClick={() => go(1)}
        >
          <Icon name="right" />
        </button>
      </div>
      {turn === undefined || conversation === undefined ? (
        <p class="empty">Send a message, and see here what becomes of it.</p>
      ) : (
        <TurnView key={turn.subject} turn={turn} conversation={conversation} />
      )}
    </section>
  );
}

function TurnView({ turn, conversation }: { readonly turn: Turn; readonly conversation: Conversation }) {
  const { now, act } = usePage();
  const { tone, text } = describeTurn(turn, now());
  const waitMs = turn.finished === undefined && turn.dueAt !== undefined ? turn.dueAt - now() : undefined;
  useTicking(waitMs !== undefined);
  return (
    <div class="turn">
      <div class="turn-head">
        <Subject turn={turn} conversation={conversation} />
        <p class="turn-state">
          <span class={`chip ${tone}`}>{text}</span>
          <time class="quiet">{formatTime(turn.at)}</time>
          {waitMs !== undefined && (
            <button
              type="button"
              class="button small"
              onClick={() => void act('time', { moveMs: Math.max(0, Math.ceil(waitMs)) })}
            >
              <Icon name="skip" />
              Skip the wait
            </button>
          )}
        </p>
        <CopyTurn turn={turn} conversation={conversation} />
      </div>
      {turn.steps.length === 0 && (
        <p class="empty">
          Nobody was told of this message: what is written through REST fires webhooks only with
          <code> X-Twilio-Webhook-Enabled: true</code>.
        </p>
      )}
      <ol class="steps">
        {turn.steps.map((step, index) => (
          <StepView key={index} step={step} start={turn.at} />
        ))}
      </ol>
    </div>
  );
}

/** What it is all about, in its own words. */
function Subject({ turn, conversation }: { readonly turn: Turn; readonly conversation: Conversation }) {
  const message = conversation.messages.get(turn.subject);
  if (message !== undefined) {
    const said =
      message.body ?? message.media.map(({ filename, content_type }) => filename ?? content_type).join(', ');
    return (
      <blockquote>
        {said}
        <footer class="quiet">{formatName(message.author)}</footer>
      </blockquote>
    );
  }
  const participant = conversation.participants.get(turn.subject);
  const came = participant?.present ? 'joined' : 'joined, and left';
  const text = participant === undefined ? 'The conversation' : `${formatName(participant.name)} ${came}`;
  return <blockquote>{text}</blockquote>;
}
