import { expect, it } from 'vitest';
import { memorySegmentStore } from '../../../lib/adapters/memory-segment-store.ts';
import { MemoryTable } from '../../../lib/adapters/memory-table.ts';
import { CapacityMeter } from '../../../lib/domain/capacity-meter.ts';
import { parseTenantId, segmentIdOf } from '../../../lib/domain/ids.ts';
import { boundedReads } from '../../../lib/steps/search/bounded-reads.ts';

const tenant = parseTenantId('acme');
const segmentId = segmentIdOf(1, '00000000');

it('reads up to its bound by size, and then refuses with the field', async () => {
  const segments = memorySegmentStore(new MemoryTable(new CapacityMeter()));
  const small = { segmentId, sk: 'a' };
  const large = { segmentId, sk: 'b' };
  await segments.write(tenant, segmentId, [
    { sk: 'a', body: new Uint8Array(10) },
    { sk: 'b', body: new Uint8Array(4_097) },
  ]);
  const bounded = boundedReads(segments, 2);
  expect(await bounded.read(tenant, [small, large])).toHaveLength(2); // 0.5 and 1
  expect(await bounded.readIfThere(tenant, [{ segmentId, sk: 'none' }])).toEqual([undefined]); // 0.5
  await expect(bounded.read(tenant, [small])).rejects.toMatchObject({
    kind: 'invalid',
    code: 'query_too_costly',
    place: { field: 'q' },
  });
  await expect(
    boundedReads(segments, 0.4).findDirectory(tenant, segmentId, 'x', { consistent: false }),
  ).rejects.toThrow('fewer words');
});
