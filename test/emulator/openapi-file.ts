import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

/** The parts of Twilio's OpenAPI files that these tests read. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { schema: Schema }>> }>
  >;
}

export interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly [keyword: string]: unknown;
}

export interface Documented {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly operation: Operation;
  /** Names of query, header and form parameters. */
  readonly query: readonly string[];
  readonly headers: readonly string[];
  readonly form: readonly string[];
}

/** @param name as `twilio_conversations_v1` */
export function readOpenApi(name: string): OpenApi {
  const path = `../openapi/${name}.json`;
  return JSON.parse(readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8')) as OpenApi;
}

export function operationsOf(file: OpenApi): readonly Documented[] {
  return Object.entries(file.paths).flatMap(([path, methods]) =>
    (['get', 'post', 'put', 'delete'] as const).flatMap((method) => {
      const operation = methods[method];
      if (operation === undefined) return [];
      const names = (place: string) =>
        (operation.parameters ?? []).filter((parameter) => parameter.in === place).map(({ name }) => name);
      const form =
        operation.requestBody?.content['application/x-www-form-urlencoded']?.schema.properties ?? {};
      return [
        {
          method: method.toUpperCase() as Documented['method'],
          path,
          operation,
          query: names('query'),
          headers: names('header'),
          form: Object.keys(form),
        },
      ];
    }),
  );
}

/** Validates answers against the file, with every documented field required and no other allowed. */
export function createValidator(
  file: OpenApi,
): (operation: Operation, status: number) => ValidateFunction | undefined {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addFormat('uri-map', true);
  const schemas = Object.entries(file.components.schemas).map(([name, schema]) => [name, complete(schema)]);
  ajv.addSchema({ $id: 'file', components: { schemas: Object.fromEntries(schemas) } });
  return (operation, status) => {
    const schema = operation.responses[String(status)]?.content?.['application/json']?.schema;
    return schema === undefined
      ? undefined
      : ajv.compile(
          JSON.parse(JSON.stringify(complete(schema)).replaceAll('"#/components', '"file#/components')),
        );
  };
}

/** `nullable` without a type means anything at all, which ajv wants said by saying nothing. */
function complete(schema: Schema): Schema {
  const { properties, nullable: _, ...rest } = schema;
  if (properties === undefined) return 'type' in schema ? schema : rest;
  const completed = Object.entries(properties).map(([name, property]) => [name, complete(property)]);
  return {
    ...schema,
    properties: Object.fromEntries(completed),
    required: Object.keys(properties),
    additionalProperties: false,
  };
}
