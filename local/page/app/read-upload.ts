import { toBase64 } from '../../lambda/to-base64.ts';
import { RefusedError } from './refused-error.ts';

/** A file as the world takes it. */
export interface Upload {
  readonly contentType: string;
  readonly filename: string;
  /** Base64. */
  readonly data: string;
}

/** @throws RefusedError where the file has been changed or taken away since it was chosen */
export async function readUpload(file: File): Promise<Upload> {
  const bytes = await file.arrayBuffer().catch(() => {
    throw new RefusedError(`${file.name} cannot be read any more. Remove it, and choose it again.`);
  });
  const contentType = file.type === '' ? 'application/octet-stream' : file.type;
  return { contentType, filename: file.name, data: toBase64(new Uint8Array(bytes)) };
}
