import type { Gloss } from '../../domain/gloss.ts';
import type { ImageRecord } from '../../domain/image.ts';
import type { ImageId, TenantId } from '../../domain/ids.ts';
import { isUnreadable, readableIn, readableOnes } from '../../domain/unreadable.ts';
import type { Glosses } from '../../ports/glosses.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { ImportedDocument } from './import-documents.ts';

/** Documents of a page at most; the route leaves out those that do not fit into an answer. */
export const MAX_EXPORTED = 50;

/**
 * A page of the words of a tenant's images, in order of image id, in the form that an import takes. Importing
 * all pages into an empty tenant makes every word searchable again, view by view. Images without a gloss, such
 * as failed ones, are left out; those that cannot be read are named. Pictures are not part of it.
 */
export async function exportDocuments(
  { records, glosses }: { readonly records: ImageRecords; readonly glosses: Glosses },
  tenant: TenantId,
  page: { readonly limit: number; readonly after?: ImageId },
): Promise<{
  readonly documents: readonly Required<Pick<ImportedDocument, 'id' | 'gloss'>>[];
  /** Images whose records or words cannot be read. */
  readonly unreadable: readonly ImageId[];
  readonly next?: ImageId;
}> {
  const { records: found, next } = await records.list(tenant, page);
  const there = readableOnes(found).filter(({ status }) => status === 'described' || status === 'searchable');
  const written = await glosses.getMany(
    tenant,
    there.map(({ imageId }) => imageId),
  );
  const words = readableIn(written);
  const documents = there.flatMap((record) => documentOf(record, words.get(record.imageId)));
  const unreadable = [...found, ...written.values()].filter(isUnreadable).map(({ imageId }) => imageId);
  return { documents, unreadable, ...(next && { next }) };
}

function documentOf({ name, sequencer }: ImageRecord, gloss: Gloss | undefined) {
  if (gloss?.sequencer !== sequencer) return []; // replaced while the page was read
  const { model, promptVersion, cropPolicy, views, file } = gloss;
  const said = views.map(({ view: { index, kind, box }, ask, tags, caption, visibleText }) => ({
    index,
    kind,
    ...(box && { box }),
    ...(ask !== undefined && { ask }),
    tags,
    caption,
    visibleText,
  }));
  return [{ id: name, gloss: { model, promptVersion, cropPolicy, views: said, ...(file && { file }) } }];
}
