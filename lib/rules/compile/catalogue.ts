import type { Template } from '../types.ts';

/**
 * The templates by name. One that is declared wrongly is undefined: it exists, so the rules that use it are not
 * blamed too.
 */
export type Catalogue = ReadonlyMap<string, Template | undefined>;
