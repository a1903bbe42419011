import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messages, type Opened, step, write } from '../open-page-in.ts';

/** Something that the page shows, by the name of its picture. */
export type Scene = (opened: Opened) => Promise<void>;

/** What somebody sees who tries the page for the first time. */
export const SCENES: Readonly<Record<string, Scene>> = {
  'first-open': async () => {},
  answered: async ({ page }) => {
    await write(page, 'hi');
    await messages(page, 'Fern & Clay').locator('.ticks.read').waitFor();
    await write(page, 'order 12345');
    await messages(page, 'Order 12345 is packed').locator('.ticks.read').waitFor();
  },
  unanswered: async ({ page, world }) => {
    await write(page, 'hi');
    await messages(page, 'Fern & Clay').locator('.ticks.read').waitFor();
    const conversationSid = new URL(page.url()).hash.slice(1);
    await world.service.customer.join({ conversationSid, identity: 'agent-dana' });
    await world.service.customer.write({ conversationSid, author: 'agent-dana', body: 'Dana here.' });
    await step(page, /^Done/).waitFor();
    await write(page, 'hours');
    await messages(page, /^hours/)
      .getByText(/^Not answered/)
      .waitFor();
  },
  'broken-rules': async ({ page, rulesFolder }) => {
    const file = join(rulesFolder, 'rules.yaml');
    writeFileSync(
      file,
      'version: 1\nrules:\n  - id: hello\n    when: { keywords: hello }\n    then: { txt: Hi }\n',
    );
    await page.getByRole('alert').getByText('the last good rules keep running').waitFor();
  },
  'taken-over': async ({ page }) => {
    await write(page, 'person');
    await page.getByRole('region', { name: 'The bot is quiet' }).waitFor();
    await write(page, 'hours');
    await messages(page, /^hours/)
      .getByText(/^Not answered/)
      .waitFor();
  },
  rules: async ({ page }) => {
    await page.getByRole('button', { name: /^\d+ rules/ }).click();
  },
  'faults-armed': async ({ page }) => {
    await page.getByRole('button', { name: 'Faults' }).click();
    await page.getByRole('button', { name: 'Once: Error 500, written all the same' }).click();
    await page.getByRole('switch', { name: 'Sent twice' }).click();
    await page.getByRole('button', { name: 'Faults: 2' }).waitFor();
  },
};
