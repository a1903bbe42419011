import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import type { CustomerChannel } from '../../../../emulator/index.ts';
import { AUTHOR_FORMS } from '../../../author-forms.ts';
import { Field } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { useForm } from '../ui/use-form.ts';
import { CHANNEL_NAMES } from './name-conversation.ts';

type Author = readonly [channel: CustomerChannel, label: string, example: string];

/** What the customer is called on each channel, and an example. */
const AUTHORS: readonly [Author, ...Author[]] = [
  ['whatsapp', 'Number', '+15550100001'],
  ['sms', 'Number', '+15550100001'],
  ['rcs', 'Number', '+15550100001'],
  ['messenger', 'Id', '1234567890'],
  ['email', 'Address', 'ana@example.com'],
  ['chat', 'Identity', 'customer'],
];

export function NewConversation(props: {
  readonly dialog: RefObject<HTMLDialogElement | null>;
  readonly onOpen: (sid: string) => void;
}) {
  const { dialog, onOpen } = props;
  const { problem, complain, submit } = useForm();
  const [channel, setChannel] = useState<CustomerChannel>('whatsapp');
  const [author, setAuthor] = useState('');
  const [, label, example] = AUTHORS.find(([name]) => name === channel) ?? AUTHORS[0];

  async function start(event: Event): Promise<void> {
    event.preventDefault();
    const name = author.trim();
    const { form, expected } = AUTHOR_FORMS[channel];
    if (name !== '' && !form.test(name)) return complain(`Expected ${expected}.`);
    const started = await submit('start', { channel, ...(name === '' ? {} : { author: name }) });
    if (started === undefined) return;
    dialog.current?.close();
    setAuthor('');
    onOpen((started as { conversation: { sid: string } }).conversation.sid);
  }

  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="new-title">
      <form onSubmit={(event) => void start(event)}>
        <h2 id="new-title">New conversation</h2>
        <fieldset class="channels">
          <legend>The customer is on</legend>
          {AUTHORS.map(([name]) => (
            <label key={name}>
              <input
                type="radio"
                name="channel"
                checked={name === channel}
                onChange={() => {
                  setChannel(name);
                  complain(undefined);
                }}
              />
              <span class={`badge on-${name}`}>
                <Icon name={name} />
              </span>
              {CHANNEL_NAMES[name]}
            </label>
          ))}
        </fieldset>
        <Field
          label={label}
          value={author}
          placeholder={example}
          hint="Left empty, it is anybody."
          problem={problem}
          onChange={(value) => {
            setAuthor(value);
            complain(undefined);
          }}
        />
        <div class="row end">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" class="button primary">
            Start
          </button>
        </div>
      </form>
    </dialog>
  );
}
