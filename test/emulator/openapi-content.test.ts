import { describe, expect, it } from 'vitest';
import { createValidator, operationsOf, readOpenApi, type Schema } from './openapi-file.ts';
import { startService } from './start-service.ts';

const file = readOpenApi('twilio_content_v1');
const validator = createValidator(file);

/** Legacy templates of a product that is gone. */
const operations = operationsOf(file).filter(({ path }) => path !== '/v1/LegacyContent');

const TEXT = {
  friendly_name: 'hello',
  language: 'en',
  variables: { name: 'you' },
  types: { 'twilio/text': { body: 'Hello {{name}}' } },
};

/** The smallest value a schema of the file allows, and the largest: with every property it knows. */
function example(schema: Schema, everything: boolean): unknown {
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    return example(
      file.components.schemas[reference.slice('#/components/schemas/'.length)] ?? {},
      everything,
    );
  }
  const choices = schema['enum'];
  if (Array.isArray(choices)) return choices[0];
  switch (schema['type']) {
    case 'array':
      return [example(schema['items'] as Schema, everything)];
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'object': {
      const required = (schema['required'] ?? []) as readonly string[];
      const fields = Object.entries(schema.properties ?? {}).filter(
        ([name]) => everything || required.includes(name),
      );
      return Object.fromEntries(fields.map(([name, field]) => [name, example(field, everything)]));
    }
    default:
      return 'some text';
  }
}

/** What Twilio's pages call required and its file does not. */
const FORGOTTEN: Readonly<Record<string, object>> = {
  'twilio/call-to-action': { body: 'some text', actions: [] },
  'twilio/carousel': { cards: [{ body: 'some text', media: 'some text', actions: [] }] },
};

describe('Twilio’s OpenAPI file of the Content API', () => {
  it.each(operations.map((documented) => [`${documented.method} ${documented.path}`, documented] as const))(
    '%s answers with a documented status and exactly the documented fields',
    async (_name, { method, path, operation }) => {
      const service = startService();
      const { body: content } = await service.json('POST', '/v1/Content', TEXT);
      const bodies: Readonly<Record<string, unknown>> = {
        CreateContent: TEXT,
        CreateApprovalCreate: { name: 'hello', category: 'UTILITY' },
      };
      const url = path.replace(/\{(Content)?Sid\}/, content.sid);
      const answer = await service.json(method, url, bodies[operation.operationId]);
      expect(Object.keys(operation.responses)).toContain(String(answer.status));
      const validate = validator(operation, answer.status);
      if (validate !== undefined) expect(validate(answer.body) ? [] : validate.errors).toEqual([]);
    },
  );

  const types = Object.entries(file.components.schemas['types']?.properties ?? {});
  it.each(
    types.flatMap(([type, schema]) => [
      [type, 'the required fields', example(schema, false)] as const,
      [type, 'every documented field', example(schema, true)] as const,
    ]),
  )('takes %s with %s', async (type, how, fields) => {
    const completed = { ...(fields as object), ...(how === 'the required fields' ? FORGOTTEN[type] : {}) };
    const service = startService();
    const { status, body } = await service.json('POST', '/v1/Content', {
      language: 'en',
      types: { [type]: completed },
    });
    expect(body.message ?? '').toBe('');
    expect(status).toBe(201);
    expect(body.types).toEqual({ [type]: completed });
  });

  it.each(types)('refuses a field that %s does not have', async (type, schema) => {
    const fields = { ...(example(schema, true) as object), invented: true };
    const { status, body } = await startService().json('POST', '/v1/Content', {
      language: 'en',
      types: { [type]: fields },
    });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 20001, message: expect.stringContaining('invented') });
  });
});
