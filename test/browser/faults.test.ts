import { describe, expect, it } from 'vitest';
import { PATIENCE_MS } from '../support/patience.ts';
import { chromiumPath, needsChromium } from './browser.ts';
import { findLayoutFaults } from './find-layout-faults.ts';
import { messages, openPage, step, write } from './open-page.ts';

needsChromium();

describe.runIf(chromiumPath)('faults and time on the page', () => {
  it('shows how an error after the write is survived: one reply, found by its marker', async () => {
    await using opened = await openPage();
    const { page } = opened;

    await page.getByRole('button', { name: 'Faults' }).click();
    const once = page.getByRole('button', { name: 'Once: Error 500, written all the same' });
    // A second click armed a second one, and nothing showed the first.
    for (const pressed of [true, false, true]) {
      await once.click();
      await once.and(page.locator(`[aria-pressed="${pressed}"]`)).waitFor();
    }
    await page.getByText('armed once').waitFor();
    expect(await findLayoutFaults(page, [320, 1280])).toEqual([]);
    await page.getByRole('button', { name: 'Faults: 1' }).waitFor();
    await page.keyboard.press('Escape');
    await write(page, 'order 12345');

    await step(page, /^Create message\s*500, fault: error/).waitFor();
    await step(page, /^List messages\s*200/).waitFor();
    await step(page, /^Done\s*Replied/).waitFor();
    expect(await messages(page, 'Order 12345 is packed').count()).toBe(1);
    await page.getByRole('button', { name: 'Faults', exact: true }).waitFor();
  });

  it('hands a message back when Twilio is busy, and lets people skip the wait', async () => {
    await using opened = await openPage();
    const { page } = opened;
    opened.world.service.faults.arm({
      kind: 'rate-limit',
      // Within the reply age: after an hour the answer would be stale.
      retryAfterSeconds: 600,
      operation: 'messages.create',
    });

    await write(page, 'order 12345');
    await step(page, /^Handed back\s*rate limited; again in 600 s/).waitFor();
    await page.getByRole('button', { name: 'Skip the wait' }).click();

    await step(page, /^Queue\s*handed over again, delivery 2/).waitFor();
    await messages(page, 'Order 12345 is packed').waitFor();
  });

  it('answers once when a webhook is sent twice', async () => {
    await using opened = await openPage();
    const { page } = opened;

    await page.getByRole('button', { name: 'Faults' }).click();
    await page.getByRole('switch', { name: 'Sent twice' }).click();
    await page.keyboard.press('Escape');
    await write(page, 'hours');

    await step(page, /^Fault: webhook\s*sent twice/).waitFor();
    await step(page, /^Queue\s*dropped: it has had this event before/).waitFor();
    await step(page, /^Done\s*Replied/).waitFor();
    expect(await messages(page, 'Our clock says').count()).toBe(1);
  });

  it('says that a webhook was lost', async () => {
    await using opened = await openPage();
    opened.world.service.faults.arm({ kind: 'webhook-drop' });
    await write(opened.page, 'hi');
    await step(opened.page, /^Fault: webhook\s*lost/).waitFor();
  });

  it('goes on when the auth token is rotated', async () => {
    await using opened = await openPage();
    const { page } = opened;

    await page.getByRole('button', { name: 'Faults' }).click();
    await page.getByRole('button', { name: 'Rotate' }).click();
    await page.getByText('Rotated.').waitFor();
    await page.keyboard.press('Escape');
    await write(page, 'hi');

    await step(page, /^Webhook onMessageAdded\s*200, signature verified/).waitFor();
  });

  it('freezes the clock and moves it', async () => {
    await using opened = await openPage();
    const { page, world } = opened;
    const panel = page.getByRole('region', { name: 'Clock' });

    await page.getByRole('button', { name: /^Clock/ }).click();
    // A message of 18:36 was answered with "our clock says 17:36".
    await panel.getByText('the rules tell that of Europe/Berlin').waitFor();
    await panel.getByRole('button', { name: 'Freeze' }).click();
    await page.getByRole('button', { name: /^Frozen at/ }).waitFor();
    const before = world.service.timeline.now();
    await panel.getByRole('button', { name: '+1 day' }).click();

    await expect.poll(() => world.service.timeline.now() - before, { timeout: PATIENCE_MS }).toBe(86_400_000);
    expect(world.service.timeline.frozen).toBe(true);
  });

  it('explains a reply that came a day too late', async () => {
    await using opened = await openPage();
    const { page, world } = opened;
    world.service.faults.arm({ kind: 'delivery-failure', errorCode: 63016 });

    await write(page, 'hi');

    await messages(page, 'Fern & Clay').getByText('failed 63016').waitFor();
    await step(page, /^Reply/)
      .locator('summary')
      .click();
    await step(page, /^Reply/)
      .getByText('takes only approved templates')
      .waitFor();
  });
});
