import type { Gloss, ViewGloss } from '../domain/gloss.ts';
import { afterArrival, afterProgress } from '../domain/image-state.ts';
import { imageIdOf, sequencerAfter, type ImageId, type TenantId } from '../domain/ids.ts';
import { uploadKey } from '../domain/object-key.ts';
import type { Glosses } from '../ports/glosses.ts';
import type { ImageRecords } from '../ports/image-records.ts';
import type { IndexMessage, MessageQueue } from '../ports/message-queue.ts';
import type { Clock } from '../ports/runtime.ts';
import { updateRecord } from './update-record.ts';

export interface ImportDeps {
  readonly records: ImageRecords;
  readonly glosses: Glosses;
  readonly indexQueue: MessageQueue<IndexMessage>;
  readonly clock: Clock;
}

/** A document whose words exist already. */
export interface ImportedDocument {
  readonly id: string;
  readonly tags?: readonly string[] | undefined;
  readonly captions?: readonly string[] | undefined;
  readonly texts?: readonly string[] | undefined;
}

/**
 * Takes documents with ready-made words: no picture, no model. A document of a name that is there already
 * replaces its words. Each text or caption becomes a view of its own; tags are one view.
 */
export async function importDocuments(
  deps: ImportDeps,
  tenant: TenantId,
  documents: readonly ImportedDocument[],
): Promise<{ id: ImageId; name: string }[]> {
  // Names that uploads could have, so that either can replace the other; checked before anything is written.
  for (const { id } of documents) uploadKey(tenant, id);
  const accepted = await Promise.all(documents.map((document) => importOne(deps, tenant, document)));
  await deps.indexQueue.send(accepted.map(({ id }) => ({ tenant, imageId: id })));
  return accepted;
}

async function importOne(deps: ImportDeps, tenant: TenantId, document: ImportedDocument) {
  const imageId = imageIdOf(tenant, document.id);
  const now = deps.clock.nowMs();
  const received = await updateRecord(deps.records, tenant, imageId, (stored) =>
    afterArrival(
      stored,
      { imageId, name: document.id, source: 'import', sequencer: sequencerAfter(stored?.sequencer, now) },
      now,
    ),
  );
  const { sequencer } = received!; // an arrival with a later sequencer is always written
  const gloss: Gloss = {
    imageId,
    sequencer,
    model: 'import',
    promptVersion: '-',
    cropPolicy: 'none',
    views: viewsOf(document),
  };
  await deps.glosses.save(tenant, gloss);
  await updateRecord(deps.records, tenant, imageId, (stored) =>
    stored?.sequencer === sequencer && stored.status === 'received'
      ? afterProgress(stored, { status: 'described' }, now)
      : undefined,
  );
  return { id: imageId, name: document.id };
}

function viewsOf({ tags = [], captions = [], texts = [] }: ImportedDocument): ViewGloss[] {
  const words = [
    ...(tags.length > 0 ? [{ tags, caption: '' }] : []),
    ...[...captions, ...texts].map((caption) => ({ tags: [], caption })),
  ];
  return words.map((view, index) => ({ view: { index, kind: 'text' }, ...view, visibleText: '' }));
}
