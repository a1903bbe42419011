import { useEffect } from 'preact/hooks';
import { Icon } from './icon.tsx';

export interface Notice {
  readonly text: string;
  readonly tone: 'plain' | 'bad';
}

const SHOWN_MS = 4000;

/** What was just done goes away by itself; what went wrong stays until it is closed. */
export function Notices({
  notice,
  onClose,
}: {
  readonly notice: Notice | undefined;
  readonly onClose: () => void;
}) {
  useEffect(() => {
    if (notice?.tone !== 'plain') return;
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div class="notices">
      <div role="status">{notice?.tone === 'plain' && <p class="notice">{notice.text}</p>}</div>
      <div role="alert">
        {notice?.tone === 'bad' && (
          <p class="notice bad">
            {notice.text}
            <button type="button" class="bare" aria-label="Close" onClick={onClose}>
              <Icon name="cross" />
            </button>
          </p>
        )}
      </div>
    </div>
  );
}
