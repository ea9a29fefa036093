import fc, { type Arbitrary } from 'fast-check';

/** Requests made of the API's own description: some right, some nearly right, some hostile. */

type Schema = Readonly<Record<string, unknown>>;
interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}
interface DescribedOperation {
  readonly operationId: string;
  readonly 'x-gloss-access': string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}
export interface Description {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
}

export interface GeneratedRequest {
  readonly operation: string;
  readonly access: string;
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
  readonly credential: 'right' | 'none' | 'unknown';
}

/** Values of a path that name something that is there. */
type Known = Readonly<Record<string, readonly string[]>>;

const HOSTILE_TEXTS = [
  '',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff',
  'x'.repeat(10_000),
  'y'.repeat(10_001),
  Array.from({ length: 1_000 }, (_, i) => `w${i}`).join(' '),
  '../../etc/passwd',
  '%00',
  '"+-(',
  '__proto__',
  '１２',
  '-1',
  '1e9',
  '999999999999999999999',
  'NaN',
];
const HOSTILE_VALUES: readonly unknown[] = [
  null,
  -1,
  -0.5,
  1e308,
  9_007_199_254_740_993,
  true,
  [],
  {},
  [[]],
  { a: { b: {} } },
  ...HOSTILE_TEXTS,
];
const HOSTILE_BODIES = [
  '',
  '{',
  'null',
  '[]',
  '"text"',
  '{"a":1',
  '\u0000',
  'nul',
  '{"__proto__":{"x":1}}',
  '[1e999]',
];
/** Above the limit of 1 MB. */
const OVERSIZED = JSON.stringify({ documents: [{ id: 'x', texts: ['x'.repeat(1_100_000)] }] });

/** Any request to any operation, or to none, in any of the ways to be wrong. */
export function requestsOf({ paths, components }: Description, known: Known): Arbitrary<GeneratedRequest> {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      requestTo(path, method, withoutReferences(operation, components.schemas), known),
    ),
  );
  return fc.oneof(...operations);
}

/** With the shared schemas in place of the references to them. */
function withoutReferences<T>(described: T, schemas: Description['components']['schemas']): T {
  const text = JSON.stringify(described, (_, value: unknown) => {
    const reference = (value as { readonly $ref?: string } | null)?.$ref;
    const name = /^#\/components\/schemas\/(\w+)$/.exec(reference ?? '')?.[1];
    return name === undefined ? value : schemas[name];
  });
  return JSON.parse(text) as T;
}

function requestTo(
  path: string,
  method: string,
  { operationId, 'x-gloss-access': access, parameters, requestBody }: DescribedOperation,
  known: Known,
): Arbitrary<GeneratedRequest> {
  const schema = requestBody?.content['application/json']?.schema;
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  return fc
    .record({
      names: fc.tuple(...inPath.map(({ name, schema }) => pathValue(schema, known[name] ?? []))),
      query: queryText(inQuery),
      body: schema ? bodyText(schema) : fc.constant(undefined),
      credential: often('right' as const, fc.constantFrom('none' as const, 'unknown' as const), 12),
    })
    .map(({ names, query, body, credential }) => {
      let filled = path;
      for (const [i, { name }] of inPath.entries()) filled = filled.replace(`{${name}}`, names[i]!);
      return {
        operation: operationId,
        access,
        method: method.toUpperCase(),
        path: query === '' ? filled : `${filled}?${query}`,
        body,
        credential,
      };
    });
}

