import { NotFoundError } from './twilio-errors.ts';

/** What is read, or undefined where Twilio has no such thing, or none any more. */
export async function unlessGone<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
