import { runScript } from '../cli/run-script.ts';
import { bench } from './bench-command.ts';

await runScript(bench);
