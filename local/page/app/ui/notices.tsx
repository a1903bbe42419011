import { useEffect, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';

export interface Notice {
  readonly text: string;
  readonly tone: 'plain' | 'bad';
}

/** Long enough to read what was done, and what went wrong. */
const SHOWN_MS = { plain: 4_000, bad: 12_000 } as const;

/**
 * What was just done, or went wrong. It takes room of its own, so that it covers nothing, and goes by itself, but not
 * under somebody's pointer or focus.
 */
export function Notices({
  notice,
  onClose,
}: {
  readonly notice: Notice | undefined;
  readonly onClose: () => void;
}) {
  const [held, hold] = useState(false);
  useEffect(() => {
    if (notice === undefined || held) return;
    const timer = setTimeout(onClose, SHOWN_MS[notice.tone]);
    return () => clearTimeout(timer);
  }, [notice, held]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it is only kept while somebody is at it
    <div
      class="notices"
      onMouseEnter={() => hold(true)}
      onMouseLeave={() => hold(false)}
      onFocusIn={() => hold(true)}
      onFocusOut={() => hold(false)}
    >
      <div role="status">{notice?.tone === 'plain' && <p class="notice">{notice.text}</p>}</div>
      <div role="alert">
        {notice?.tone === 'bad' && (
          <p class="notice bad">
            {notice.text}
            <button
              type="button"
              class="bare"
              aria-label="Close"
              onClick={() => {
                hold(false);
                onClose();
              }}
            >
              <Icon name="cross" />
            </button>
          </p>
        )}
      </div>
    </div>
  );
}
