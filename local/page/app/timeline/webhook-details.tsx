import { words } from '../model/describe-turn.ts';
import type { WebhookStep } from '../model/model.ts';
import { Pairs } from './pairs.tsx';

export function WebhookDetails({ step }: { readonly step: WebhookStep }) {
  const { sent } = step;
  return (
    <>
      <p>
        <code>
          {sent.method} {sent.url}
        </code>
      </p>
      <p>{verdict(step)}</p>
      <Pairs title="Parameters" pairs={sent.params} />
      <Pairs title="Headers" pairs={Object.entries(sent.headers)} />
    </>
  );
}

/** What became of its signature. */
function verdict({ sent, answered, reason, toBot }: WebhookStep): string {
  const status = answered?.status;
  if (status === undefined) return 'Whether the signature is good is not known: nobody has answered.';
  if (!toBot) return 'Whoever answered may have checked the signature, or not.';
  if (status < 400) return `The signature over this address and ${sent.params.length} parameters is good.`;
  if (reason?.startsWith('signature') === true) return 'The signature is not one of this bot’s auth tokens.';
  return `Refused${reason === undefined ? '' : `: ${words(reason)}`}.`;
}
