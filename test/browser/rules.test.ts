import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PATIENCE_MS } from '../support/patience.ts';
import { chromiumPath, needsChromium } from './browser.ts';
import { findLayoutFaults } from './find-layout-faults.ts';
import { messages, openPageApart, write } from './open-page.ts';

needsChromium();

describe.runIf(chromiumPath)('the rules on the page', () => {
  it('takes an edited rule, keeps the last good ones while the file is broken, and goes on when it is fixed', async () => {
    await using opened = await openPageApart({
      ownRules: true,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const { page, rulesFolder } = opened;
    const file = join(rulesFolder, 'rules.yaml');
    const edited = readFileSync(file, 'utf8').replace(
      'rules:\n',
      'rules:\n  - id: french\n    when: { keyword: bonjour }\n    then: { text: Bonjour ! }\n' +
        '  - id: never\n    when: { keyword: bonjour }\n    then: { text: Never. }\n\n',
    );
    const alert = page.getByRole('alert').filter({ hasText: 'the last good rules keep running' });

    await page
      .getByRole('list', { name: 'Try one of these:' })
      .getByRole('button', { name: 'hours' })
      .click();
    await messages(page, 'Our clock says').waitFor();
    await write(page, 'bonjour');
    await page.locator('.outcome.warn').getByText('Answered by otherwise').waitFor();
    writeFileSync(file, edited);
    await page.getByRole('button', { name: '21 rules, 1 note' }).click();
    const panel = page.getByRole('region', { name: 'Rules' });
    await panel.locator('.notes').getByText('"french"').waitFor();
    await panel.getByText(/read at \d\d:\d\d:\d\d/).waitFor();
    await panel.getByText('“Bonjour !”').waitFor();
    const begin = edited.split('\n').indexOf('  - id: french') + 1;
    await panel.getByRole('button', { name: `Copy ${file}:${begin}` }).click();
    await panel.getByRole('status').getByText('Copied').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${file}:${begin}`);
    await page.keyboard.press('Escape');
    await write(page, 'Bonjour');
    await messages(page, 'Bonjour !').waitFor();

    writeFileSync(file, edited.replace('keyword: bonjour', 'keywords: bonjour'));
    await alert.getByText(/rules\.yaml:\d+:\d+/).waitFor();
    await alert.getByText('keywords').waitFor();
    await page.getByRole('banner').getByRole('button', { name: '1 problem' }).waitFor();
    expect(await findLayoutFaults(page, [320, 900, 1280])).toEqual([]);
    await write(page, 'BONJOUR');
    await expect.poll(() => messages(page, 'Bonjour !').count(), { timeout: PATIENCE_MS }).toBe(2);

    writeFileSync(file, edited);
    await alert.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '21 rules, 1 note' }).waitFor();

    // Handlers are read again as rules are. One that does not compile, and one that fails as it is loaded.
    const handlers = join(rulesFolder, 'handlers.ts');
    const good = readFileSync(handlers, 'utf8');
    const [line, source] = [good.split('\n').length, good.replace('switch (', 'switch ')];
    writeFileSync(handlers, source);
    await alert.getByText(/in \S+handlers\.ts$/).waitFor();
    await alert.getByText(/^\S+handlers\.ts:13:12 Expected "\(" but found "order"/).waitFor();
    await write(page, 'order 12345');
    await messages(page, 'Order 12345 is packed').waitFor();
    writeFileSync(handlers, `${good}const count: number = [].at(1).length;\nexport { count };\n`);
    await alert.getByText(new RegExp(`^\\S+handlers\\.ts:${line}:30 TypeError: Cannot read`)).waitFor();
    writeFileSync(handlers, good.replace('There is no order', 'We know no order'));
    await alert.waitFor({ state: 'hidden' });
    await write(page, 'order 99990');
    await messages(page, 'We know no order 99990').waitFor();
  });
});
