import type { z } from 'zod';
import { Problem } from '../problem.ts';
import { schemaOf, type NamedSchemas } from './json-schema.ts';
import { TAGS, type Example, type Operation } from './operation.ts';
import { OPERATIONS } from './operations.ts';
import {
  HEADERS,
  headersOf,
  IDEMPOTENCY_KEY,
  isDoneOnce,
  problemResponses,
  problemsOf,
} from './responses.ts';
import { webhooksOf } from './webhooks.ts';

/** The API as OpenAPI 3.1, made of the schemas that requests are read by and answers are built by. */
export function openApiDocument() {
  const paths: Record<string, Record<string, object>> = {};
  const schemas: NamedSchemas = {};
  schemaOf(Problem, 'output', schemas);
  for (const operation of OPERATIONS)
    (paths[operation.path] ??= {})[operation.method] = describe(operation, schemas);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gloss',
      version: '1',
      description:
        'Image search by words. A credential is an API key (gls_...) or a token of the trusted issuer. ' +
        'Lengths of texts count UTF-16 code units. Answers may get new fields.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'the deployment that serves this document' }],
    security: [{ bearer: [] }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    webhooks: webhooksOf(schemas),
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      responses: problemResponses(),
      headers: HEADERS,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'an API key (gls_...), or a token (JWT) of the OpenID Connect issuer that is trusted',
        },
      },
    },
  };
}

function describe(operation: Operation, schemas: NamedSchemas) {
  const { id, tag, summary, access, params, query, body, success, example } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: ACCESS[access],
    'x-gloss-access': access,
    ...(access === 'public' && { security: [] }),
    parameters: [
      ...parametersOf('path', params, example.params, schemas),
      ...parametersOf('query', query, example.query, schemas),
      ...(isDoneOnce(operation) ? [IDEMPOTENCY_KEY] : []),
    ],
    ...(body && { requestBody: { required: true, ...json(body, 'input', example.body, schemas) } }),
    responses: {
      [success.status]: {
        description: success.description,
        headers: headersOf(operation),
        ...(success.body && json(success.body, 'output', example.answer, schemas)),
      },
      ...problemsOf(operation),
    },
  };
}

const ACCESS: Readonly<Record<Operation['access'], string>> = {
  public: 'Needs no credential.',
  tenant: 'Any credential of a tenant.',
  operator: 'An operator key.',
  search: 'A credential with the scope search.',
  upload: 'A credential with the scope upload.',
  delete: 'A credential with the scope delete.',
  admin: 'A credential with the scope admin.',
};

const json = (schema: z.ZodType, io: 'input' | 'output', example: unknown, schemas: NamedSchemas) => ({
  content: { 'application/json': { schema: schemaOf(schema, io, schemas), example } },
});

function parametersOf(
  place: 'path' | 'query',
  schema: z.ZodObject | undefined,
  examples: Example['params'],
  schemas: NamedSchemas,
) {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input', schemas) as {
    readonly properties?: Readonly<Record<string, ParameterShape>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...shape }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema: shape,
    ...(examples?.[name] !== undefined && { example: valueOf(examples[name], shape) }),
  }));
}

interface ParameterShape {
  readonly type?: string;
  readonly description?: string;
}

/** A parameter's text as the value that it stands for. */
const valueOf = (text: string, { type }: ParameterShape): unknown =>
  type === 'integer' || type === 'boolean' ? JSON.parse(text) : text;
