import { useRef } from 'preact/hooks';
import { usePage } from '../ui/page-context.ts';

/** Keeps the whole world in a file, puts it back, and goes back to how it was at the start. */
export function WorldActions() {
  const { act, say } = usePage();
  const input = useRef<HTMLInputElement>(null);
  const dialog = useRef<HTMLDialogElement>(null);

  async function load(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    if ((await act('load', { world: await file.text() })) !== undefined) say(`Loaded ${file.name}.`);
  }

  async function reset(): Promise<void> {
    dialog.current?.close();
    if ((await act('reset', {})) !== undefined) say('Everything is as it was at the start.');
  }

  return (
    <div class="world-actions">
      <a class="button small" href="/world" download="world.json">
        Save
      </a>
      <button type="button" class="button small" onClick={() => input.current?.click()}>
        Load
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept="application/json"
        aria-label="A saved world"
        onChange={({ currentTarget }) => {
          void load(currentTarget.files?.[0]);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
      <button type="button" class="button small" onClick={() => dialog.current?.showModal()}>
        Reset
      </button>
      <dialog ref={dialog} class="dialog" aria-labelledby="reset-title">
        <form method="dialog">
          <h2 id="reset-title">Reset this world?</h2>
          <p>
            It goes back to how it was at the start: what was said since is gone, faults are switched off, and
            the clock shows the machine’s time. Save it first to keep it.
          </p>
          <div class="row end">
            <button type="submit" class="button">
              Cancel
            </button>
            <button type="button" class="button primary" onClick={() => void reset()}>
              Reset this world
            </button>
          </div>
        </form>
      </dialog>
    </div>
  );
}
