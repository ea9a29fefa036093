import { z } from 'zod';
import { Health, Problem } from '../answers.ts';
import type { Operation } from './operation.ts';
import { OPERATOR_OPERATIONS } from './operator-operations.ts';
import { TENANT_OPERATIONS } from './tenant-operations.ts';

/** Every operation of the API; a test holds the list against the routes that there are. */
export const OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/health',
    id: 'health',
    summary: 'Whether the service answers',
    access: 'public',
    success: { status: 200, description: 'it does', body: Health },
  },
  ...TENANT_OPERATIONS,
  ...OPERATOR_OPERATIONS,
];

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'a field is missing, unknown or wrong; the problem names it',
  401: 'no credential, or one that opens nothing',
  403: 'the credential lacks the scope, or the tenant is suspended',
  404: 'there is no such thing',
  409: 'not as things stand now',
  413: 'the body has more than 1 MB',
  429: 'too many requests, or a limit is used up; Retry-After says when to come again',
  503: 'busy; Retry-After says when to come again',
};
const ALWAYS = [400, 401, 403, 413, 429, 503];

/** The API as OpenAPI 3.1, made of the schemas that requests are read by. */
export function openApiDocument() {
  const paths: Record<string, Record<string, object>> = {};
  const schemas: Record<string, object> = {};
  schemaOf(z.array(Problem), 'output', schemas); // inside another, since only what is referred to is shared
  for (const operation of OPERATIONS) {
    (paths[operation.path] ??= {})[operation.method] = describe(operation, schemas);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gloss',
      version: '1',
      description:
        'Image search by words. A credential is an API key (gls_...) or a token of the trusted issuer.',
    },
    paths,
    components: {
      schemas,
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  };
}

/** As lib/api/idempotency.ts reads it. */
const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'the same request with the same key within a day is done once and answered alike',
  schema: { type: 'string', maxLength: 100, pattern: '^[!-~]+$' },
};
const isDoneOnce = ({ method, access }: Operation): boolean => method !== 'get' && access !== 'public';

type Schemas = Record<string, object>;

function describe(operation: Operation, schemas: Schemas) {
  const { id, summary, access, params, query, body, success, problems = [] } = operation;
  const statuses =
    access === 'public'
      ? problems
      : [...new Set([...ALWAYS, ...problems, ...(isDoneOnce(operation) ? [409] : [])])].sort((a, b) => a - b);
  return {
    operationId: id,
    summary,
    description: ACCESS[access],
    'x-gloss-access': access,
    ...(access !== 'public' && { security: [{ bearer: [] }] }),
    parameters: [
      ...parametersOf('path', params, schemas),
      ...parametersOf('query', query, schemas),
      ...(isDoneOnce(operation) ? [IDEMPOTENCY_KEY] : []),
    ],
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(body, 'input', schemas) } },
      },
    }),
    responses: {
      [success.status]: {
        description: success.description,
        ...(success.body && {
          content: { 'application/json': { schema: schemaOf(success.body, 'output', schemas) } },
        }),
      },
      ...Object.fromEntries(statuses.map((status) => [status, problemOf(PROBLEMS[status]!)])),
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

const problemOf = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

function parametersOf(place: 'path' | 'query', schema: z.ZodObject | undefined, schemas: Schemas) {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input', schemas);
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: shape,
  }));
}

/** JSON Schema 2020-12, which is what OpenAPI 3.1 takes; what has an id of its own goes to the shared schemas. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', schemas: Schemas): z.core.JSONSchema.BaseSchema {
  const made = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const known = z.globalRegistry.get(zodSchema) as { readonly openapi?: object } | undefined;
      if (!known?.openapi) return;
      for (const name of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, name);
      Object.assign(jsonSchema, known.openapi);
    },
  });
  const text = JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $schema: _dialect, $defs = {}, ...shape } = JSON.parse(text) as z.core.JSONSchema.BaseSchema;
  for (const [id, shared] of Object.entries($defs)) {
    const { id: _id, ...named } = shared as { readonly id?: string };
    schemas[id] = named;
  }
  return shape;
}
