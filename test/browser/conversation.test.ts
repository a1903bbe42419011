import { describe, expect, it } from 'vitest';
import { explainReason } from '../../lib/guards/guards.ts';
import type { World } from '../../local/world.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { chromiumPath, needsChromium } from './browser.ts';
import { findLayoutFaults } from './find-layout-faults.ts';
import { messages, openPage, openPageApart, step, write } from './open-page.ts';

needsChromium();

/** Adds a template and sends it over REST, as a program of the business would. */
async function send(world: World, content: Parameters<World['service']['addContent']>[0]): Promise<void> {
  const { service, identity, url } = world;
  const [happening] = service.since(0).filter(({ kind }) => kind === 'conversation');
  const sid = happening?.kind === 'conversation' ? String(happening.resource['sid']) : '';
  const key = Buffer.from(`${identity.apiKeySid}:${identity.apiKeySecret}`).toString('base64');
  await fetch(`${url}/v1/Conversations/${sid}/Messages`, {
    method: 'POST',
    headers: { authorization: `Basic ${key}` },
    body: new URLSearchParams({ ContentSid: service.addContent(content) }),
  });
}

describe.runIf(chromiumPath)('a conversation on the page', () => {
  it('goes from the first message to a tapped quick reply', async () => {
    await using opened = await openPage();
    const { page } = opened;

    await write(page, 'hi');
    await page.getByRole('button', { name: 'Opening hours' }).click();

    await messages(page, 'Our clock says').waitFor();
    expect(await messages(page, /^Opening hours/).count()).toBe(1);
    await step(page, /^Decision\s*rule opening-hours/).waitFor();
    await step(page, /^Done\s*Replied/).waitFor();
    expect(opened.complaints).toEqual([]);
  });

  it('shows the whole way of a message, and why each rule matched or not', async () => {
    await using opened = await openPage();
    const { page } = opened;

    await write(page, 'order 12345');
    await step(page, /^Done/).waitFor();

    const titles = await page.locator('.step-title').allTextContents();
    expect(titles).toEqual([
      'Webhook onMessageAdded',
      'Queue',
      'Decision',
      'Call orderStatus',
      'Create message',
      'Reply',
      'Done',
    ]);
    await page.getByText('Answered by rule order', { exact: true }).waitFor();
    expect(await page.locator('.considered li').allTextContents()).toEqual([
      expect.stringMatching(/^Matched: order pattern/),
    ]);
    await page.getByText('6 rules did not match, 13 not asked').click();
    expect(await page.locator('.others dt').allTextContents()).toEqual([
      'includes: the message contains none of',
      'keyword: the message is none of',
      'after: no question is open',
      'Not asked: the first match wins',
    ]);
    await page.locator('.others').getByText('"hello"').waitFor();
    await step(page, /^Webhook/)
      .locator('summary')
      .click();
    await step(page, /^Webhook/)
      .getByText('The signature over this address')
      .waitFor();
    await step(page, /^Webhook/)
      .getByText('order 12345')
      .waitFor();
    await step(page, /^Create message/)
      .locator('summary')
      .click();
    await step(page, /^Create message/)
      .getByText('{"order":"12345"}')
      .waitFor();
    await step(page, /^Create message/)
      .getByText('x-twilio-webhook-enabled')
      .waitFor();
  });

  it('moves the ticks as receipts come in, and answers a text that came too often when its button has moved the clock', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await write(page, 'hi');
    await messages(page, 'Fern & Clay').locator('.ticks.read').waitFor();

    for (let times = 1; times <= 3; times += 1) {
      await write(page, 'hours');
      await messages(page, 'Our clock says')
        .nth(times - 1)
        .waitFor();
    }
    await write(page, 'hours');
    await messages(page, 'The same text came too often')
      .getByRole('button', { name: /^Move the clock on by \d+ (minutes|seconds) and ask again$/ })
      .click();
    await messages(page, 'Our clock says').nth(3).waitFor();
  });

  it('draws lists and cards, takes what is tapped in them, and goes to the end for whoever writes further up', async () => {
    await using opened = await openPage();
    const { page } = opened;

    await write(page, 'plants');
    await page.getByRole('button', { name: 'Choose a plant' }).click();
    await page.getByRole('button', { name: 'Boston fern' }).click();
    const card = messages(page, 'Boston fern, in a clay pot');
    await card.getByRole('link', { name: 'See it in the shop' }).waitFor();
    await card.getByRole('button', { name: 'Plant care' }).click();

    await messages(page, 'Most house plants are drowned').waitFor();

    const chat = page.getByRole('log', { name: 'Messages' });
    await chat.evaluate((log) => log.scrollTo(0, 0));
    await messages(page, /^plants/).click();
    await write(page, 'hours');
    await messages(page, 'Our clock says').waitFor();
    expect(await chat.evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight)).toBeLessThan(2);
  });

  it('draws a place, and a button that leads nowhere good as one that leads nowhere, in a notice that goes by itself', async () => {
    await using opened = await openPageApart();
    const { page, world } = opened;
    const place = { latitude: 52.52, longitude: 13.405, label: 'Fern & Clay', address: 'Fern Lane 1' };
    await send(world, { language: 'en', types: { 'twilio/location': place } });
    await messages(page, 'Fern Lane 1').waitFor();

    const actions = [{ type: 'URL', title: 'Look here', url: 'javascript:alert(1)' }] as const;
    await send(world, {
      language: 'en',
      types: { 'twilio/call-to-action': { body: 'Odd', actions: [...actions] } },
    });
    await page.clock.install();
    await page.getByRole('button', { name: 'Look here' }).click();
    const notice = page.getByRole('alert').getByText('is not an address');
    await notice.waitFor();
    await page.clock.runFor(15_000);
    await notice.waitFor({ state: 'hidden' });
  });

  it('sends a picture, and shows it as it is stored', async () => {
    await using opened = await openPage();
    const { page } = opened;

    await page.getByRole('button', { name: 'Attach a sample picture' }).click();
    await page.getByText('plant.jpg').waitFor();
    await page.getByRole('button', { name: 'Send' }).click();

    await messages(page, 'Thank you for the picture').waitFor();
    const picture = page.getByRole('img', { name: 'plant.jpg' });
    await expect
      .poll(() => picture.evaluate((image: { naturalWidth?: number }) => image.naturalWidth), {
        timeout: PATIENCE_MS,
      })
      .toBe(480);
  });

  it('sends a file with the message it was chosen for, however long it takes to read', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await page.evaluate(`{
      const read = File.prototype.arrayBuffer;
      File.prototype.arrayBuffer = function () {
        return new Promise((resolve) => { globalThis.letRead = resolve; }).then(() => read.call(this));
      };
    }`);

    await page.getByRole('button', { name: 'Attach a sample picture' }).click();
    await page.getByRole('button', { name: 'Send' }).click();
    await write(page, 'catalogue');
    await messages(page, 'Our catalogue').waitFor();
    await page.evaluate('letRead()');

    await messages(page, 'Thank you for the picture').waitFor();
  });

  it('keeps a message whose file cannot be read any more, and what has been written since', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await page.evaluate(`{
      const changed = new Promise((resolve, reject) => { globalThis.change = () => reject(new Error('changed')); });
      File.prototype.arrayBuffer = () => changed;
    }`);
    const box = page.getByRole('textbox', { name: /^Message as/ });

    await page.getByLabel('Files to send').setInputFiles('package.json');
    await write(page, 'As you asked');
    await box.fill('Is it there?');
    await page.evaluate('change()');

    await page.getByRole('alert').getByText('package.json cannot be read any more').waitFor();
    await expect.poll(() => box.inputValue(), { timeout: PATIENCE_MS }).toBe('As you asked\nIs it there?');
    await page.getByRole('button', { name: 'Remove package.json' }).waitFor();
  });

  it('says under a message why it was not answered, and nothing under one that is answered or being worked on', async () => {
    await using opened = await openPage();
    const { page, world } = opened;

    await write(page, 'STOP');
    await messages(page, /^STOP/)
      .getByText(`Not answered: ${explainReason('stop_word')}`, { exact: true })
      .waitFor();

    world.service.faults.arm({ kind: 'rate-limit', retryAfterSeconds: 60, times: 20 });
    await write(page, 'hours');
    await page.getByRole('button', { name: 'Skip the wait' }).waitFor();
    expect(await messages(page, /^hours/).textContent()).not.toContain('Not answered');

    for (const { id } of world.service.faults.list()) world.service.faults.disarm(id);
    await messages(page, /^hours/)
      .getByText(/^Tries again in \d+ s: rate limited/)
      .waitFor();
    await messages(page, /^hours/)
      .getByRole('button', { name: /^Move the clock on by \d+ seconds$/ })
      .click();
    await step(page, /^Done\s*Replied/).waitFor();
    expect(await messages(page, /^hours/).textContent()).not.toContain('Not answered');
    expect(await page.getByText(/^Not answered: /).count()).toBe(1);

    const outcome = page.locator('.outcome');
    await messages(page, /^STOP/).locator('.text').click();
    await outcome.getByText('Not answered: It asks').waitFor();
    await messages(page, /^hours/)
      .getByRole('button', { name: /^What happened/ })
      .press('Enter');
    await outcome.getByText('Answered by rule opening-hours').waitFor();
  });

  it('lets an agent join and speak, whom the bot does not answer', async () => {
    await using opened = await openPage();
    const { page } = opened;

    await page.getByRole('button', { name: 'Add a person' }).click();
    await page.getByRole('textbox', { name: 'Identity' }).fill('agent-dana');
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByLabel('Write as').selectOption('agent-dana');
    await write(page, 'Hi, this is Dana.');

    await messages(page, 'Hi, this is Dana.').waitFor();
    await step(page, /^Done\s*Not answered: not a customer/).waitFor();
    await page
      .locator('.outcome')
      .getByText(`Not answered: ${explainReason('not_a_customer')}`)
      .waitFor();

    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByText('agent-dana left').waitFor();
    await page.getByLabel('Write as').waitFor({ state: 'hidden' });
  });

  it('shows that a conversation is handed over, or quiet after a person, until it is given back or time is over', async () => {
    await using opened = await openPage();
    const { page, world } = opened;
    const banner = page.getByRole('region', { name: 'The bot is quiet' });

    await write(page, 'order');
    await page.getByText('order-help, until').waitFor();
    await page.getByRole('list', { name: 'Answer it with:' }).getByRole('button', { name: '100' }).waitFor();
    await write(page, 'person');
    await banner.getByText(/^Handed over to a person until .*\d\d:\d\d by rule person(-later)?\./).waitFor();
    await page.locator('.decided').getByText('The customer comes back with “bot”.').waitFor();
    await write(page, 'hours');
    await messages(page, /^hours/)
      .getByText(`Not answered: ${explainReason('handed_over')}`)
      .waitFor();
    // Everything that can stand over and under a conversation is there now.
    expect(await findLayoutFaults(page)).toEqual([]);
    await banner.getByRole('button', { name: 'Give back' }).click();
    await banner.waitFor({ state: 'hidden' });
    await write(page, 'opening hours');
    await messages(page, 'Our clock says').waitFor();

    const conversationSid = new URL(page.url()).hash.slice(1);
    await world.service.customer.join({ conversationSid, identity: 'agent-dana' });
    await world.service.customer.write({ conversationSid, author: 'agent-dana', body: 'Dana here.' });
    await banner.getByText('Quiet: agent-dana wrote just now.').waitFor();
    await write(page, 'plant care');
    await messages(page, 'Not answered: agent-dana wrote just now')
      .getByRole('button', { name: 'Give back and ask again' })
      .click();
    await messages(page, 'Most house plants are drowned').waitFor();
    await banner.waitFor({ state: 'hidden' });
    await world.service.customer.write({ conversationSid, author: 'agent-dana', body: 'Dana again.' });
    await banner.waitFor();
    await page.getByRole('button', { name: /^Clock/ }).click();
    await page.getByRole('button', { name: '+1 day' }).click();
    await banner.waitFor({ state: 'hidden' });
    expect(opened.complaints).toEqual([]);
  });

  it('starts a conversation by SMS, where templates are plain text', async () => {
    await using opened = await openPage();
    const { page } = opened;

    await page.getByRole('button', { name: 'New' }).click();
    await page.getByText('SMS', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Number' }).fill('+15550100002');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('heading', { name: '+1 555 010 0002' }).waitFor();
    await write(page, 'hi');

    await messages(page, 'Send one of these: opening hours').waitFor();
    expect(await page.locator('.action').count()).toBe(0);

    await write(page, 'STOP');
    await messages(page, /^STOP/).getByRole('button', { name: 'Allow messages with START' }).waitFor();
    await write(page, 'refund');
    await messages(page, 'Did not arrive: The customer has written STOP.')
      .getByRole('button', { name: 'Allow messages with START and ask again' })
      .click();
    await messages(page, 'We are sorry').nth(1).locator('.ticks.delivered').waitFor();
  });

  it('says at the field what is expected there, and in Twilio’s words why it could not be done, of which nothing stays behind', async () => {
    await using opened = await openPage();
    const { page } = opened;

    await page.getByRole('button', { name: 'New' }).click();
    const field = page.getByRole('textbox', { name: 'Number' });
    await field.fill('bob');
    await page.getByRole('button', { name: 'Start' }).click();
    await page
      .getByRole('alert')
      .filter({ hasText: /^Expected a number such as \+15550100001 on WhatsApp\.$/ })
      .waitFor();
    await field.fill('+15550100001');
    await page.getByRole('button', { name: 'Start' }).click();

    await field.and(page.locator('[aria-invalid="true"]')).waitFor();
    await page.getByRole('dialog').getByRole('alert').filter({ hasText: '(50416)' }).waitFor();
    expect(await page.locator('.conversation').count()).toBe(1);
    expect(await findLayoutFaults(page, [320])).toEqual([]);
    await field.fill('+15550100003');
    await page.getByRole('alert').filter({ hasText: '(50416)' }).waitFor({ state: 'hidden' });
  });
});
