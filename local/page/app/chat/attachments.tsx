import { useRef } from 'preact/hooks';
import { toBase64 } from '../../../lambda/to-base64.ts';
import type { Upload } from '../act.ts';
import { Icon } from '../ui/icon.tsx';
import { drawSample } from './draw-sample.ts';

/** As much as WhatsApp takes. */
const MAX_BYTES = 16 * 1024 * 1024;

/** The files that go with the next message. */
export function Attachments(props: {
  readonly files: readonly Upload[];
  readonly onChange: (files: readonly Upload[]) => void;
  /** Says what is wrong with a file; undefined: nothing. */
  readonly onProblem: (problem: string | undefined) => void;
}) {
  const { files, onChange, onProblem } = props;
  const input = useRef<HTMLInputElement>(null);

  async function add(blobs: readonly File[]): Promise<void> {
    const large = blobs.find(({ size }) => size > MAX_BYTES);
    onProblem(large && `${large.name} is larger than 16 MB, the most that WhatsApp takes.`);
    if (large !== undefined) return;
    onChange([...files, ...(await Promise.all(blobs.map(readFile)))]);
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
        onClick={() => void drawSample().then((sample) => add([sample]))}
      >
        <Icon name="image" />
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label="Files to send"
        onChange={({ currentTarget }) => void add([...(currentTarget.files ?? [])])}
      />
      {files.length > 0 && (
        <ul class="attached">
          {files.map((file, index) => (
            <li key={`${index} ${file.filename}`}>
              {file.filename}
              <button
                type="button"
                class="bare"
                aria-label={`Remove ${file.filename}`}
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

async function readFile(file: File): Promise<Upload> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const contentType = file.type === '' ? 'application/octet-stream' : file.type;
  return { contentType, filename: file.name, data: toBase64(bytes) };
}
