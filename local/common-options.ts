import { flag, option } from '../cli/option.ts';
import { portNumber, textOf, webAddress } from '../cli/values.ts';

/** Where the local world listens. */
export const PORT = option('where to listen; 0 is any free port', portNumber, 4000);

/** Another bot than the one in bot/. */
export const BOT = option(
  'another bot: a folder with rules.yaml, and templates/ beside it',
  textOf('folder', 'a folder with a file rules.yaml in it'),
);

export const STATE = option(
  'read what it knows from here, and write it when it stops',
  textOf('file', 'a file'),
);

export const WEBHOOK = option('where its onMessageAdded goes', webAddress);

export const SEED = option(
  'what the service knows at first: docs/seed.yaml is an example',
  textOf('file', 'a file'),
);

/** The scripts of package.json give it. Tests do not: they share bundles that are there. */
export const BUILD = { ...flag('build the bundles first'), hidden: true };
