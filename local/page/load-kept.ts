import type { IncomingMessage } from 'node:http';
import { type ErrorBody, StateFileError } from '../../emulator/index.ts';
import { readText } from './read-text.ts';

/** A world that can be kept in a file and put back. */
export interface KeptWorld {
  /** Everything that it knows. */
  save(): string;
  /** @throws StateFileError when `text` is not what `save` gave */
  load(text: string): void;
}

/** Pictures are in it, each of up to 16 MB. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Puts a world back from what a request carries. @returns the refusal, in the shape of Twilio's */
export async function loadKept(world: KeptWorld, request: IncomingMessage): Promise<ErrorBody | undefined> {
  const text = await readText(request, MAX_BYTES);
  if (text === undefined) return refusal(413, 'The file is larger than 256 MB, the most that is read here');
  try {
    world.load(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof StateFileError)) throw error;
    return refusal(400, error.message);
  }
}

function refusal(status: number, message: string): ErrorBody {
  return { code: 20001, message, more_info: 'https://www.twilio.com/docs/errors/20001', status };
}
