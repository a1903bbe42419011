import type { TestProject } from 'vitest/node';
import { chromiumPath, launchBrowserServer } from './launch-browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the browser listens that all browser tests use. */
    readonly browser: string;
  }
}

/** Starts one browser before the first of the browser tests, and stops it after the last. */
export default async function startBrowser({
  provide,
}: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (chromiumPath === undefined) return undefined;
  const server = await launchBrowserServer();
  provide('browser', server.wsEndpoint());
  return () => server.close();
}
