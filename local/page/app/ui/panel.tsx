import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-paths.ts';
import { type Notice, Notices } from './notices.tsx';
import { PageContext, usePage } from './page-context.ts';
import { withNotices } from './with-notices.ts';

/**
 * A button of the top bar and the panel it opens, over everything else: so what is done in it is said in it. The
 * browser closes it on Escape or a click elsewhere, and gives the focus back.
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
  const page = usePage();
  const [notice, setNotice] = useState<Notice>();
  const tools = useMemo(() => withNotices(page, setNotice), [page]);
  return (
    <>
      <button type="button" class={`bar-button ${tone}`} popovertarget={id}>
        <Icon name={icon} />
        {label}
      </button>
      <section id={id} popover="auto" class="panel" aria-labelledby={`${id}-title`}>
        <h2 id={`${id}-title`}>{title}</h2>
        <PageContext.Provider value={tools}>{children}</PageContext.Provider>
        <Notices notice={notice} onClose={() => setNotice(undefined)} />
      </section>
    </>
  );
}
