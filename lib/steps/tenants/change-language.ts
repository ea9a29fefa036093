import { GlossError } from '../../domain/errors.ts';
import { LANGUAGE_NAMES, type Language } from '../../domain/language.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { IndexWriter, type IndexWriterDeps } from '../index/index-writer.ts';

export interface ChangeLanguageDeps extends IndexWriterDeps {
  readonly records: ImageRecords;
}

/**
 * Makes an empty index one of another language. Words analysed in one language are not found by queries analysed in
 * another, so a tenant that has images keeps its language. The manifest says it before the tenant's setting does: an
 * indexing under way then loses its commit, and looks again.
 * @throws GlossError `conflict` for a tenant that has images.
 */
export async function changeLanguage(
  deps: ChangeLanguageDeps,
  { id, settings }: Tenant,
  language: Language,
): Promise<void> {
  const { images } = await deps.records.totals(id);
  await new IndexWriter(deps, id).commit(({ manifest }) => {
    const now = manifest.language ?? settings.language;
    if (now === language) return Promise.resolve(undefined);
    const indexed = manifest.segments.reduce((sum, { docs, deleted }) => sum + docs - deleted, 0);
    if (images + indexed === 0) return Promise.resolve({ language });
    const message =
      `language: the ${Math.max(images, indexed)} images of ${id} are described and indexed in ${LANGUAGE_NAMES[now]}; ` +
      'delete them, or import an export of their words into a new tenant of the other language';
    throw new GlossError('conflict', 'language_in_use', message, { place: { field: 'settings.language' } });
  });
}
