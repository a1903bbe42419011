import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  ConsoleMessage,
  Page,
  Request,
} from 'playwright-core';
import { startWorld, type World } from '../../local/world.ts';
import { PATIENCE_MS } from '../support/patience.ts';

export interface PageOptions extends BrowserContextOptions {
  /** Follows a copy of bot/ instead of bot/ itself. */
  readonly ownRules?: boolean;
}

export interface Opened extends AsyncDisposable {
  readonly world: World;
  readonly page: Page;
  readonly context: BrowserContext;
  /** The copy of bot/, with `ownRules`. */
  readonly rulesFolder: string;
  /** Where the page has sent requests to. */
  readonly requested: readonly URL[];
  /** What the page complained of on its console. */
  readonly complaints: readonly string[];
}

/** A world of its own with one WhatsApp conversation, and its page in a context of its own. */
export async function openPageIn(
  browser: Browser,
  { ownRules = false, ...options }: PageOptions = {},
): Promise<Opened> {
  const context = await newContext(browser, options);
  const opened = await showWorld(await context.newPage(), ownRules);
  return {
    ...opened,
    [Symbol.asyncDispose]: async () => {
      await context.close();
      await opened[Symbol.asyncDispose]();
    },
  };
}

export async function newContext(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** A world of its own with one WhatsApp conversation, which this page shows; it shows nothing of another any more. */
export async function showWorld(page: Page, ownRules: boolean): Promise<Opened> {
  const context = page.context();
  const rulesFolder = mkdtempSync(join(tmpdir(), 'parley-page-'));
  if (ownRules) cpSync('bot', rulesFolder, { recursive: true });
  const rules = ownRules ? { rulesFolder } : {};
  // Some tests say more in a minute than a customer would.
  const environment = { REPLIES_PER_MINUTE: '60' };
  const world = await startWorld({ port: 0, environment, random: Math.random, ...rules });
  await world.service.customer.startConversation({ channel: 'whatsapp', author: '+15550100001' });
  const requested: URL[] = [];
  const complaints: string[] = [];
  const onRequest = (request: Request) => void requested.push(new URL(request.url()));
  const onError = ({ message }: Error) => void complaints.push(message);
  const onConsole = (message: ConsoleMessage) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  };
  context.on('request', onRequest);
  page.on('pageerror', onError).on('console', onConsole);
  await page.goto(world.url);
  await page.getByRole('heading', { name: '+1 555 010 0001' }).waitFor();
  return {
    world,
    page,
    context,
    rulesFolder,
    requested,
    complaints,
    [Symbol.asyncDispose]: async () => {
      context.off('request', onRequest);
      page.off('pageerror', onError).off('console', onConsole);
      await world.stop();
      rmSync(rulesFolder, { recursive: true });
    },
  };
}

/** Writes as whoever the page writes as. */
export async function write(page: Page, body: string): Promise<void> {
  const box = page.getByRole('textbox', { name: /^Message as/ });
  await box.fill(body);
  await box.press('Enter');
}

/** The messages that show `text`. */
export function messages(page: Page, text: string | RegExp) {
  return page.getByRole('log', { name: 'Messages' }).getByRole('article').filter({ hasText: text });
}

/** One step of the timeline by what it says at a glance. */
export function step(page: Page, text: string | RegExp) {
  return page
    .getByRole('region', { name: 'What happened' })
    .getByRole('listitem')
    .filter({ has: page.locator('summary', { hasText: text }) });
}
