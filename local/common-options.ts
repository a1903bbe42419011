import { flag, option } from '../cli/option.ts';
import { portNumber, textOf } from '../cli/values.ts';

/** Where the local world listens. */
export const PORT = option('where to listen on 127.0.0.1; 0 is any free port', portNumber, 4000);

/** Another bot than the one in bot/. */
export const BOT = option(
  'another bot: a folder with rules.yaml, and templates/ beside it',
  textOf('folder', 'a folder with a file rules.yaml in it'),
);

/** The scripts of package.json give it. Tests do not: they share bundles that are there. */
export const BUILD = { ...flag('build the bundles first'), hidden: true };
