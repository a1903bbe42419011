import { flag, option } from '../cli/option.ts';
import { portNumber } from '../cli/values.ts';

/** Where the local world listens. */
export const PORT = option('where to listen on 127.0.0.1; 0 is any free port', portNumber, 4000);

/** The scripts of package.json give it. Tests do not: they share bundles that are there. */
export const BUILD = { ...flag('build the bundles first'), hidden: true };
