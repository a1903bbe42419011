/**
 * Preloaded into the function's process: the native part of AWS's runtime client (a C++ wrapper around libcurl)
 * written over node:http, so that no compiler is needed. Same three calls, same paths:
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
const http = require('node:http');
const Module = require('node:module');

const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function call(method, path, body = '', headers = {}) {
  return new Promise((resolve, reject) => {
    const options = {
      hostname,
      port,
      agent,
      method,
      headers,
      path: `/2018-06-01/runtime/invocation/${path}`,
    };
    const request = http.request(options, (response) => {
      let bodyJson = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        bodyJson += chunk;
      });
      response.on('end', () => resolve({ bodyJson, headers: response.headers }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

// The C++ blocks until its answer is posted; here the next poll waits for it instead.
let posted = Promise.resolve();

const client = {
  next: async () => {
    await posted;
    return call('GET', 'next');
  },
  done: (id, body) => {
    posted = call('POST', `${id}/response`, body);
  },
  error: (id, body) => {
    posted = call('POST', `${id}/error`, body);
  },
};

const load = Module._load;
Module._load = function loadWithClient(name, ...rest) {
  return name === './rapid-client.node' ? client : load.call(this, name, ...rest);
};
