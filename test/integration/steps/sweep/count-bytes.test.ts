import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTemporaryIndex, type TemporaryIndex } from '../../../../infra/local/temporary-index.ts';
import { imageIdOf, parseTenantId, type Incarnation, type Sequencer } from '../../../../lib/domain/ids.ts';
import type { ImageRecord } from '../../../../lib/domain/image.ts';
import type { Tenant } from '../../../../lib/domain/tenant.ts';
import { readableIn } from '../../../../lib/domain/unreadable.ts';
import { countBytes } from '../../../../lib/steps/sweep/count-bytes.ts';

/** Bytes are counted where nobody changed a record since it was read; the others are left to the next sweep, without a word. */

let store: TemporaryIndex;
beforeAll(async () => {
  store = await openTemporaryIndex();
});
afterAll(() => store.close());

const limits = { requestsPerSec: 1, burst: 1, images: 9, bytes: 9e9, modelUsdPerMonth: 1 };
const account: Tenant = {
  id: parseTenantId('counted'),
  incarnation: '0'.repeat(24) as Incarnation,
  status: 'active',
  settings: { language: 'en', limits },
  createdAtMs: 0,
  updatedAtMs: 0,
  revision: 1,
};
const object = { storedAtMs: 1_000, eTag: '"one"', versionId: 'one' };
const recordOf = (name: string): ImageRecord => ({
  imageId: imageIdOf(account.id, name),
  name,
  status: 'searchable',
  sequencer: '1'.padStart(32, '0') as Sequencer,
  source: 'upload',
  bytes: 7,
  mayBeIndexed: true,
  createdAtMs: 1_000,
  object,
  updatedAtMs: 1_000,
  revision: 1,
});

it('tells how many records it has corrected, and no more', async () => {
  const { records } = store.deps;
  const names = ['still.jpg', 'changed.jpg', 'right.jpg'];
  const all = names.map(recordOf);
  await records.put(
    account.id,
    all.map((after) => ({ before: undefined, after })),
  );
  const ids = all.map(({ imageId }) => imageId);
  const known = readableIn(await records.getMany(account.id, ids));
  const changed = known.get(ids[1]!)!;
  await records.put(account.id, [{ before: changed, after: { ...changed, bytes: 8, revision: 2 } }]);
  const bytesOf = [10, 10, 7];
  const listed = new Map(
    names.map((name, i) => {
      const key = `uploads/counted/${name}`;
      const current = { key, bytes: bytesOf[i]!, storedAtMs: 1_000, eTag: '"one"' };
      return [ids[i]!, { key, current, older: [], changedAtMs: 1_000 }];
    }),
  );
  const clock = { nowMs: () => 8 * 3_600_000 };
  expect(await countBytes({ records, clock }, account, listed, known)).toBe(1);
  const now = readableIn(await records.getMany(account.id, ids));
  expect(ids.map((id) => now.get(id)!.bytes)).toEqual([10, 8, 7]);
  expect(await countBytes({ records, clock }, account, listed, now)).toBe(1);
  expect((await records.totals(account.id)).bytes).toBe(27);
});
