import { useEffect, useRef, useState } from 'preact/hooks';
import type { Conversation, Participant } from '../model/model.ts';
import { Problem } from '../ui/field.tsx';
import { formatName } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { usePage } from '../ui/page-context.ts';
import { useForm } from '../ui/use-form.ts';
import { Attachments } from './attachments.tsx';
import { customerOf } from './name-conversation.ts';

/** Where people write: as the customer, or as anybody else who is in the conversation. */
export function Composer(props: {
  readonly conversation: Conversation;
  readonly people: readonly Participant[];
  readonly onSent: () => void;
}) {
  const { conversation, people, onSent } = props;
  const { act } = usePage();
  const { problem, complain, submit } = useForm();
  const [body, setBody] = useState('');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [author, setAuthor] = useState<string>();
  const box = useRef<HTMLTextAreaElement>(null);
  const writer = people.find(({ name }) => name === author) ?? customerOf(conversation);

  // Whoever opens a conversation wants to write; whoever opens the page may not.
  useEffect(() => {
    if (document.activeElement !== document.body) box.current?.focus();
  }, []);

  async function send(): Promise<void> {
    if (body.trim() === '' && files.length === 0) return;
    setBody('');
    setFiles([]);
    const sent = await submit('write', {
      conversationSid: conversation.sid,
      ...(writer === undefined ? {} : { author: writer.name }),
      ...(body.trim() === '' ? {} : { body }),
      files,
    });
    if (sent !== undefined) return onSent();
    // What has been written meanwhile stays.
    setBody((since) => [body, since].filter((text) => text !== '').join('\n'));
    setFiles((since) => [...files, ...since]);
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {people.length > 1 && (
        <div class="write-as">
          <label>
            Write as
            <select value={writer?.name} onChange={({ currentTarget }) => setAuthor(currentTarget.value)}>
              {people.map(({ sid, name }) => (
                <option key={sid} value={name}>
                  {formatName(name)}
                </option>
              ))}
            </select>
          </label>
          {writer !== undefined && writer !== customerOf(conversation) && (
            <button
              type="button"
              class="button small"
              onClick={() => void act('leave', { conversationSid: conversation.sid, author: writer.name })}
            >
              Leave
            </button>
          )}
        </div>
      )}
      <Attachments files={files} onChange={setFiles} onProblem={complain} />
      <Problem text={problem} />
      <textarea
        ref={box}
        rows={1}
        value={body}
        aria-label={`Message as ${formatName(writer?.name ?? 'the customer')}`}
        placeholder="Message"
        onInput={({ currentTarget }) => {
          setBody(currentTarget.value);
          complain(undefined);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          void send();
        }}
      />
      <button type="submit" class="button primary round" aria-label="Send">
        <Icon name="send" />
      </button>
    </form>
  );
}
