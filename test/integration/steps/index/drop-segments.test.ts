import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTemporaryIndex, type TemporaryIndex } from '../../../../infra/local/temporary-index.ts';
import { parseTenantId, type SegmentId, type TenantId } from '../../../../lib/domain/ids.ts';
import type { MergeMessage } from '../../../../lib/domain/messages.ts';
import { importDocuments } from '../../../../lib/steps/images/import-documents.ts';
import { dropSegments } from '../../../../lib/steps/index/drop-segments.ts';
import { indexGlosses } from '../../../../lib/steps/index/index-glosses.ts';
import { mergeSegments } from '../../../../lib/steps/index/merge-segments.ts';

/** A search that reads a segment has a whole delay to end, however soon after the replacement a drop of it comes. */

type Drop = Extract<MergeMessage, { task: 'drop' }>;

let store: TemporaryIndex;
beforeAll(async () => {
  store = await openTemporaryIndex();
});
afterAll(() => store.close());

let tenants = 0;
let tenant: TenantId;
/** What was sent, oldest first, with its delay. */
let sent: { readonly message: Drop; readonly delaySec: number }[];
beforeEach(() => {
  tenant = parseTenantId(`drops-${tenants++}`);
  sent = [];
});

function deps() {
  return {
    ...store.deps,
    tenants: { get: () => Promise.resolve(undefined) },
    mergeQueue: {
      send(messages: readonly MergeMessage[], { delaySec = 0 } = {}) {
        for (const message of messages) if (message.task === 'drop') sent.push({ message, delaySec });
        return Promise.resolve();
      },
    },
  };
}

async function add(name: string): Promise<void> {
  const [image] = await importDocuments(store.deps, { id: tenant, createdAtMs: 0 }, [
    { id: name, texts: ['a wombat'] },
  ]);
  await indexGlosses(deps(), tenant, [image!.id]);
}

const isStored = async (id: SegmentId) => (await store.deps.segments.readAll(tenant, id)).size > 0;
const liveSegments = async () => (await store.deps.manifests.read(tenant)).segments.map(({ id }) => id);

it('drops nothing that was named until just now, and everything a delay later', async () => {
  for (let i = 0; i < 30; i += 1) await add(`${i}.jpg`);
  const [first] = sent;
  const { segmentIds } = first!.message;
  expect(first).toEqual({ message: { tenant, task: 'drop', segmentIds }, delaySec: 300 });
  const [written] = segmentIds;

  // While a manifest names it, the first look ends it.
  expect(await liveSegments()).toContain(written);
  sent = [];
  await dropSegments(deps(), first!.message);
  expect(sent).toEqual([]);

  // The same look, right after a merge took its place.
  for (let merged = 1; merged > 0 && (await liveSegments()).includes(written!);)
    ({ merged } = await mergeSegments(deps(), tenant));
  expect(await liveSegments()).not.toContain(written);
  sent = [];
  await dropSegments(deps(), first!.message);
  expect(await isStored(written!)).toBe(true);
  expect(sent).toEqual([{ message: { ...first!.message, again: true }, delaySec: 300 }]);

  await dropSegments(deps(), sent[0]!.message);
  expect(await isStored(written!)).toBe(false);
  expect(sent).toHaveLength(1);
});

it('drops at the second look only what no manifest names then', async () => {
  await add('one.jpg');
  const [named] = await liveSegments();
  await dropSegments(deps(), { tenant, task: 'drop', segmentIds: [named!], again: true });
  expect(await isStored(named!)).toBe(true);
});
