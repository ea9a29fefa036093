import type { ImageId, TenantId } from '../domain/ids.ts';
import { commitIndex, withDeleted, type IndexDeps } from './commit-index.ts';
import { findDocuments } from './find-documents.ts';

/**
 * Takes the words of images out of the index: gone from the next search on. The manifest is committed even when
 * nothing was found, because an indexing under way may have read the images before they went; it then finds
 * another manifest than it started from, and looks again.
 */
export async function unindex(
  deps: IndexDeps,
  tenant: TenantId,
  imageIds: readonly ImageId[],
): Promise<void> {
  await commitIndex(deps, tenant, async (manifest) => {
    const found = await findDocuments(deps.segments, tenant, manifest, imageIds);
    return withDeleted(deps, tenant, manifest.segments, found.values());
  });
}
