import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Hono } from 'hono';
import { createApp } from '../../lib/api/app.ts';
import { lateRoutes } from '../../lib/api/late-routes.ts';
import { openApiDocument } from '../../lib/api/openapi/document.ts';
import { OPERATIONS } from '../../lib/api/openapi/operations.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { SCOPES } from '../../lib/domain/credential.ts';
import { startService } from '../support/service.ts';

/** The description of the API, held against the API. */

let service: Awaited<ReturnType<typeof startService>>;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const inBraces = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}').replace(/(.)\/$/, '$1');
const filled = (path: string): string =>
  path.replace('{id}', '0'.repeat(32)).replace('{keyId}', '0'.repeat(12)).replace('{tenant}', 'nobody');

it('describes every route that there is, and no other', async () => {
  const { apiDeps } = await import('../../functions/deps/api-deps.ts');
  const deps = apiDeps(process.env);
  const app: Hono = createApp(deps, () => undefined);
  const late = new Hono().route('/v1', lateRoutes(deps));
  const routes = [...app.routes, ...late.routes]
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/v1/'))
    .map(({ method, path }) => `${method} ${inBraces(path)}`);
  const described = OPERATIONS.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  expect([...new Set(routes)].sort()).toEqual(described.sort());
});

it('is served as OpenAPI 3.1 with every reference in it, beside a page that shows it', async () => {
  const { status, json, text } = await service.request('GET', '/openapi.json');
  expect(status).toBe(200);
  const document = json as { openapi: string; components: { schemas: Record<string, object> } };
  expect(document.openapi).toBe('3.1.0');
  const referred = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);
  expect(referred.length).toBeGreaterThan(50);
  expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining([...new Set(referred)]));
  expect(text).not.toContain('$defs');
  for (const path of ['/reference', '/reference.js', '/reference.css']) {
    expect((await service.request('GET', path)).status).toBe(200);
  }
});

/** The schema of OpenAPI says nothing about what is inside a JSON schema, nor whether a reference leads anywhere. */
it('is valid OpenAPI by the schema of the specification, and every reference leads somewhere', async () => {
  const validator = new Validator();
  const { json } = await service.request('GET', '/openapi.json');
  expect(await validator.validate(json as Json)).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
  expect(() => validator.resolveRefs()).not.toThrow();
});

type Json = Readonly<Record<string, unknown>>;

/** Every object of a document, with the path to it. */
function* objectsOf(value: unknown, path = ''): Generator<[path: string, object: Json]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [path, value as Json];
  for (const [name, inner] of Object.entries(value)) yield* objectsOf(inner, `${path}/${name}`);
}

