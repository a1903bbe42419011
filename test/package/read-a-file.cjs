// What test/package/reads-no-files.test.ts is to find out.
const { readFileSync } = require('node:fs');

exports.handler = async () => readFileSync(__filename, 'utf8').length;
