import type { Turn } from '../model/model.ts';
import { Icon } from '../ui/icon.tsx';
import { usePage } from '../ui/page-context.ts';
import { makeConversationTest } from './make-conversation-test.ts';
import { makeEventFile } from './make-event-file.ts';

/** Takes what happened along: as a recorded event, or as a test. */
export function CopyTurn({ turn }: { readonly turn: Turn }) {
  const { say } = usePage();
  const webhook = turn.steps.find((step) => step.kind === 'webhook');
  if (webhook === undefined) return null;
  const copy = async (text: string, done: string) => {
    await navigator.clipboard.writeText(text);
    say(done);
  };
  return (
    <div class="row">
      <button
        type="button"
        class="button small"
        onClick={() => void copy(makeEventFile(webhook), 'Copied. Save it as events/http/<name>.json.')}
      >
        <Icon name="copy" />
        Copy event
      </button>
      <button
        type="button"
        class="button small"
        onClick={() =>
          void copy(makeConversationTest(webhook, turn), 'Copied. Save it as test/bot/<name>.test.ts.')
        }
      >
        <Icon name="copy" />
        Copy test
      </button>
    </div>
  );
}
