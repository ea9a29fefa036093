import { GlossError } from '../../domain/errors.ts';
import { LANGUAGE_NAMES, type Language } from '../../domain/language.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { liveDocs } from '../../index/segment/manifest.ts';
import { otherLanguage } from '../../index/segment/index-language.ts';
import { IndexWriter } from '../index/index-writer.ts';
import { startReindex, type StartReindexDeps } from '../index/start-reindex.ts';

export interface ChangeLanguageDeps extends StartReindexDeps {
  readonly records: ImageRecords;
}

/**
 * Makes an empty index one of another language. Words analysed in one language are not found by queries analysed in
 * another, so a tenant that has images keeps its language. The manifest says it before the tenant's setting does: an
 * indexing under way then loses its commit, and looks again. Whoever dies in between leaves an index of another language than its
 * tenant's: asked for either, this puts them right, together with `keepLanguage` once the tenant's record is written.
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
    if (now === language || settings.language === language) return Promise.resolve(undefined);
    const indexed = liveDocs(manifest);
    if (images + indexed === 0) return Promise.resolve({ language });
    const message =
      `language: the ${Math.max(images, indexed)} images of ${id} are described and indexed in ${LANGUAGE_NAMES[now]}; ` +
      'delete them, or import an export of their words into a new tenant of the other language';
    throw new GlossError('conflict', 'language_in_use', message, { place: { field: 'settings.language' } });
  });
}

/**
 * Has an index made again that is kept in another language than its tenant's record says: that decides. Words that come are analysed in it
 * at once.
 * @returns whether it was
 */
export async function keepLanguage(deps: StartReindexDeps, { id, settings }: Tenant): Promise<boolean> {
  if (otherLanguage(await deps.manifests.read(id), settings.language) === undefined) return false;
  await startReindex(deps, id);
  return true;
}
