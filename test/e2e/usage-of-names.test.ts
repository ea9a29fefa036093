import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TenantId } from '../../lib/domain/ids.ts';
import { sqsEvent, startService } from '../support/service.ts';

let service: Awaited<ReturnType<typeof startService>>;
let operator: string;
beforeAll(async () => {
  service = await startService();
  operator = await service.keys.createOperator();
}, 240_000);
afterAll(() => service.close());

async function created(name: string): Promise<string> {
  await service.request('POST', '/v1/tenants', operator, { tenant: name });
  return service.keys.create(name as TenantId);
}

async function deleted(name: string): Promise<void> {
  await service.request('DELETE', `/v1/tenants/${name}`, operator);
  const { incarnation } = (await service.tenants.get(name as TenantId))!;
  for (const final of [false, true]) await service.purge(sqsEvent({ tenant: name, incarnation, final }));
}

async function unitsOf(key: string) {
  const { json } = await service.request('GET', '/v1/usage', key);
  const { readUnits, writeUnits } = (json as { total: { readUnits: number; writeUnits: number } }).total;
  return { readUnits, writeUnits };
}

it('a tenant is not billed what an earlier one of its name used last', async () => {
  const fresh = await unitsOf(await created('fresh'));
  const old = await created('name');
  await service.request('POST', '/v1/documents', old, { documents: [{ id: 'x', tags: ['red'] }] });
  await service.indexAll();
  for (let i = 0; i < 20; i += 1) await service.request('GET', '/v1/search?q=red', old);
  await deleted('name');

  const units = await unitsOf(await created('name'));
  expect(units.readUnits).toBeLessThanOrEqual(fresh.readUnits);
  expect(units.writeUnits).toBeLessThanOrEqual(fresh.writeUnits);
});
