import type { RenderedContent } from '../../../../emulator/index.ts';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon-paths.ts';
import { usePage } from '../ui/page-context.ts';
import { ListPicker } from './list-picker.tsx';
import { type Fields, recordsOf, textOf } from './read-fields.ts';

/** What stands under a template's text and can be tapped. */
export function Choices(props: {
  readonly content: RenderedContent;
  /** The customer taps something that answers. */
  readonly onTap: (title: string) => void;
}) {
  const { content, onTap } = props;
  const { type, fields } = content;
  if (type === 'twilio/list-picker') return <ListPicker fields={fields} onTap={onTap} />;
  const flow = textOf(fields, 'button_text');
  if (type === 'whatsapp/flows' && flow !== undefined) {
    return (
      <div class="actions">
        <TapButton icon="list" title={flow} onTap={() => onTap(flow)} />
      </div>
    );
  }
  const actions = recordsOf(fields, 'actions');
  if (actions.length === 0) return null;
  return (
    <div class="actions">
      {actions.map((action) => (
        <ActionButton key={textOf(action, 'title')} action={action} onTap={onTap} />
      ))}
    </div>
  );
}

/** Quick replies answer, the others lead somewhere. */
function ActionButton({
  action,
  onTap,
}: {
  readonly action: Fields;
  readonly onTap: (title: string) => void;
}) {
  const { say } = usePage();
  const title = textOf(action, 'title') ?? '';
  switch (textOf(action, 'type') ?? 'QUICK_REPLY') {
    case 'QUICK_REPLY':
      return <TapButton icon="reply" title={title} onTap={() => onTap(title)} />;
    case 'URL':
      return <LinkButton icon="link" title={title} address={textOf(action, 'url') ?? ''} />;
    case 'PHONE_NUMBER':
      return <LinkButton icon="phone" title={title} address={`tel:${textOf(action, 'phone') ?? ''}`} />;
    case 'COPY_CODE':
      return (
        <TapButton icon="copy" title={title} onTap={() => say(`Copied: ${textOf(action, 'code') ?? ''}`)} />
      );
    default:
      return <TapButton icon="phone" title={title} onTap={() => say(`“${title}” does nothing here.`)} />;
  }
}

function TapButton(props: { readonly icon: IconName; readonly title: string; readonly onTap: () => void }) {
  return (
    <button type="button" class="action" onClick={props.onTap}>
      <Icon name={props.icon} />
      {props.title}
    </button>
  );
}

/** Leads away only when somebody follows it, and only to where links may lead. */
function LinkButton(props: { readonly icon: IconName; readonly title: string; readonly address: string }) {
  const { icon, title, address } = props;
  const { say } = usePage();
  if (!/^(https?|tel):/i.test(address)) {
    return (
      <TapButton icon={icon} title={title} onTap={() => say(`“${address}” is not an address.`, 'bad')} />
    );
  }
  return (
    <a class="action" href={address} target="_blank" rel="noreferrer noopener" title={address}>
      <Icon name={icon} />
      {title}
    </a>
  );
}
