import { readFileSync } from 'node:fs';
import { memoryManifests } from '../../../lib/adapters/memory-manifests.ts';
import { memorySegmentStore } from '../../../lib/adapters/memory-segment-store.ts';
import { MemoryTable } from '../../../lib/adapters/memory-table.ts';
import { CapacityMeter } from '../../../lib/domain/capacity-meter.ts';
import type { Gloss } from '../../../lib/domain/gloss.ts';
import {
  imageIdOf,
  parseTenantId,
  sequencerAfter,
  type ImageId,
  type ImageState,
  type SegmentId,
} from '../../../lib/domain/ids.ts';
import type { ImageRecord } from '../../../lib/domain/image.ts';
import { Deletions } from '../../../lib/index/segment/deletions.ts';
import {
  decodeManifest,
  encodeManifestBody,
  type SegmentEntry,
} from '../../../lib/index/segment/manifest.ts';
import { SegmentContents } from '../../../lib/index/segment/segment-contents.ts';
import { segmentOfGlosses } from '../../../lib/index/write/segment-of-glosses.ts';
import { importedGloss } from '../../../lib/steps/images/import-documents.ts';
import { ENGLISH } from '../../../lib/text/analyzer.ts';
import { randomOf } from '../../support/random.ts';

export const TENANT = parseTenantId('hostile');
/** The manifest is an item like the others, and has a name of its own. */
export const MANIFEST = 'manifest';

/** An index in which every item tells the truth: every kind of item, and both format versions. */
export interface HonestIndex {
  readonly segments: readonly SegmentEntry[];
  /** Bodies by segment and sort key. */
  readonly items: ReadonlyMap<SegmentId, ReadonlyMap<string, Uint8Array>>;
  readonly manifest: string;
  readonly records: ReadonlyMap<ImageId, ImageRecord>;
  readonly glosses: ReadonlyMap<ImageId, Gloss>;
}

const WORDS = Array.from(
  { length: 90 },
  (_, i) => `wo${String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26))}k`,
);

/** Frequent words first, as in any language. */
function captionOf(random: ReturnType<typeof randomOf>): string {
  const pick = () => WORDS[Math.floor(WORDS.length * random.fraction() ** 3)]!;
  return Array.from({ length: 3 + random.below(12) }, pick).join(' ');
}

function written(id: SegmentId, docs: number, first: number): [SegmentEntry, Map<string, Uint8Array>] {
  const random = randomOf(first + 1);
  const glosses = Array.from({ length: docs }, (_, i) => {
    const name = `photo ${first + i}`;
    const texts = [captionOf(random)];
    return importedGloss(
      { id: name, texts },
      imageIdOf(TENANT, name),
      sequencerAfter(undefined, first + i + 1),
    );
  });
  const writing = segmentOfGlosses(id, glosses, ENGLISH);
  const items = new Map<string, Uint8Array>();
  for (;;) {
    const step = writing.next();
    if (step.done) return [step.value, items];
    items.set(step.value.sk, step.value.body);
  }
}

function golden(version: 1 | 2 | 3 | 4 | 5 | 6, name: string): [SegmentEntry, Map<string, Uint8Array>] {
  const file = new URL(`../../golden/segment-v${version}.json`, import.meta.url);
  const all = JSON.parse(readFileSync(file, 'utf8')) as Record<
    string,
    { manifest: string; items: Record<string, string> }
  >;
  const { manifest, items } = all[name]!;
  const entry = { ...decodeManifest(1, manifest).segments[0]!, id: `v${version}-${name}` as SegmentId };
  return [
    entry,
    new Map(Object.entries(items).map(([sk, hex]) => [sk, new Uint8Array(Buffer.from(hex, 'hex'))])),
  ];
}

function withDeleted(
  [entry, items]: [SegmentEntry, Map<string, Uint8Array>],
  every: number,
): [SegmentEntry, Map<string, Uint8Array>] {
  const docIds = Array.from({ length: entry.docs }, (_, docId) => docId).filter(
    (docId) => docId % every === 1,
  );
  const deletions = Deletions.none(entry.docs).with(docIds);
  const name = '00000000a-0123456789abcdef';
  return [
    { ...entry, deleted: deletions.count, deletions: name },
    new Map([...items, [`x/${name}`, deletions.encode()]]),
  ];
}

