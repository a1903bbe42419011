import { type Browser, chromium } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { PATIENCE_MS } from '../support/patience.ts';
import { chromiumPath } from './launch-browser.ts';

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

let connected: Promise<Browser> | undefined;

/** One for all files, of which each worker sees what it has opened itself. */
export function sharedBrowser(): Promise<Browser> {
  connected ??= chromium.connect(inject('browser'), { timeout: PATIENCE_MS });
  return connected;
}
