import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import { usePage } from './page-context.ts';

/** Puts something on the clipboard and says so. */
export function useCopy(): (text: string, said: string) => void {
  const { say } = usePage();
  return (text, said) =>
    void navigator.clipboard.writeText(text).then(
      () => say(said),
      () => say('The browser does not let this page copy.', 'bad'),
    );
}

/** A place in a file as editors and terminals take it, to be copied: `bot/rules.yaml:25`. */
export function CopyPlace({
  place,
  children,
}: {
  readonly place: string;
  readonly children?: ComponentChildren;
}) {
  const copy = useCopy();
  return (
    <button type="button" class="bare place" title="Copy" onClick={() => copy(place, `Copied: ${place}`)}>
      <code>{children ?? place}</code>
      {children !== undefined && <span class="unseen">: copy {place}</span>}
      <Icon name="copy" />
    </button>
  );
}
