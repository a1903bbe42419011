import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page, ViewportSize } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { CUSTOMER_CHANNELS } from '../../emulator/index.ts';
import { chromiumPath, needsChromium } from './browser.ts';
import { messages, openPage, step, write } from './open-page.ts';

needsChromium();

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

interface Look {
  readonly colorScheme: 'light' | 'dark';
  readonly viewport: ViewportSize;
  /** The rules to try; all when absent. */
  readonly only?: readonly string[];
}

const WIDE = { width: 1440, height: 900 };
const MIDDLE = { width: 900, height: 800 };
const NARROW = { width: 390, height: 844 };

/** What the scheme matters to. */
const COLOURS = ['color-contrast', 'link-in-text-block'];
const ROOMY: readonly Look[] = [
  { colorScheme: 'light', viewport: MIDDLE },
  { colorScheme: 'dark', viewport: MIDDLE, only: COLOURS },
];
/** What is open looks the same there: only how the page is laid out differs. */
const ROOMIER: readonly Look[] = [{ colorScheme: 'light', viewport: WIDE }];
const SMALL: readonly Look[] = [
  { colorScheme: 'light', viewport: NARROW },
  { colorScheme: 'dark', viewport: NARROW, only: COLOURS },
];

const COLOURFUL: readonly Look[] = [
  { colorScheme: 'light', viewport: WIDE, only: COLOURS },
  { colorScheme: 'dark', viewport: WIDE, only: COLOURS },
];

/** A page, and what axe-core has to say against it as it stands, looked at in each of these ways. */
async function openUnder(looks: readonly Look[]) {
  const opened = await openPage({ viewport: looks[0]?.viewport ?? WIDE, ownRules: true });
  const { page } = opened;
  await page.evaluate(axe);
  return {
    ...opened,
    violations: async (more: readonly Look[] = [], what = 'document') => {
      const found: string[] = [];
      for (const look of [...more, ...looks]) found.push(...(await violations(page, look, what)));
      return found;
    },
  };
}

/** What opens over the page; what is below has been looked at. */
const OPEN = `document.querySelector(':popover-open, dialog[open]')`;

/** @param what of the page is looked at, as an expression */
async function violations(page: Page, look: Look, what: string): Promise<readonly string[]> {
  const { colorScheme, viewport, only } = look;
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize(viewport);
  // A selector for each node, and a description of all that passes, take it as long as finding out what does not.
  const brief = { resultTypes: ['violations'], selectors: false };
  const options = JSON.stringify({ ...brief, ...(only && { runOnly: only }) });
  const found = (await page.evaluate(
    `axe.run(${what}, ${options}).then(({ violations }) => violations)`,
  )) as Violation[];
  return found.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) => `${colorScheme}, ${viewport.width}: ${id}: ${html} ${failureSummary}`,
    ),
  );
}

describe.runIf(chromiumPath)('accessibility of the page', () => {
  it('has no violation in light or dark, on a wide or a middling screen, whatever is open', async () => {
    await using opened = await openUnder(ROOMY);
    const { page, rulesFolder, violations } = opened;
    for (const body of ['STOP', 'order', 'hi', 'plants', 'refund', 'catalogue']) await write(page, body);
    await page.getByText('Not answered: It asks for no more messages').waitFor();
    await messages(page, 'Our catalogue').locator('.ticks.read').waitFor();
    for (const title of [/^Webhook/, /^Create message/, /^Reply/]) {
      await step(page, title).locator('summary').click();
    }
    expect(await violations(ROOMIER)).toEqual([]);

    for (const name of [/^\d+ rules$/, 'Faults', /^Clock/]) {
      await page.getByRole('button', { name }).click();
      expect(await violations([], OPEN)).toEqual([]);
      await page.keyboard.press('Escape');
    }
    await page.getByRole('button', { name: 'Add a person' }).click();
    expect(await violations([], OPEN)).toEqual([]);
    await page.keyboard.press('Escape');

    opened.world.service.faults.arm({ kind: 'rate-limit', retryAfterSeconds: 60, times: 20 });
    opened.world.service.faults.arm({ kind: 'delivery-failure', errorCode: 63016 });
    writeFileSync(join(rulesFolder, 'rules.yaml'), 'version: 2\n');
    await page.getByRole('alert').getByText('the last good rules keep running').waitFor();
    await write(page, 'hours');
    await page.getByRole('button', { name: 'Skip the wait' }).waitFor();
    expect(await violations(ROOMIER)).toEqual([]);
  });

  it('has none in light or dark on a narrow screen, in any of its parts', async () => {
    await using opened = await openUnder(SMALL);
    const { page, world, rulesFolder, violations } = opened;
    await write(page, 'STOP');
    await messages(page, /^STOP/).getByText('Not answered: It asks for no more messages').waitFor();
    await write(page, 'hi');
    await messages(page, 'Fern & Clay').locator('.ticks.read').waitFor();
    await write(page, 'person');
    await page.getByRole('region', { name: 'The bot is quiet' }).waitFor();
    const tabs = page.getByRole('navigation', { name: 'Parts of the page' });
    for (const name of ['Chat', 'What happened', 'Conversations']) {
      await tabs.getByRole('button', { name }).click();
      expect(await violations()).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(NARROW.width);
    }
    await page.getByRole('button', { name: 'New' }).click();
    expect(await violations([], OPEN)).toEqual([]);
    await page.keyboard.press('Escape');

    world.service.faults.arm({ kind: 'rate-limit', times: 20 });
    writeFileSync(join(rulesFolder, 'rules.yaml'), 'version: 2\n');
    await page.getByRole('alert').getByText('the last good rules keep running').waitFor();
    expect(await violations()).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(NARROW.width);
  });

  it('has none in the colours of any channel, whose people are named without its prefix', async () => {
    await using opened = await openUnder(COLOURFUL);
    const { page, world, violations } = opened;
    const listed = page.getByRole('navigation', { name: 'Conversations' }).getByRole('listitem');
    for (const [index, channel] of CUSTOMER_CHANNELS.entries()) {
      const { conversation } = await world.service.customer.startConversation({ channel });
      const conversationSid = String(conversation['sid']);
      // The newest stands first, above that with which the page began and those before.
      await listed.nth(index + 1).waitFor();
      await listed.first().getByRole('button').click();
      await world.service.customer.write({ conversationSid, body: 'hi' });
      await page.locator(`.chat.on-${channel}`).waitFor();
      await step(page, /^Done/).waitFor();
      const name = await page.locator('#chat-title').textContent();
      expect(name, channel).not.toContain(':');
      expect(await violations(), channel).toEqual([]);
    }
  });

  it('can be used by keyboard alone', async () => {
    await using opened = await openPage();
    const { page } = opened;
    const focused = () => page.evaluate('document.activeElement.textContent');

    await page.getByRole('textbox', { name: /^Message as/ }).focus();
    await page.keyboard.type('hi');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Browse plants' }).waitFor();
    for (let tabs = 0; tabs < 10 && (await focused()) !== 'Browse plants'; tabs += 1) {
      await page.keyboard.press('Shift+Tab');
    }
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Choose a plant' }).waitFor();

    const faults = page.getByRole('button', { name: 'Faults' });
    await faults.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Faults' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('region', { name: 'Faults' }).waitFor({ state: 'hidden' });
    expect(await focused()).toBe('Faults');
  });
});
