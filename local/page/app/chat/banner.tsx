import type { Conversation } from '../model/model.ts';
import { type Silence, tellSilence } from '../model/tell-silence.ts';
import { formatAgo, formatName, formatUntil } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { usePage } from '../ui/page-context.ts';
import { useTicking } from '../ui/use-ticking.ts';

/** Why the bot says nothing here, how long for, and a way to end it. */
export function Banner({ conversation }: { readonly conversation: Conversation }) {
  const { model, now, act } = usePage();
  const silence = tellSilence(model, conversation, now());
  useTicking(silence !== undefined && !model.switches.frozen);
  if (silence === undefined) return null;
  return (
    <section class="banner" aria-label="The bot is quiet">
      <Icon name="person" />
      <p>{describe(silence, now())}</p>
      <button
        type="button"
        class="button small"
        onClick={() => void act('giveBack', { conversationSid: conversation.sid })}
      >
        Give back
      </button>
    </section>
  );
}

function describe(silence: Silence, now: number): string {
  const until = formatUntil(silence.until, now);
  if (silence.kind === 'quiet') {
    const { person, wroteAt } = silence;
    const who = person === undefined ? 'a person' : formatName(person);
    return `Quiet: ${who} wrote ${formatAgo(now - wroteAt)}. The bot answers again from ${until}.`;
  }
  const { rule, back } = silence;
  const by = rule === undefined ? '' : ` by rule ${rule}`;
  const words = back.map((word) => `“${word}”`).join(' or ');
  return `Handed over to a person until ${until}${by}.${words === '' ? '' : ` The customer comes back with ${words}.`}`;
}
