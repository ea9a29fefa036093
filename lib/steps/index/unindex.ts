import type { ImageId, Sequencer, TenantId } from '../../domain/ids.ts';
import { commitIndex, withDeleted, type IndexDeps } from './commit-index.ts';
import { findDocuments } from './find-documents.ts';

/** An image whose words are to go, up to and including those of this state. */
export interface Unindexing {
  readonly imageId: ImageId;
  readonly sequencer: Sequencer;
}

/**
 * Takes the words of images out of the index: gone from the next search on. Words of a later state stay. The
 * manifest is committed even when nothing was found, because an indexing under way may have read the images before
 * they went; it then finds another manifest than it started from, and looks again.
 */
export async function unindex(
  deps: IndexDeps,
  tenant: TenantId,
  images: readonly Unindexing[],
): Promise<void> {
  const upTo = new Map(images.map(({ imageId, sequencer }) => [imageId, sequencer]));
  await commitIndex(deps, tenant, async (manifest) => {
    const found = await findDocuments(deps.segments, tenant, manifest, [...upTo.keys()]);
    const old = [...found].filter(([imageId, { sequencer }]) => sequencer <= upTo.get(imageId)!);
    const documents = old.map(([, document]) => document);
    return { segments: await withDeleted(deps, tenant, manifest.segments, documents) };
  });
}
