import type { Conversation, Message } from '../model/model.ts';
import { type HelpStep, tellHelp } from '../model/tell-help.ts';
import { usePage } from '../ui/page-context.ts';
import { useTicking } from '../ui/use-ticking.ts';

/** Does what helps a message that was not answered, or did not arrive. */
export function HelpButton(props: {
  readonly message: Message;
  readonly conversation: Conversation;
  readonly onDone: () => void;
}) {
  const { message, conversation, onDone } = props;
  const { model, now, act } = usePage();
  const help = tellHelp(model, conversation, message, now());
  const moves = help?.steps.some(({ does }) => does === 'move') ?? false;
  useTicking(moves && !model.switches.frozen);
  if (help === undefined) return null;
  const conversationSid = conversation.sid;

  const take = (step: HelpStep): Promise<unknown> => {
    switch (step.does) {
      case 'give back':
        return act('giveBack', { conversationSid });
      case 'move':
        return act('time', { moveMs: step.ms });
      case 'write':
        return act('write', { conversationSid, author: step.author, body: step.body });
    }
  };

  async function doAll(steps: readonly HelpStep[]): Promise<void> {
    for (const step of steps) if ((await take(step)) === undefined) return;
    onDone();
  }

  return (
    <button type="button" class="button small help" onClick={() => void doAll(help.steps)}>
      {help.title}
    </button>
  );
}
