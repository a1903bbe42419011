import type { Conversation, Turn } from '../model/model.ts';
import { useCopy } from '../ui/copy.tsx';
import { Icon } from '../ui/icon.tsx';
import { usePage } from '../ui/page-context.ts';
import { makeEventFile } from './make-event-file.ts';
import { makeTalk } from './make-talk.ts';

/** Takes what happened along: as a recorded event, or with the conversation before it as a test. */
export function CopyTurn(props: { readonly turn: Turn; readonly conversation: Conversation }) {
  const { turn, conversation } = props;
  const { model } = usePage();
  const webhook = turn.steps.find((step) => step.kind === 'webhook');
  return (
    <div class="row">
      {webhook !== undefined && (
        <CopyButton title="Copy event" make={() => makeEventFile(webhook)} place="events/http/<name>.json" />
      )}
      {turn.finished !== undefined && (
        <CopyButton
          title="Copy test"
          make={() => makeTalk(conversation, turn, model.rules?.templates)}
          place="bot/talks/<name>.yaml"
        />
      )}
    </div>
  );
}

function CopyButton(props: {
  readonly title: string;
  readonly make: () => string;
  /** Where the file belongs. */
  readonly place: string;
}) {
  const { title, make, place } = props;
  const copy = useCopy();
  return (
    <button
      type="button"
      class="button small"
      title={`For ${place}`}
      onClick={() => copy(make(), `Copied. Save it as ${place}.`)}
    >
      <Icon name="copy" />
      {title}
    </button>
  );
}