describe('generators of clients', () => {
  interface Described extends Json {
    readonly tags: readonly string[];
    readonly parameters: readonly { readonly name: string; readonly description?: string }[];
    readonly security?: readonly object[];
    readonly responses: Readonly<Record<string, Json>>;
  }
  const document = openApiDocument();
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) => [`${method} ${path}`, operation as Described] as const,
    ),
  );
  const schemas: Readonly<Record<string, Json>> = document.components.schemas as Record<string, Json>;

  it('read of every number how wide it is', () => {
    const numbers = [...objectsOf(document)].filter(([, { type }]) =>
      ['integer', 'number'].some((kind) => type === kind || (Array.isArray(type) && type.includes(kind))),
    );
    expect(numbers.length).toBeGreaterThan(60);
    for (const [path, { type, format }] of numbers)
      expect([path, format]).toEqual([path, [type].flat().includes('integer') ? 'int64' : 'double']);
    expect(schemas['Box']).toMatchObject({ properties: { left: { type: 'number', format: 'double' } } });
    expect(schemas['DeletionProof']).toMatchObject({ properties: { found: { type: 'integer' } } });
  });

  it('get answers that may have new fields, and requests that may not', () => {
    const requests = described.flatMap(([, { requestBody }]) => namesIn(requestBody));
    const answers = described.flatMap(([, { responses }]) => namesIn(responses));
    expect(requests.filter((name) => answers.includes(name))).toEqual([]);
    const isClosed = (name: string) => JSON.stringify(schemas[name]).includes('"additionalProperties":false');
    expect(answers.filter(isClosed)).toEqual([]);
    expect(requests.filter((name) => !isClosed(name))).toEqual([]);
  });

  /** Shared schemas that a part of the document refers to, however far. */
  function namesIn(part: unknown, known = new Set<string>()): string[] {
    for (const [, name] of JSON.stringify(part ?? {}).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (known.has(name!)) continue;
      known.add(name!);
      namesIn(schemas[name!], known);
    }
    return [...known];
  }

  it('tell a file that was taken from one that was not by its status', () => {
    expect(schemas['Upload']).toEqual({
      oneOf: [
        { $ref: '#/components/schemas/AcceptedUpload' },
        { $ref: '#/components/schemas/UnchangedUpload' },
        { $ref: '#/components/schemas/SkippedUpload' },
        { $ref: '#/components/schemas/RefusedUpload' },
      ],
      discriminator: {
        propertyName: 'status',
        mapping: {
          accepted: '#/components/schemas/AcceptedUpload',
          unchanged: '#/components/schemas/UnchangedUpload',
          skipped: '#/components/schemas/SkippedUpload',
          refused: '#/components/schemas/RefusedUpload',
        },
      },
    });
    expect(schemas['AcceptedUpload']!['required']).toContain('status');
    expect(schemas['RefusedUpload']!['required']).toContain('status');
  });

  it('have a name for every body, and no schema with a field of its own name', () => {
    const bodies = [...objectsOf(document.paths)].filter(([path]) => /application\/json\/schema$/.test(path));
    expect(bodies.length).toBeGreaterThan(30);
    for (const [path, body] of bodies) expect([path, Object.keys(body)]).toEqual([path, ['$ref']]);
    for (const [name, { properties = {} }] of Object.entries(schemas))
      expect(Object.keys(properties as object).map((field) => field.toLowerCase())).not.toContain(
        name.toLowerCase(),
      );
  });

  it('know of every operation its subject, its credential and its problems', () => {
    const tags = document.tags.map(({ name }) => name);
    expect(document.security).toEqual([{ bearer: [] }]);
    for (const [name, { tags: own, security, responses }] of described) {
      expect(tags).toEqual(expect.arrayContaining([...own]));
      expect([name, security]).toEqual([name, name === 'get /v1/health' ? [] : undefined]);
      expect(responses).toHaveProperty('400');
      expect(responses).toHaveProperty('500');
      if (name.includes('{'))
        expect([name, responses]).toEqual([
          name,
          expect.objectContaining({ 404: expect.anything() as object }),
        ]);
      for (const [status, { $ref }] of Object.entries(responses)) {
        if (Number(status) < 400) continue;
        const shared = document.components.responses[String($ref).split('/').at(-1)!];
        expect(shared).toHaveProperty(['content', 'application/problem+json', 'schema', '$ref']);
      }
    }
  });

  it('know of every parameter and subject what it is for', () => {
    for (const { description } of document.tags) expect(description.length).toBeGreaterThan(5);
    for (const [name, { parameters }] of described)
      for (const { name: parameter, description } of parameters)
        expect([name, parameter, typeof description]).toEqual([name, parameter, 'string']);
  });

  it('know the bounds that the service holds', () => {
    const parameters = (document.paths['/v1/search']!['get'] as { parameters?: readonly object[] })
      .parameters;
    const noNul = '^[^\\x00]*$';
    expect(parameters).toContainEqual(
      expect.objectContaining({
        name: 'q',
        required: true,
        schema: { type: 'string', minLength: 1, maxLength: 1_000, pattern: noNul },
      }),
    );
    expect(schemas['UploadFile']).toMatchObject({
      properties: {
        name: { minLength: 1, maxLength: 1_000, pattern: noNul },
        bytes: { maximum: Number.MAX_SAFE_INTEGER },
      },
    });
    const { takenAt } = (schemas['GivenFile'] as { properties: Record<string, { pattern: string }> })
      .properties;
    const days = ['1799-12-31', '1800-01-01', '2200-12-31', '2201-01-01', '2024-13-01', '2024-01-32'];
    expect(days.filter((day) => new RegExp(takenAt!.pattern).test(`${day}T10:20:30`))).toEqual([
      '1800-01-01',
      '2200-12-31',
    ]);
  });
});

describe('access is as described:', () => {
  it.each(OPERATIONS.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    '%s',
    async (_, { method, path, access }) => {
      const ask = async (key?: string) =>
        (await service.request(method.toUpperCase(), filled(path), key)).status;
      if (access === 'public') {
        expect(await ask()).toBe(200);
        return;
      }
      expect(await ask()).toBe(401);
      const tenant = parseTenantId('access');
      const without = await service.keys.create(
        tenant,
        SCOPES.filter((scope) => scope !== access),
      );
      if (access !== 'tenant') expect(await ask(without)).toBe(403);
      const operator = await service.keys.createOperator();
      if (access === 'operator') expect(await ask(operator)).not.toBe(403);
      else expect(await ask(operator)).toBe(403);
    },
  );
});
