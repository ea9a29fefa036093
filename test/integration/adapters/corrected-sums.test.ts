import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, it } from 'vitest';
import { dynamoImageRecords } from '../../../lib/adapters/dynamo-image-records.ts';
import { sumPartOf } from '../../../lib/domain/image.ts';
import { imageIdOf, parseSequencer, parseTenantId, type TenantId } from '../../../lib/domain/ids.ts';
import { afterArrival, afterRemoval } from '../../../lib/domain/image-state.ts';
import { SUM_PARTS } from '../../../lib/domain/usage.ts';
import { useDynamoTable } from '../../support/dynamo-table.ts';

/** Sums that were counted take the place of others only where it is known what happened since. */

const table = useDynamoTable();
let tenant: TenantId;
let tenants = 0;
beforeEach(() => {
  tenant = parseTenantId(`counted-${tenants++}`);
});

const records = () => dynamoImageRecords(table.client, 'table');

/** An image of seven bytes comes, and goes. */
function image() {
  const named = { imageId: imageIdOf(tenant, 'a'), name: 'a' };
  const arrival = { ...named, source: 'upload', bytes: 7, object: { storedAtMs: 1 } } as const;
  const here = afterArrival(undefined, { ...arrival, sequencer: parseSequencer('01') }, 1)!;
  const gone = afterRemoval(here, { ...named, sequencer: parseSequencer('02'), object: null }, 2)!;
  return {
    comes: () => records().put(tenant, [{ before: undefined, after: here }]),
    goes: () => records().put(tenant, [{ before: here, after: gone }]),
  };
}

/** As if somebody had counted so many images, of seven bytes each, in the part of the image. */
async function countedNow(images: number) {
  const moved = await records().moved(tenant);
  return Array.from({ length: SUM_PARTS }, (_, part) => {
    const count = part === sumPartOf(imageIdOf(tenant, 'a')) ? images : 0;
    return { images: count, bytes: 7 * count, at: moved[part]! };
  });
}

it('not where they were lost since: then nobody knows what was added', async () => {
  await image().comes();
  const counted = await countedNow(3);
  const Key = { pk: { S: `${tenant}/totals` }, sk: { S: 'totals' } };
  await table.client.send(new DeleteItemCommand({ TableName: 'table', Key }));
  expect(await records().correctTotals(tenant, counted)).toBe(false);
  expect(await records().totals(tenant)).toEqual({ images: 0, bytes: 0, moves: 0 });
});

it('not where more went since than was counted', async () => {
  const { comes, goes } = image();
  await comes();
  const counted = await countedNow(0);
  await goes();
  expect(await records().correctTotals(tenant, counted)).toBe(false);
  expect(await records().totals(tenant)).toMatchObject({ images: 0, bytes: 0 });
  expect((await records().moved(tenant)).reduce((sum, { images }) => sum + images, 0)).toBe(0);
});

it('where it is known', async () => {
  await image().comes();
  expect(await records().correctTotals(tenant, await countedNow(3))).toBe(true);
  expect(await records().totals(tenant)).toMatchObject({ images: 3, bytes: 21 });
});
