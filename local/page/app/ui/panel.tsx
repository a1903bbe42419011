import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-paths.ts';

/**
 * A button of the top bar and the panel it opens. The browser closes it on Escape or a click elsewhere, and gives
 * the focus back.
 */
export function Panel(props: {
  readonly id: string;
  readonly icon: IconName;
  readonly title: string;
  /** What the button shows; the title when absent. */
  readonly label?: ComponentChildren;
  readonly tone?: 'good' | 'bad' | 'warn' | undefined;
  readonly children: ComponentChildren;
}) {
  const { id, icon, title, label = title, tone = 'plain', children } = props;
  return (
    <>
      <button type="button" class={`bar-button ${tone}`} popovertarget={id}>
        <Icon name={icon} />
        {label}
      </button>
      <section id={id} popover="auto" class="panel" aria-labelledby={`${id}-title`}>
        <h2 id={`${id}-title`}>{title}</h2>
        {children}
      </section>
    </>
  );
}
