import type { Browser } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { chromiumPath, launchBrowser } from './launch-browser.ts';

export { chromiumPath };

const MISSING =
  'No Chromium was found, so the chat page is not tested in a browser: apt-get install chromium, or set CHROMIUM_PATH.';

/** Says that the browser is missing where it is; in CI that is a failure. */
export function needsChromium(): void {
  if (chromiumPath !== undefined) return;
  it('needs Chromium', () => {
    process.stdout.write(`${MISSING}\n`);
    expect(process.env['CI'], MISSING).toBeUndefined();
  });
}

let launched: Promise<Browser> | undefined;

/** One for all tests of a file. */
export function sharedBrowser(): Promise<Browser> {
  launched ??= launchBrowser();
  return launched;
}

afterAll(async () => (await launched)?.close());
