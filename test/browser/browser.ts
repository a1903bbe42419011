import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { PATIENCE_MS } from '../support/patience.ts';

const PLACES = [
  process.env['CHROMIUM_PATH'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const chromiumPath = PLACES.find((path) => path !== '' && existsSync(path));

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

/** Headless, and quiet on the network: the background services of Chromium are off. */
function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath ?? '',
    timeout: PATIENCE_MS,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
