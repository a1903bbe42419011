import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cutOpenApi, formatOpenApi } from './cut-openapi.ts';

const file = {
  openapi: '3.0.1',
  info: { title: 'Letters', version: '1.0.0', license: { name: 'Apache 2.0' } },
  servers: [{ url: 'https://letters.example.com' }],
  tags: [{ name: 'Letter' }],
  security: [{ token: [] }],
  paths: {
    '/v1/Letters': {
      description: 'Letters.',
      'x-twilio': { pathType: 'list' },
      servers: [{ url: 'https://letters.example.com' }],
      post: {
        operationId: 'CreateLetter',
        summary: 'Create a letter',
        description: 'Create a letter.',
        tags: ['Letter'],
        parameters: [
          {
            name: 'Sid',
            in: 'path',
            description: 'Its SID.',
            schema: { type: 'string', description: 'A SID.' },
          },
        ],
        requestBody: {
          required: true,
          content: {
            'application/x-www-form-urlencoded': {
              schema: { type: 'object', properties: { Text: { type: 'string', description: 'Its text.' } } },
              encoding: { Text: { style: 'form' } },
            },
          },
        },
        responses: {
          201: {
            description: 'Created',
            headers: { 'Access-Control-Allow-Origin': { schema: { type: 'string' } } },
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/letter' },
                examples: { create: { value: { description: 'kept', 'x-kept': 1 } } },
              },
            },
          },
        },
      },
    },
    '/v1/Letters/{Sid}': {
      delete: { operationId: 'DeleteLetter', responses: { 204: { description: 'Gone' } } },
    },
  },
  components: {
    securitySchemes: { token: { type: 'http' } },
    schemas: {
      letter: {
        type: 'object',
        properties: {
          description: { type: 'string', nullable: true, description: 'What it is about.', 'x-twilio': {} },
          pages: { type: 'array', items: { type: 'integer', description: 'A page.' } },
          from: {
            anyOf: [{ type: 'string', description: 'A name.' }, { $ref: '#/components/schemas/letter' }],
          },
        },
      },
    },
  },
};

const cut = cutOpenApi(file, 'letters 1.2.3');

describe('an OpenAPI file that is cut', () => {
  it('says what it was cut from, and keeps its licence', () => {
    expect(cut['info']).toEqual({ ...file.info, 'x-cut-from': 'letters 1.2.3' });
  });

  it('keeps of a path what is sent and what comes back', () => {
    expect(cut['paths']).toEqual({
      '/v1/Letters': {
        post: {
          operationId: 'CreateLetter',
          parameters: [{ name: 'Sid', in: 'path', schema: { type: 'string' } }],
          requestBody: {
            required: true,
            content: {
              'application/x-www-form-urlencoded': {
                schema: { type: 'object', properties: { Text: { type: 'string' } } },
                encoding: { Text: { style: 'form' } },
              },
            },
          },
          responses: { 201: { content: file.paths['/v1/Letters'].post.responses[201].content } },
        },
      },
      '/v1/Letters/{Sid}': { delete: { operationId: 'DeleteLetter', responses: { 204: {} } } },
    });
  });

  it('keeps of a schema all but the prose, and a property that is called description', () => {
    expect(cut['components']).toEqual({
      schemas: {
        letter: {
          type: 'object',
          properties: {
            description: { type: 'string', nullable: true },
            pages: { type: 'array', items: { type: 'integer' } },
            from: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/letter' }] },
          },
        },
      },
    });
  });

  it('is not changed by being written', () => {
    expect(JSON.parse(formatOpenApi(cut))).toEqual(JSON.parse(JSON.stringify(cut)));
  });

  it('stands on one line for each path and each schema', () => {
    const starts = formatOpenApi(cut)
      .split('\n')
      .map((line) => line.slice(0, line.indexOf(':')));
    expect(starts).toEqual(expect.arrayContaining(['"/v1/Letters"', '"/v1/Letters/{Sid}"', '"letter"']));
  });
});

describe.each(['twilio_conversations_v1.json', 'twilio_content_v1.json'])('%s', (name) => {
  const text = readFileSync(`test/openapi/${name}`, 'utf8');
  const kept = JSON.parse(text);
  const { devDependencies } = JSON.parse(readFileSync('test/openapi/package.json', 'utf8'));

  it('was cut from the version of the package that its folder names', () => {
    expect(kept.info['x-cut-from']).toBe(`@twilio-alpha/mcp ${devDependencies['@twilio-alpha/mcp']}`);
  });

  it('was written by the script, not by hand', () => {
    expect(formatOpenApi(cutOpenApi(kept, kept.info['x-cut-from']))).toBe(text);
  });

  it('is under the licence whose text is beside it', () => {
    expect(kept.info.license.name).toBe('Apache 2.0');
    expect(readFileSync('test/openapi/LICENSE', 'utf8')).toMatch(/^\s*Apache License\s+Version 2\.0/);
  });
});
