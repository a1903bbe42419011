import { existsSync } from 'node:fs';
import { type Browser, type BrowserServer, chromium, type LaunchOptions } from 'playwright-core';
import { PATIENCE_MS } from '../support/patience.ts';

const PLACES = [
  process.env['CHROMIUM_PATH'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const chromiumPath = PLACES.find((path) => path !== '' && existsSync(path));

/** Headless, and quiet on the network: the background services of Chromium are off. */
const OPTIONS: LaunchOptions = {
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
};

export function launchBrowser(): Promise<Browser> {
  return chromium.launch(OPTIONS);
}

/** One that several processes use. */
export function launchBrowserServer(): Promise<BrowserServer> {
  return chromium.launchServer(OPTIONS);
}
