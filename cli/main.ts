import { parley } from './parley.ts';
import { runScript } from './run-script.ts';

await runScript(parley);
