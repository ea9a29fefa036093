import { afterProgress } from '../domain/image-state.ts';
import type { Gloss } from '../domain/gloss.ts';
import type { ImageRecord } from '../domain/image.ts';
import type { ImageId, TenantId } from '../domain/ids.ts';
import type { Glosses } from '../ports/glosses.ts';
import type { ImageRecords } from '../ports/image-records.ts';
import type { MergeMessage, MessageQueue } from '../ports/message-queue.ts';
import { invert } from '../segment/invert.ts';
import { nextMerge } from '../segment/merge-policy.ts';
import type { SegmentEntry } from '../segment/manifest.ts';
import { writeSegment } from '../segment/write-segment.ts';
import { documentTerms } from '../text/document-terms.ts';
import { commitIndex, newSegmentId, storeSegment, withDeleted, type IndexDeps } from './commit-index.ts';
import { findDocuments } from './find-documents.ts';
import { updateRecord } from './update-record.ts';

export interface IndexGlossesDeps extends IndexDeps {
  readonly records: ImageRecords;
  readonly glosses: Glosses;
  readonly mergeQueue: MessageQueue<MergeMessage>;
}

/**
 * Makes the glosses of a batch searchable as one new segment. Images whose words are in the index already, that
 * were removed, or whose gloss is not there yet add nothing, so the same batch may come any number of times.
 * @returns how many documents were added
 */
export async function indexGlosses(
  deps: IndexGlossesDeps,
  tenant: TenantId,
  imageIds: readonly ImageId[],
): Promise<{ added: number }> {
  const distinct = [...new Set(imageIds)];
  let described: ImageRecord[] = [];
  let added = 0;
  const manifest = await commitIndex(deps, tenant, async ({ version, segments }) => {
    const records = await deps.records.getMany(tenant, distinct);
    const glosses = await deps.glosses.getMany(tenant, distinct);
    const current = distinct.flatMap((imageId) => {
      const record = records.get(imageId);
      const gloss = glosses.get(imageId);
      return record?.status === 'described' && gloss?.sequencer === record.sequencer
        ? [{ record, gloss }]
        : [];
    });
    described = current.map(({ record }) => record);
    const found = await findDocuments(
      deps.segments,
      tenant,
      { version, segments },
      described.map((r) => r.imageId),
    );
    const fresh = current.filter(({ record }) => found.get(record.imageId)?.sequencer !== record.sequencer);
    added = fresh.length;
    if (fresh.length === 0) return undefined;
    const replaced = fresh.flatMap(({ record }) => found.get(record.imageId) ?? []);
    const kept = await withDeleted(deps, tenant, segments, replaced);
    return [
      ...kept,
      await writeGlosses(
        deps,
        tenant,
        fresh.map(({ gloss }) => gloss),
      ),
    ];
  });
  await Promise.all(described.map((record) => markSearchable(deps, tenant, record)));
  if (manifest && nextMerge(manifest.segments)) await deps.mergeQueue.send([{ tenant, task: 'merge' }]);
  return { added };
}

async function writeGlosses(
  deps: IndexGlossesDeps,
  tenant: TenantId,
  glosses: readonly Gloss[],
): Promise<SegmentEntry> {
  const id = newSegmentId(deps);
  const terms = glosses.map(documentTerms);
  const documents = glosses.map(({ imageId, sequencer }, i) => ({
    imageId,
    sequencer,
    docLen: terms[i]!.docLen,
  }));
  return storeSegment(deps, tenant, id, writeSegment(id, documents, invert(terms)));
}

async function markSearchable(deps: IndexGlossesDeps, tenant: TenantId, seen: ImageRecord): Promise<void> {
  await updateRecord(deps.records, tenant, seen.imageId, (record) =>
    record?.status === 'described' && record.sequencer === seen.sequencer
      ? afterProgress(record, { status: 'searchable' }, deps.clock.nowMs())
      : undefined,
  );
}
