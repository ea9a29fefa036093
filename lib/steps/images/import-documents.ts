import { GlossError } from '../../domain/errors.ts';
import type { Gloss, GlossOrigin, ViewGloss, ViewWords } from '../../domain/gloss.ts';
import { afterArrival, afterProgress } from '../../domain/image-state.ts';
import { imageIdOf, sequencerAfter, type ImageId, type Sequencer, type TenantId } from '../../domain/ids.ts';
import { uploadKey } from '../../domain/object-key.ts';
import type { View } from '../../domain/view.ts';
import type { Glosses } from '../../ports/glosses.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { MessageQueue } from '../../ports/message-queue.ts';
import type { IndexMessage } from '../../domain/messages.ts';
import type { Clock } from '../../ports/runtime.ts';
import { updateRecord } from './update-record.ts';

export interface ImportDeps {
  readonly records: ImageRecords;
  readonly glosses: Glosses;
  readonly indexQueue: MessageQueue<IndexMessage>;
  readonly clock: Clock;
}

/**
 * Bytes of a gloss at most: far more than anybody writes about a picture. A search reads the glosses of all its
 * hits.
 */
const MAX_GLOSS_BYTES = 100_000;

/** A document with ready-made words. */
export interface ImportedDocument {
  readonly id: string;
  readonly tags?: readonly string[] | undefined;
  readonly captions?: readonly string[] | undefined;
  readonly texts?: readonly string[] | undefined;
  /** In place of the others: a gloss from an export, view by view. */
  readonly gloss?: ImportedGloss | undefined;
}

interface ImportedGloss extends GlossOrigin {
  readonly views: readonly (View & ViewWords)[];
}

/**
 * Imports documents with ready-made words: no picture, no model. A document replaces the words of an image of
 * the same name. Each text or caption becomes a view of its own; tags are one view.
 * @throws GlossError `invalid` for a name, `too_large` for words over 100 KB; then nothing is written.
 */
export async function importDocuments(
  deps: ImportDeps,
  tenant: TenantId,
  documents: readonly ImportedDocument[],
): Promise<{ id: ImageId; name: string }[]> {
  // All documents are checked before any is written.
  for (const [i, document] of documents.entries()) check(tenant, document, `documents[${i}]`);
  const accepted = await Promise.all(documents.map((document) => importOne(deps, tenant, document)));
  await deps.indexQueue.send(accepted.map(({ id }) => ({ tenant, imageId: id })));
  return accepted;
}

/** Names follow the rules of uploads, so that either can replace the other. */
function check(tenant: TenantId, document: ImportedDocument, field: string): void {
  uploadKey(tenant, document.id, `${field}.id`);
  const bytes = Buffer.byteLength(JSON.stringify(viewsOf(document)));
  if (bytes > MAX_GLOSS_BYTES) {
    const message = `${field}: its words take ${bytes} bytes, more than ${MAX_GLOSS_BYTES}`;
    throw new GlossError('too_large', 'too_many_words', message, { place: { field } });
  }
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
  await deps.glosses.save(tenant, importedGloss(document, imageId, sequencer));
  await updateRecord(deps.records, tenant, imageId, (stored) =>
    stored?.sequencer === sequencer && stored.status === 'received'
      ? afterProgress(stored, { status: 'described' }, now)
      : undefined,
  );
  return { id: imageId, name: document.id };
}

const IMPORTED: GlossOrigin = { model: 'import', promptVersion: '-', cropPolicy: 'none' };

/** The gloss of a document with ready-made words. */
export function importedGloss(document: ImportedDocument, imageId: ImageId, sequencer: Sequencer): Gloss {
  const { model, promptVersion, cropPolicy } = document.gloss ?? IMPORTED;
  return { imageId, sequencer, model, promptVersion, cropPolicy, views: viewsOf(document) };
}

function viewsOf({ tags = [], captions = [], texts = [], gloss }: ImportedDocument): ViewGloss[] {
  if (gloss) {
    return gloss.views.map(({ tags: said, caption, visibleText, ...view }) => {
      return { view, tags: said, caption, visibleText };
    });
  }
  const words = [
    ...(tags.length > 0 ? [{ tags, caption: '' }] : []),
    ...[...captions, ...texts].map((caption) => ({ tags: [], caption })),
  ];
  return words.map((view, index) => ({ view: { index, kind: 'text' }, ...view, visibleText: '' }));
}
