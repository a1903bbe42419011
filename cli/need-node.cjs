'use strict';
/** Before each script of package.json (`node --require`): one line instead of a stack that speaks of ".ts". */
const { problemOf } = require('./node-version.cjs');

const problem = problemOf(process.versions.node);
if (problem !== undefined) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
