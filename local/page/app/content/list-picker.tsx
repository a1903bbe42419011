import { useState } from 'preact/hooks';
import { Icon } from '../ui/icon.tsx';
import { useUniqueId } from '../ui/use-unique-id.ts';
import { type Fields, recordsOf, textOf } from './read-fields.ts';

/** A button that opens a list; the tapped item answers. */
export function ListPicker({
  fields,
  onTap,
}: {
  readonly fields: Fields;
  readonly onTap: (title: string) => void;
}) {
  const [open, setOpen] = useState(false);
  const id = useUniqueId();
  return (
    <div class="actions">
      <button
        type="button"
        class="action"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Icon name="list" />
        {textOf(fields, 'button')}
      </button>
      <ul id={id} class="list-items" hidden={!open}>
        {recordsOf(fields, 'items').map((item) => (
          <li key={textOf(item, 'id')}>
            <button
              type="button"
              onClick={() => {
                setOpen(false);
                onTap(textOf(item, 'item') ?? '');
              }}
            >
              {textOf(item, 'item')}
              <span class="quiet">{textOf(item, 'description')}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
