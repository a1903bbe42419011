import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromiumPath, needsChromium } from './browser.ts';
import { messages, openPage, step, write } from './open-page.ts';

needsChromium();

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** Everything axe-core has to say against the page as it stands. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const found = (await page.evaluate(
    'axe.run(document).then(({ violations }) => violations)',
  )) as Violation[];
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

const WIDE = { width: 1440, height: 900 };
const MIDDLE = { width: 900, height: 800 };
const NARROW = { width: 390, height: 844 };

describe.runIf(chromiumPath)('accessibility of the page', () => {
  it.each([
    ['light', WIDE],
    ['dark', WIDE],
    ['light', MIDDLE],
    ['dark', MIDDLE],
  ] as const)('has no violation in %s at %o, whatever is open', async (colorScheme, viewport) => {
    await using opened = await openPage({ colorScheme, viewport, ownRules: true });
    const { page, rulesFolder } = opened;
    for (const body of ['hi', 'plants', 'refund', 'catalogue']) await write(page, body);
    await messages(page, 'Our catalogue').locator('.ticks.read').waitFor();
    for (const title of [/^Webhook/, /^Create message/, /^Reply/]) {
      await step(page, title).locator('summary').click();
    }
    expect(await violations(page)).toEqual([]);

    for (const name of ['15 rules', 'Faults', /^Clock/]) {
      await page.getByRole('button', { name }).click();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
    }
    await page.getByRole('button', { name: 'Add a person' }).click();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');

    opened.world.service.faults.arm({ kind: 'rate-limit', retryAfterSeconds: 60, times: 20 });
    opened.world.service.faults.arm({ kind: 'delivery-failure', errorCode: 63016 });
    writeFileSync(join(rulesFolder, 'rules.yaml'), 'version: 2\n');
    await page.getByRole('alert').getByText('the last good rules keep running').waitFor();
    await write(page, 'hours');
    await page.getByRole('button', { name: 'Skip the wait' }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it.each(['light', 'dark'] as const)(
    'has none on a narrow screen in %s, in any of its parts',
    async (colorScheme) => {
      await using opened = await openPage({ colorScheme, viewport: NARROW, ownRules: true });
      const { page, world, rulesFolder } = opened;
      await write(page, 'hi');
      await messages(page, 'Fern & Clay').locator('.ticks.read').waitFor();
      const tabs = page.getByRole('navigation', { name: 'Parts of the page' });
      for (const name of ['Chat', 'What happened', 'Conversations']) {
        await tabs.getByRole('button', { name }).click();
        expect(await violations(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(NARROW.width);
      }
      await page.getByRole('button', { name: 'New' }).click();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');

      world.service.faults.arm({ kind: 'rate-limit', times: 20 });
      writeFileSync(join(rulesFolder, 'rules.yaml'), 'version: 2\n');
      await page.getByRole('alert').getByText('the last good rules keep running').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(NARROW.width);
    },
  );

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
