import { expect, it } from 'vitest';
import { memorySegmentStore } from '../../../lib/adapters/memory-segment-store.ts';
import { MemoryTable } from '../../../lib/adapters/memory-table.ts';
import { CapacityMeter } from '../../../lib/domain/capacity-meter.ts';
import type { Gloss } from '../../../lib/domain/gloss.ts';
import {
  imageIdOf,
  parseSequencer,
  parseTenantId,
  segmentIdOf,
  type ImageId,
} from '../../../lib/domain/ids.ts';
import { boundedLoads, boundedReads } from '../../../lib/steps/search/bounded-reads.ts';

const tenant = parseTenantId('acme');
const segmentId = segmentIdOf(1, '00000000');
const sequencer = parseSequencer('01');
const statesOf = (...ids: readonly ImageId[]) => ids.map((imageId) => ({ imageId, sequencer }));

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

it('records and glosses count by size, each gloss once, and are refused with the field above their bound', async () => {
  const read: ImageId[] = [];
  const gloss = (imageId: ImageId, caption: string) =>
    ({
      imageId,
      views: [{ view: { index: 0, kind: 'text' }, tags: [], caption, visibleText: '' }],
    }) as unknown as Gloss;
  const [small, large, none] = ['small', 'large', 'none'].map((name) => imageIdOf(tenant, name)) as [
    ImageId,
    ImageId,
    ImageId,
  ];
  const stored = new Map([
    [small, gloss(small, 'x')],
    [large, gloss(large, 'x'.repeat(8_192))],
  ]);
  const loads = boundedLoads(
    {
      records: { getMany: () => Promise.resolve(new Map()) },
      glosses: {
        ofStates(_, states) {
          const ids = states.map(({ imageId }) => imageId);
          read.push(...ids);
          return Promise.resolve(
            new Map(ids.flatMap((id) => (stored.has(id) ? [[id, stored.get(id)!]] : []))),
          );
        },
      },
    },
    { loadUnits: 5.5, enoughLoadUnits: 2.5 },
    'prefix',
  );
  expect([...(await loads.glosses.ofStates(tenant, statesOf(small, large, none))).keys()]).toEqual([
    small,
    large,
  ]); // 0.5, 1.5 and 0.5
  expect(loads.mayLookAtMore()).toBe(false);
  expect([...(await loads.glosses.ofStates(tenant, statesOf(large, small))).keys()]).toEqual([large, small]); // nothing
  expect(read).toEqual([small, large, none]);
  await loads.records.getMany(tenant, [small, large, none]); // 3
  await expect(loads.glosses.ofStates(tenant, statesOf(none))).rejects.toMatchObject({
    kind: 'invalid',
    code: 'query_too_costly',
    place: { field: 'prefix' },
  });
});
