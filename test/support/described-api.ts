import { expect } from 'vitest';
import type { Operation } from '../../lib/api/openapi/operation.ts';
import { OPERATIONS } from '../../lib/api/openapi/operations.ts';
import { Problem } from '../../lib/api/problem.ts';
import { declaredFields, fieldsOf } from './declared-fields.ts';
import type { startService } from './service.ts';

type Service = Awaited<ReturnType<typeof startService>>;

interface Asking {
  readonly key?: string | undefined;
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Described {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, unknown>>;
}
interface Document {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Described>> }>>>
  >;
  readonly components: { readonly responses: Readonly<Record<string, Described>> };
}

/** Headers of an answer that the description has to speak of where they come. */
const TOLD = [
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
  'www-authenticate',
  'idempotency-replayed',
] as const;

/**
 * Asks the API by operation and holds every answer against its description: the status, the content type, every field and the
 * headers. Remembers what was seen.
 */
export async function describedApi(service: Service) {
  const document = (await service.request('GET', '/openapi.json')).json as Document;
  const byId = new Map(OPERATIONS.map((operation) => [operation.id, operation]));
  const succeeded = new Set<string>();
  const statuses = new Set<number>();
  const seen = new Set<string>();

  function responseOf({ path, method }: Operation, status: number): Described {
    const described = document.paths[path]?.[method]?.responses[status];
    if (!described) throw new Error(`${method} ${path} does not speak of ${status}`);
    const name = described.$ref?.replace('#/components/responses/', '');
    return name === undefined ? described : document.components.responses[name]!;
  }

  async function ask(id: string, { key, params = {}, query = {}, body, headers }: Asking = {}) {
    const operation = byId.get(id)!;
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name]!);
    const search = new URLSearchParams(query).toString();
    const answer = await service.request(
      operation.method.toUpperCase(),
      search === '' ? path : `${path}?${search}`,
      key,
      body,
      headers,
    );
    check(operation, answer);
    return answer;
  }

  function check(operation: Operation, answer: Awaited<ReturnType<Service['request']>>): void {
    const { status, headers, json, text } = answer;
    const described = responseOf(operation, status);
    const [type] = Object.keys(described.content ?? {});
    if (type === undefined) expect(text).toBe('');
    else expect(headers['content-type']).toBe(type);
    const schema = status < 400 ? operation.success.body : Problem;
    if (status < 400) expect(status).toBe(operation.success.status);
    if (schema) {
      schema.parse(json);
      for (const field of fieldsOf(schema, json, operation.id)) seen.add(field);
    }
    const declared = Object.keys(described.headers ?? {}).map((name) => name.toLowerCase());
    expect(declared).toEqual(expect.arrayContaining(TOLD.filter((name) => name in headers)));
    if (status < 400 && declared.includes('ratelimit'))
      expect(Object.keys(headers)).toEqual(expect.arrayContaining(['ratelimit', 'ratelimit-policy']));
    if (declared.includes('retry-after')) expect(headers['retry-after']).toMatch(/^[1-9]\d*$/);
    if (status < 400) succeeded.add(operation.id);
    statuses.add(status);
  }

  return {
    ask,
    document,
    statuses,
    /** Operations that have never succeeded. */
    neverAsked: () => OPERATIONS.map(({ id }) => id).filter((id) => !succeeded.has(id)),
    /** Declared fields of answers that no answer had. */
    neverSeen(): string[] {
      const bodies = OPERATIONS.flatMap(({ id, success }) =>
        success.body ? [...declaredFields(success.body, id)] : [],
      );
      const declared = new Set([...bodies, ...declaredFields(Problem, 'Problem')]);
      return [...declared].filter((field) => !seen.has(field)).sort();
    },
  };
}
