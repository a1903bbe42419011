import { enableCompileCache } from 'node:module';
import { runScript } from './run-script.ts';

// Half of what a command takes is to read the files that it is made of. https://nodejs.org/api/module.html#module-compile-cache
enableCompileCache();
const { parley } = await import('./parley.ts');
await runScript(parley);
