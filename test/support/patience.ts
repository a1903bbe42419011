/**
 * How long a test waits for something that must come, in milliseconds. It ends what hangs and measures nothing: where
 * many others are at work everything takes longer, and no test may fail for it.
 * @example await expect.poll(() => seen, { timeout: PATIENCE_MS }).toContain('Stopped.');
 */
export const PATIENCE_MS = 240_000;
