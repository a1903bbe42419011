/** Same as in package.json; a test compares. */
const VERSION = '0.1.0';

export const USER_AGENT = `parley/${VERSION}`;
