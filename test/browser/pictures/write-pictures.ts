import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromiumPath, launchBrowser } from '../launch-browser.ts';
import { openPageIn } from '../open-page-in.ts';
import { SCENES } from './scenes.ts';

/** `npm run pictures` writes those of the docs; with `--all` every scene, size and scheme to reports/pictures. */
const { values } = parseArgs({ options: { all: { type: 'boolean' }, scene: { type: 'string' } } });

const HEIGHTS: Readonly<Record<number, number>> = { 320: 640, 390: 844, 900: 800, 1280: 800 };

interface Picture {
  readonly scene: string;
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
  readonly path: string;
}

const ALL: readonly Picture[] = Object.keys(SCENES).flatMap((scene) =>
  Object.keys(HEIGHTS).flatMap((size) =>
    (['light', 'dark'] as const).map((colorScheme) => ({
      scene,
      width: Number(size),
      colorScheme,
      path: join('reports/pictures', `${scene}-${size}-${colorScheme}.png`),
    })),
  ),
);

/** The few that the docs show. */
const SHOWN: readonly Picture[] = [
  { scene: 'answered', width: 1280, colorScheme: 'light', path: 'docs/chat-page.png' },
  { scene: 'unanswered', width: 900, colorScheme: 'dark', path: 'docs/not-answered.png' },
];

if (chromiumPath === undefined) {
  throw new Error('No Chromium was found: apt-get install chromium, or set CHROMIUM_PATH.');
}
const browser = await launchBrowser();
for (const [scene, play] of Object.entries(SCENES)) {
  const wanted = (values.all ? ALL : SHOWN).filter((picture) => picture.scene === scene);
  if (wanted.length === 0 || (values.scene ?? scene) !== scene) continue;
  await using opened = await openPageIn(browser, {
    viewport: { width: 1280, height: 800 },
    ownRules: true,
    reducedMotion: 'reduce',
  });
  const { page } = opened;
  await play(opened);
  for (const { width, colorScheme, path } of wanted) {
    mkdirSync(join(path, '..'), { recursive: true });
    await page.setViewportSize({ width, height: HEIGHTS[width] ?? 800 });
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path });
    process.stdout.write(`wrote ${path}\n`);
  }
}
await browser.close();
