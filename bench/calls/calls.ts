import { runScript } from '../../cli/run-script.ts';
import { calls } from './calls-command.ts';

await runScript(calls);