function often<T>(usual: T, other: Arbitrary<T>, times: number): Arbitrary<T> {
  return fc.oneof({ weight: times, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
}

function pathValue(schema: Schema, known: readonly string[]): Arbitrary<string> {
  const hostile = fc.constantFrom(...HOSTILE_TEXTS.filter((text) => text !== '' && text.length < 100));
  return fc
    .oneof(
      { weight: 4, arbitrary: known.length > 0 ? fc.constantFrom(...known) : valueOf(schema) },
      { weight: 2, arbitrary: valueOf(schema) },
      { weight: 2, arbitrary: hostile },
    )
    .map((value) => encodeURIComponent(String(value).toWellFormed())); // API Gateway refuses other bytes itself
}

function queryText(parameters: readonly Parameter[]): Arbitrary<string> {
  const values = parameters.map(({ name, required, schema }) => {
    const right = valueOf(schema).map((value): [string, string][] => [[name, String(value)]]);
    const wrong = fc.constantFrom(...HOSTILE_TEXTS).map((text): [string, string][] => [[name, text]]);
    const absent = fc.constant<[string, string][]>([]);
    const twice = right.map((pairs) => [...pairs, ...pairs]);
    return fc.oneof(
      { weight: required ? 6 : 3, arbitrary: right },
      { weight: 3, arbitrary: wrong },
      { weight: required ? 1 : 6, arbitrary: absent },
      { weight: 1, arbitrary: twice },
    );
  });
  const unknown = often<[string, string][]>([], fc.constant([['nobody', 'x']]), 12);
  return fc.tuple(...values, unknown).map((pairs) =>
    pairs
      .flat()
      .map(([name, value]) => `${name}=${escaped(value)}`)
      .join('&'),
  );
}

/** Percent-encoded, also what is no text: a lone surrogate becomes bytes that are no UTF-8. */
const escaped = (text: string): string =>
  text.isWellFormed() ? encodeURIComponent(text) : encodeURIComponent(text.toWellFormed()) + '%ED%A0%80';

function bodyText(schema: Schema): Arbitrary<string> {
  const right = valueOf(schema);
  return fc.oneof(
    { weight: 6, arbitrary: right.map((value) => JSON.stringify(value)) },
    { weight: 10, arbitrary: right.chain(spoiled).map((value) => JSON.stringify(value)) },
    { weight: 2, arbitrary: fc.constantFrom(...HOSTILE_BODIES) },
    { weight: 1, arbitrary: fc.constant(OVERSIZED) },
  );
}

/** A value with one thing in it replaced, added or taken away, at any depth. */
function spoiled(value: unknown): Arbitrary<unknown> {
  const hostile = fc.constantFrom(...HOSTILE_VALUES);
  if (typeof value !== 'object' || value === null) return hostile;
  if (Array.isArray(value)) {
    if (value.length === 0) return hostile;
    return fc.nat(value.length - 1).chain((i) => spoiled(value[i]).map((bad): unknown => value.with(i, bad)));
  }
  const entries = Object.entries(value);
  const added = hostile.map((bad) => ({ ...value, unheardOf: bad }));
  if (entries.length === 0) return added;
  const inside = fc
    .constantFrom(...entries)
    .chain(([name, field]) => spoiled(field).map((bad) => ({ ...value, [name]: bad })));
  const without = fc
    .constantFrom(...entries)
    .map(([name]) => Object.fromEntries(entries.filter(([other]) => other !== name)));
  return fc.oneof(
    { weight: 1, arbitrary: added },
    { weight: 4, arbitrary: inside },
    { weight: 1, arbitrary: without },
    { weight: 1, arbitrary: hostile },
  );
}

/** As lib/api/fields.ts describes text without NUL, which generated text never has. */
const NO_NUL = '^[^\\x00]*$';

/** A value that a JSON schema lets through, as far as a schema can say. */
function valueOf(schema: Schema): Arbitrary<unknown> {
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  if (Array.isArray(schema['anyOf'])) return fc.oneof(...(schema['anyOf'] as Schema[]).map(valueOf));
  if (Array.isArray(schema['type']))
    return fc.oneof(...(schema['type'] as string[]).map((type) => valueOf({ ...schema, type })));
  const number = (name: string, otherwise: number) => (schema[name] as number | undefined) ?? otherwise;
  switch (schema['type']) {
    case 'string':
      if (typeof schema['pattern'] === 'string' && schema['pattern'] !== NO_NUL)
        return fc.stringMatching(new RegExp(schema['pattern']), { maxLength: 64 });
      return fc.string({
        minLength: number('minLength', 0),
        maxLength: Math.min(20, number('maxLength', 20)),
        unit: 'grapheme',
      });
    case 'integer':
      return fc.integer({ min: number('minimum', -1000), max: Math.min(number('maximum', 1000), 1e9) });
    case 'number':
      return fc.double({ min: number('minimum', 0), max: number('maximum', 1e6), noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(valueOf((schema['items'] ?? {}) as Schema), {
        minLength: number('minItems', 0),
        maxLength: Math.min(3, number('maxItems', 3)),
      });
    case 'object': {
      const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
      const model = Object.fromEntries(properties.map(([name, field]) => [name, valueOf(field)]));
      return fc.record(model, { requiredKeys: (schema['required'] ?? []) as string[] });
    }
    default:
      return fc.constantFrom(...HOSTILE_VALUES);
  }
}
