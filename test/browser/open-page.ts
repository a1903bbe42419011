import type { Page } from 'playwright-core';
import { sharedBrowser } from './browser.ts';
import { newContext, type Opened, openPageIn, type PageOptions, showWorld } from './open-page-in.ts';

export { messages, step, write } from './open-page-in.ts';

const VIEWPORT = { width: 1280, height: 720 };

let shared: Promise<Page> | undefined;

/**
 * A page with a world of its own. All tests of a worker share the page, because a new one costs more than what they do
 * on it: each world has an origin of its own, so nothing that is stored there stays.
 */
export async function openPage({
  ownRules = false,
  viewport = VIEWPORT,
}: SharedOptions = {}): Promise<Opened> {
  shared ??= sharedBrowser().then(async (browser) => (await newContext(browser, {})).newPage());
  const page = await shared;
  await page.setViewportSize(viewport);
  const opened = await showWorld(page, ownRules);
  return {
    ...opened,
    [Symbol.asyncDispose]: async () => {
      for (const other of opened.context.pages()) if (other !== page) await other.close();
      // What it asks of its world until that has stopped is heard by no other test.
      await page.goto('about:blank');
      await page.emulateMedia({ colorScheme: null });
      await opened[Symbol.asyncDispose]();
    },
  };
}

interface SharedOptions {
  readonly ownRules?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** One in a context of its own, for what is set for all pages of a context: what it may do, and its clock. */
export async function openPageApart(options: PageOptions = {}): Promise<Opened> {
  return openPageIn(await sharedBrowser(), options);
}
