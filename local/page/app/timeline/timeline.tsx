import type { Conversation } from '../model/model.ts';
import { Icon } from '../ui/icon.tsx';
import { TurnView } from './turn-view.tsx';

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
