import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startWorld } from '../../local/world.ts';
import { chromiumPath, needsChromium } from './browser.ts';
import { messages, openPage, openPageApart, step, write } from './open-page.ts';

needsChromium();

const MAX_BYTES = 60_000;

describe.runIf(chromiumPath)('the page and its world', () => {
  it('asks nobody but this machine, and shows no picture from elsewhere', async () => {
    await using opened = await openPage();
    const { page, world, requested, complaints } = opened;

    await write(page, 'catalogue');
    await messages(page, 'Our catalogue').getByRole('link', { name: 'shop.example/catalogue.jpg' }).waitFor();
    await page.getByRole('button', { name: 'Attach a sample picture' }).click();
    await page.getByRole('button', { name: 'Send' }).click();
    await messages(page, 'Thank you for the picture').waitFor();

    const elsewhere = requested.filter(
      ({ origin, protocol }) => origin !== world.url && protocol !== 'data:',
    );
    expect(elsewhere.map(String)).toEqual([]);
    expect(requested.length).toBeGreaterThan(5);
    expect(complaints).toEqual([]);
  });

  it('weighs less than 60 KB on the wire', async () => {
    await using opened = await openPage();
    const { page } = opened;
    const bytes = await page.evaluate(
      `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .filter(({ name }) => !name.includes('/events'))
        .reduce((sum, { transferSize }) => sum + transferSize, 0)`,
    );
    expect(bytes).toBeGreaterThan(20_000);
    expect(bytes).toBeLessThan(MAX_BYTES);
  });

  it('shows to a second page what has happened before, what was saved and loaded, and that it was reset', async () => {
    await using opened = await openPage();
    const { page, world, context } = opened;
    await write(page, 'hi');
    await messages(page, 'Fern & Clay').waitFor();

    const second = await context.newPage();
    await second.goto(world.url);

    await messages(second, 'Fern & Clay').waitFor();
    await step(second, /^Done\s*Replied/).waitFor();

    const saving = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Save' }).click();
    const saved = join(opened.rulesFolder, 'saved.json');
    await (await saving).saveAs(saved);
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByRole('button', { name: 'Reset this world' }).click();
    await page.getByRole('status').getByText('as it was at the start').waitFor();
    for (const each of [page, second]) {
      await messages(each, 'Fern & Clay').waitFor({ state: 'detached' });
    }
    await page.getByLabel('A saved world').setInputFiles(saved);
    for (const each of [page, second]) await messages(each, 'Fern & Clay').waitFor();
    await page.getByLabel('A saved world').setInputFiles('package.json');
    await page.getByRole('alert').getByText('save it again').waitFor();
  });

  it('says that the world is gone, and begins anew when another takes its place', async () => {
    await using opened = await openPage();
    const { page, world } = opened;
    await write(page, 'hi');
    await messages(page, 'Fern & Clay').waitFor();

    await world.stop();
    await page.getByRole('alert').getByText('does not answer').waitFor();
    const port = Number(new URL(world.url).port);
    const next = await startWorld({ port, environment: {}, random: Math.random });
    try {
      await next.service.customer.startConversation({ channel: 'sms', author: '+15550100009' });
      await page.getByRole('heading', { name: '+1 555 010 0009' }).waitFor();
      expect(await messages(page, 'Fern & Clay').count()).toBe(0);
      await page.getByRole('alert').getByText('does not answer').waitFor({ state: 'hidden' });
    } finally {
      await next.stop();
    }
  });

  it('copies a webhook as an event file, and the conversation as a talk', async () => {
    await using opened = await openPageApart({ permissions: ['clipboard-read', 'clipboard-write'] });
    const { page } = opened;
    const clipboard = () => page.evaluate('navigator.clipboard.readText()');
    await write(page, 'order 12345');
    await step(page, /^Done/).waitFor();

    await page.getByRole('button', { name: 'Copy event' }).click();
    await page.getByText('Copied. Save it as events/http/').waitFor();
    expect(JSON.parse(String(await clipboard()))).toMatchObject({ version: '2.0', rawPath: '/webhook' });

    await page.getByRole('button', { name: 'Copy test' }).click();
    await page.getByText('Copied. Save it as bot/talks/').waitFor();
    expect(await clipboard()).toMatch(
      /^- talk: .*- call: .*- says: order 12345\n {4}- bot: \{ template: order_status/s,
    );
  });
});
