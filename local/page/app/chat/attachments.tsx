import { useRef } from 'preact/hooks';
import { Icon } from '../ui/icon.tsx';
import { drawSample } from './draw-sample.ts';

/** As much as WhatsApp takes. */
const MAX_BYTES = 16 * 1024 * 1024;

/** The files that go with the next message; they are read when it is sent, so whoever sends at once sends them too. */
export function Attachments(props: {
  readonly files: readonly File[];
  readonly onChange: (files: readonly File[]) => void;
  /** Says what is wrong with a file; undefined: nothing. */
  readonly onProblem: (problem: string | undefined) => void;
}) {
  const { files, onChange, onProblem } = props;
  const input = useRef<HTMLInputElement>(null);

  function add(more: readonly File[]): void {
    const large = more.find(({ size }) => size > MAX_BYTES);
    onProblem(large && `${large.name} is larger than 16 MB, the most that WhatsApp takes.`);
    if (large === undefined) onChange([...files, ...more]);
  }

  return (
    <>
      <button
        type="button"
        class="button round"
        aria-label="Attach files"
        title="Attach files"
        onClick={() => input.current?.click()}
      >
        <Icon name="clip" />
      </button>
      <button
        type="button"
        class="button round"
        aria-label="Attach a sample picture"
        title="Attach a sample picture"
        onClick={() => add([drawSample()])}
      >
        <Icon name="image" />
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label="Files to send"
        onChange={({ currentTarget }) => {
          add([...(currentTarget.files ?? [])]);
          // Whoever removes a file may choose it again.
          currentTarget.value = '';
        }}
      />
      {files.length > 0 && (
        <ul class="attached">
          {files.map((file, index) => (
            <li key={`${index} ${file.name}`}>
              {file.name}
              <button
                type="button"
                class="bare"
                aria-label={`Remove ${file.name}`}
                onClick={() => onChange(files.filter((other) => other !== file))}
              >
                <Icon name="cross" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
