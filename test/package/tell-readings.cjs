// Loaded before a function: from its first request for an event on, each synchronous reading of a file is a line of its
// output. The runtime client asks for events at /…/invocation/next.
const fs = require('node:fs');
const { subscribe } = require('node:diagnostics_channel');

const READERS = [
  'accessSync',
  'existsSync',
  'lstatSync',
  'openSync',
  'readdirSync',
  'readFileSync',
  'readlinkSync',
];
READERS.push('readSync', 'realpathSync', 'statSync');

let isReady = false;
subscribe('http.client.request.start', ({ request }) => {
  isReady ||= request.path.endsWith('/invocation/next');
});
for (const name of READERS) {
  const read = fs[name];
  fs[name] = (...args) => {
    if (isReady) process._rawDebug(`${name} after init: ${String(args[0])}`);
    return read.apply(fs, args);
  };
}
