import type { Metafile } from 'esbuild';

/** What `dist/bundles.json` says of a bundle. */
export interface BundleSummary {
  readonly bytes: number;
  /** Bytes by package and by file of the author's, the largest first; all else is `parley`. */
  readonly packages: Readonly<Record<string, number>>;
}

const PACKAGE = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/;
/** Whatever is imported of bot/, code or data, but for what the build writes there. */
const OF_THE_AUTHOR = /^bot\/.*(?<!\.generated\.ts)$/;

/** @param metafile of a bundle with one entry, its files named from the root of the project */
export function summariseBundle({ outputs }: Pick<Metafile, 'outputs'>): BundleSummary {
  const { bytes = 0, inputs = {} } = Object.values(outputs).find(({ entryPoint }) => entryPoint) ?? {};
  const packages = new Map<string, number>();
  for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
    const name = PACKAGE.exec(file)?.[1] ?? OF_THE_AUTHOR.exec(file)?.[0] ?? 'parley';
    packages.set(name, (packages.get(name) ?? 0) + bytesInOutput);
  }
  return { bytes, packages: Object.fromEntries([...packages].sort(([, a], [, b]) => b - a)) };
}
