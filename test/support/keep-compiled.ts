import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';

const FOLDER = resolve('node_modules/.cache/compiled');

/**
 * What one process has compiled the next one takes from there: starting a command takes half the time. Vitest switches
 * it off for all workers where coverage is measured, because V8 counts wrongly in what it did not compile itself; here
 * it is on again for those that are not measured, and for the commands that they start.
 * @see https://nodejs.org/api/module.html#module-compile-cache
 */
delete process.env['NODE_DISABLE_COMPILE_CACHE'];
process.env['NODE_COMPILE_CACHE'] = FOLDER;
enableCompileCache(FOLDER);
