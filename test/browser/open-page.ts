import { sharedBrowser } from './browser.ts';
import { type Opened, openPageIn, type PageOptions } from './open-page-in.ts';

export { messages, step, write } from './open-page-in.ts';

/** A page in the browser that all tests of a file share. */
export async function openPage(options: PageOptions = {}): Promise<Opened> {
  return openPageIn(await sharedBrowser(), options);
}
