'use strict';
/**
 * Which Node the project needs. Plain JavaScript, because whatever Node there is reads it.
 *
 * 24.2 is the first that reads TypeScript by itself and knows `import.meta.main`, without which a script would end
 * without a word: https://nodejs.org/api/esm.html#importmetamain
 */
const OLDEST = [24, 2];

/**
 * What is wrong with a version, in one line; nothing with one that is new enough.
 * @param version as `process.versions.node` has it: `20.20.2`
 */
exports.problemOf = (version) => {
  const [major, minor] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return undefined;
  return `parley: needs Node ${OLDEST.join('.')} or later, and this is ${version}. Install it (https://nodejs.org); on Linux with glibc, x64 or arm64, npm ci brings it, unless optional packages are left out.`;
};
