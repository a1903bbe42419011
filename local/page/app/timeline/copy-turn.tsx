import type { Turn } from '../model/model.ts';
import { Icon } from '../ui/icon.tsx';
import { usePage } from '../ui/page-context.ts';
import { isByRules, makeConversationTest } from './make-conversation-test.ts';
import { makeEventFile } from './make-event-file.ts';

/** Takes what happened along: as a recorded event, or as a test. */
export function CopyTurn({ turn }: { readonly turn: Turn }) {
  const webhook = turn.steps.find((step) => step.kind === 'webhook');
  const decisions = turn.steps.filter((step) => step.kind === 'decision');
  const byRules = decisions.find((step) => isByRules(step.decision));
  return (
    <div class="row">
      {webhook !== undefined && (
        <CopyButton title="Copy event" make={() => makeEventFile(webhook)} place="events/http/<name>.json" />
      )}
      {byRules !== undefined && (
        <CopyButton
          title="Copy test"
          make={() => makeConversationTest(byRules)}
          place="test/bot/<name>.test.ts"
        />
      )}
      {byRules === undefined && decisions.length > 0 && (
        <p class="quiet">No test to copy: a guard decided, before any rule was asked.</p>
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
  const { say } = usePage();
  const copy = () =>
    navigator.clipboard.writeText(make()).then(
      () => say(`Copied. Save it as ${place}.`),
      () => say('The browser does not let this page copy.', 'bad'),
    );
  return (
    <button type="button" class="button small" title={`For ${place}`} onClick={() => void copy()}>
      <Icon name="copy" />
      {title}
    </button>
  );
}