/** Builds it, the same one every time. */
export function honestIndex(): HonestIndex {
  const all = [
    golden(1, 'large'),
    withDeleted(written('v6-associations' as SegmentId, 4_200, 10_000), 400),
    golden(2, 'small'),
    golden(6, 'chunked'),
    withDeleted(written('v6-parts' as SegmentId, 700, 20_000), 3),
    withDeleted(written('v6-whole' as SegmentId, 7, 30_000), 4),
  ];
  const records = new Map<ImageId, ImageRecord>();
  const glosses = new Map<ImageId, Gloss>();
  for (const [entry, items] of all) {
    const contents = new SegmentContents(entry, items);
    const documents = contents.documents();
    const words = Array.from({ length: entry.docs }, (): string[] => []);
    for (const [term, { docIds }] of contents.lists()) for (const docId of docIds) words[docId]!.push(term);
    const sk = `x/${entry.deletions}`;
    const deletions = entry.deletions === '' ? undefined : deletionsOf(items.get(sk)!, entry, sk);
    for (let docId = 0; docId < entry.docs; docId += 1) {
      const { imageId, sequencer } = documents.at(docId);
      const removed = deletions?.has(docId) ?? false;
      if (removed && records.has(imageId)) continue;
      const name = `${entry.id} ${docId}`;
      const status = removed ? 'removed' : 'searchable';
      records.set(imageId, {
        imageId,
        name,
        status,
        sequencer,
        source: 'import',
        object: null,
        mayBeIndexed: true,
        createdAtMs: 1,
        updatedAtMs: 1,
        revision: 1,
      });
      // The words of a removed image are gone.
      if (!removed)
        glosses.set(
          imageId,
          importedGloss({ id: name, texts: [words[docId]!.join(' ')] }, imageId, sequencer),
        );
    }
  }
  const segments = all.map(([entry]) => entry);
  return {
    segments,
    items: new Map(all.map(([{ id }, items]) => [id, items])),
    manifest: encodeManifestBody({ version: 1, segments, merges: [] }),
    records,
    glosses,
  };
}

const deletionsOf = (body: Uint8Array, entry: SegmentEntry, sk: string) =>
  Deletions.decode(body, entry, { segmentId: entry.id, sk });

/** An item with another body. */
export interface Change {
  readonly segmentId: SegmentId | typeof MANIFEST;
  readonly sk: string;
  readonly body: Uint8Array;
}

/** The same with these segments alone. */
export function narrowed(index: HonestIndex, ids: ReadonlySet<string>): HonestIndex {
  const segments = index.segments.filter(({ id }) => ids.has(id));
  const items = new Map([...index.items].filter(([id]) => ids.has(id)));
  return { ...index, segments, items, manifest: encodeManifestBody({ version: 1, segments, merges: [] }) };
}

/** The index with some items changed, in a table of its own. */
export function openChanged(index: HonestIndex, changes: readonly Change[]) {
  const table = new MemoryTable(new CapacityMeter());
  let manifest = index.manifest;
  for (const [segmentId, items] of index.items)
    table.batchPut(
      [...items].map(([sk, B]) => ({
        pk: { S: `${TENANT}/segment/${segmentId}` },
        sk: { S: sk },
        body: { B },
      })),
    );
  for (const { segmentId, sk, body } of changes) {
    if (segmentId === MANIFEST) manifest = Buffer.from(body).toString();
    else table.batchPut([{ pk: { S: `${TENANT}/segment/${segmentId}` }, sk: { S: sk }, body: { B: body } }]);
  }
  table.put(
    { pk: { S: `${TENANT}/manifest` }, sk: { S: 'manifest' }, version: { N: '1' }, body: { S: manifest } },
    () => true,
  );
  const getMany =
    <Value>(of: ReadonlyMap<ImageId, Value>) =>
    (_: unknown, ids: readonly ImageId[]) =>
      Promise.resolve(new Map(ids.flatMap((id) => (of.has(id) ? [[id, of.get(id)!] as const] : []))));
  return {
    manifests: memoryManifests(table),
    segments: memorySegmentStore(table),
    records: { getMany: getMany(index.records) },
    glosses: {
      getMany: getMany(index.glosses),
      ofStates: (tenant: unknown, states: readonly ImageState[]) =>
        getMany(index.glosses)(
          tenant,
          states.map(({ imageId }) => imageId),
        ),
    },
  };
}
