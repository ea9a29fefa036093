import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OPERATIONS } from '../../lib/api/openapi/operations.ts';
import { Problem } from '../../lib/api/problem.ts';
import { imageIdOf, parseTenantId } from '../../lib/domain/ids.ts';
import { requestsOf, type Description, type GeneratedRequest } from '../support/generated-requests.ts';
import { startService } from '../support/service.ts';

/**
 * Every route is driven from the API's own description, with requests that are right, nearly right and hostile. Whatever
 * comes: never a 5xx; a refusal is problem details, names the field, and has changed nothing; a success is as described.
 */

const REQUESTS = Number(process.env['GLOSS_FUZZ_REQUESTS'] ?? 300);
const SEED = Number(process.env['GLOSS_FUZZ_SEED'] ?? 20_261_124);
/** What a refused request may not send. Updates count uses and tokens; they change nothing that can be seen. */
const WRITES = new Set(['PutItem', 'DeleteItem', 'BatchWriteItem']);
const tenant = parseTenantId('fuzzed');

let service: Awaited<ReturnType<typeof startService>>;
let keys: { tenant: string; operator: string };
let writes = 0;
beforeAll(async () => {
  service = await startService({
    onAction: (action) => {
      if (WRITES.has(action)) writes += 1;
    },
  });
  const limits = { requestsPerSec: 10_000, burst: 100_000 };
  keys = {
    tenant: await service.keys.create(tenant, undefined, { limits }),
    operator: await service.keys.createOperator(),
  };
  await service.keys.create(parseTenantId('victim'));
  await service.request('POST', '/v1/documents', keys.tenant, {
    documents: [{ id: 'a', texts: ['a red car'] }],
  });
  await service.index(await service.drainIndexQueue());
  // The first list of a tenant makes the seal of its cursors, whatever becomes of the request.
  await service.request('GET', '/v1/images', keys.tenant);
});
afterAll(() => service.close());

const operations = new Map(OPERATIONS.map((operation) => [operation.id, operation]));

async function send({ access, method, path, body, credential }: GeneratedRequest) {
  const right = access === 'operator' ? keys.operator : keys.tenant;
  const key = { right, none: undefined, unknown: `gls_${'x'.repeat(32)}` }[credential];
  return service.request(method, path, key, body);
}

function check(request: GeneratedRequest, answer: Awaited<ReturnType<typeof send>>, written: number): void {
  const { status, headers, json } = answer;
  expect(status).toBeLessThan(500);
  const operation = operations.get(request.operation)!;
  if (status < 400) {
    expect(status).toBe(operation.success.status);
    if (operation.success.body) operation.success.body.parse(json);
    return;
  }
  expect(headers['content-type']).toBe('application/problem+json');
  const problem = Problem.parse(json);
  expect(problem.status).toBe(status);
  expect(problem.detail.length).toBeGreaterThan(5);
  if (status === 400) expect(problem).toHaveProperty('field');
  expect(written).toBe(0);
}

it(`takes ${REQUESTS} generated requests to every route (seed ${SEED})`, async () => {
  const description = (await service.request('GET', '/openapi.json')).json as Description;
  const known = { id: [imageIdOf(tenant, 'a')], tenant: ['victim'], keyId: [] };
  const requests = fc.sample(requestsOf(description, known), { seed: SEED, numRuns: REQUESTS });
  const statuses = new Map<number, number>();
  const asked = new Map<string, number>();
  for (const request of requests) {
    const before = writes;
    const answer = await send(request);
    try {
      check(request, answer, writes - before);
    } catch (error) {
      const shown = JSON.stringify({ ...request, body: request.body?.slice(0, 500) });
      throw new Error(`${shown}\n${answer.status} ${answer.text.slice(0, 500)}`, { cause: error });
    }
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    asked.set(request.operation, (asked.get(request.operation) ?? 0) + 1);
  }
  const byStatus = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${count} x ${status}`);
  console.log(`api-fuzz: ${requests.length} requests to ${asked.size} operations: ${byStatus.join(', ')}`);
  expect([...asked.keys()].sort()).toEqual([...operations.keys()].sort());
}, 600_000);
