import { Icon } from './icon.tsx';
import type { IconName } from './icon-paths.ts';

export type Pane = 'conversations' | 'chat' | 'timeline';

const PANES: readonly (readonly [Pane, string, IconName])[] = [
  ['conversations', 'Conversations', 'list'],
  ['chat', 'Chat', 'chat'],
  ['timeline', 'What happened', 'log'],
];

/** Which part a narrow screen shows; wide ones show all. */
export function PaneTabs({ pane, onShow }: { readonly pane: Pane; readonly onShow: (pane: Pane) => void }) {
  return (
    <nav class="pane-tabs" aria-label="Parts of the page">
      {PANES.map(([name, title, icon]) => (
        <button
          key={name}
          type="button"
          aria-current={name === pane ? 'true' : undefined}
          onClick={() => onShow(name)}
        >
          <Icon name={icon} />
          {title}
        </button>
      ))}
    </nav>
  );
}
