import { runScript } from '../../cli/run-script.ts';
import { scale } from './scale/scale-command.ts';
import { seeds } from './seeds-command.ts';

/**
 * `npm run sim`: seeds, each a small world in which everything fails (seeds-command.ts); or, with any of these options, one large
 * world in which only the reconciler runs.
 */
const OF_SCALE = /^--(?:conversations|silent|hours|lost|newest-first)\b/;

await runScript(process.argv.some((word) => OF_SCALE.test(word)) ? scale : seeds);
