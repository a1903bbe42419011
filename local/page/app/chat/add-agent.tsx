import { useRef, useState } from 'preact/hooks';
import type { Conversation } from '../model/model.ts';
import { Field } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { useForm } from '../ui/use-form.ts';

/** A person of the business joins by SDK. */
export function AddAgent({ conversation }: { readonly conversation: Conversation }) {
  const { problem, complain, submit } = useForm();
  const dialog = useRef<HTMLDialogElement>(null);
  const [identity, setIdentity] = useState('agent-dana');

  async function join(event: Event): Promise<void> {
    event.preventDefault();
    const joined = await submit('join', { conversationSid: conversation.sid, identity: identity.trim() });
    if (joined !== undefined) dialog.current?.close();
  }

  return (
    <>
      <button type="button" class="button small" onClick={() => dialog.current?.showModal()}>
        <Icon name="person" />
        <span class="wide-only">Add a person</span>
      </button>
      <dialog ref={dialog} class="dialog" aria-labelledby="join-title">
        <form onSubmit={(event) => void join(event)}>
          <h2 id="join-title">Add a person</h2>
          <p class="quiet">
            They join by SDK and can write here. The bot answers whoever is not an agent; identities that
            begin with <code>agent-</code> are agents unless AGENTS says otherwise.
          </p>
          <Field
            label="Identity"
            required
            value={identity}
            problem={problem}
            onChange={(value) => {
              setIdentity(value);
              complain(undefined);
            }}
          />
          <div class="row end">
            <button type="button" class="button" onClick={() => dialog.current?.close()}>
              Cancel
            </button>
            <button type="submit" class="button primary">
              Join
            </button>
          </div>
        </form>
      </dialog>
    </>
  );
}
