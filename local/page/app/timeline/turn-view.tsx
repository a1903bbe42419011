import type { Conversation, Turn } from '../model/model.ts';
import { explainNoBot, isOnlyDecided, tellOutcome } from '../model/tell-outcome.ts';
import { formatName, formatTime } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { usePage } from '../ui/page-context.ts';
import { useTicking } from '../ui/use-ticking.ts';
import { CopyTurn } from './copy-turn.tsx';
import { DecisionView } from './decision-view.tsx';
import { StepView } from './step-view.tsx';

/** What became of a turn, then the decision, then the way there. */
export function TurnView({
  turn,
  conversation,
}: {
  readonly turn: Turn;
  readonly conversation: Conversation;
}) {
  const { now, act, model } = usePage();
  const noBot =
    turn.finished === undefined ? explainNoBot(model, conversation, { sid: turn.subject }) : undefined;
  const { tone, text } =
    noBot === undefined ? tellOutcome(turn, conversation, now()) : { tone: 'warn', text: noBot };
  const waitMs = turn.finished === undefined && turn.dueAt !== undefined ? turn.dueAt - now() : undefined;
  useTicking(waitMs !== undefined || turn.finished?.reason === 'person');
  const { decision, steps } = turn;
  return (
    <div class="turn">
      <div class="turn-head">
        <Subject turn={turn} conversation={conversation} />
        <p class={`outcome ${tone}`}>{text}</p>
        {waitMs !== undefined && (
          <p class="row">
            <button
              type="button"
              class="button small"
              onClick={() => void act('time', { moveMs: Math.max(0, Math.ceil(waitMs)) })}
            >
              <Icon name="skip" />
              Skip the wait
            </button>
          </p>
        )}
        {decision !== undefined && (
          <DecisionView
            decision={decision}
            would={isOnlyDecided(turn)}
            open={conversation.messages.has(turn.subject)}
          />
        )}
      </div>
      {steps.length === 0 && noBot === undefined ? (
        <p class="empty">
          No webhook told of this message. It was written before this world was started or loaded, while no
          webhook was set, or through REST without <code>X-Twilio-Webhook-Enabled: true</code>.
        </p>
      ) : (
        steps.length > 0 && <h3 class="way">From the webhook to the receipt</h3>
      )}
      <ol class="steps">
        {steps.map((step, index) => (
          <StepView key={index} step={step} turn={turn} />
        ))}
      </ol>
      <CopyTurn turn={turn} conversation={conversation} />
    </div>
  );
}

/** What it is all about, in its own words. */
function Subject({ turn, conversation }: { readonly turn: Turn; readonly conversation: Conversation }) {
  const { name, text } = describeSubject(turn, conversation);
  return (
    <blockquote>
      {text}
      <footer class="quiet">
        {name !== undefined && `${name}, `}
        <time>{formatTime(turn.at)}</time>
      </footer>
    </blockquote>
  );
}

function describeSubject({ subject }: Turn, { messages, participants }: Conversation) {
  const message = messages.get(subject);
  if (message !== undefined) {
    const { body, media, author } = message;
    const files = media.map(({ filename, content_type }) => filename ?? content_type).join(', ');
    return { name: formatName(author), text: body ?? files };
  }
  const participant = participants.get(subject);
  const came = participant?.present ? 'joined' : 'joined, and left';
  const text = participant === undefined ? 'The conversation' : `${formatName(participant.name)} ${came}`;
  return { name: undefined, text };
}
