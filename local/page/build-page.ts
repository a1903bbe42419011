import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** What the browser gets. */
export interface PageFiles {
  readonly html: string;
  readonly js: string;
  readonly css: string;
}

const APP = new URL('./app/', import.meta.url);

/** Bundles the app; takes a fraction of a second, so that nothing built has to be kept. */
export async function buildPage(): Promise<PageFiles> {
  const bundling = build({
    entryPoints: ['page.tsx', 'page.css'].map((file) => fileURLToPath(new URL(file, APP))),
    outdir: '/',
    write: false,
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['chrome123', 'firefox128', 'safari17.5'],
    legalComments: 'none',
    logLevel: 'silent',
  });
  const [html, { outputFiles }] = await Promise.all([readFile(new URL('page.html', APP), 'utf8'), bundling]);
  const output = (extension: string) => outputFiles.find(({ path }) => path.endsWith(extension))?.text ?? '';
  return { html, js: output('.js'), css: output('.css') };
}
