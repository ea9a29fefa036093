import type { Language } from '../../domain/language.ts';
import { liveDocs, type Manifest } from './manifest.ts';

/**
 * The language that an index is kept in, where that is not its tenant's; undefined where they agree. Queries are analysed in the tenant's. A
 * change of the language that broke off half-way leaves such an index, and so does a table that is restored to before one.
 * @param language the tenant's
 */
export function otherLanguage(manifest: Manifest, language: Language): Language | undefined {
  const { language: told = language, analysis } = manifest;
  const ofWords = analysis && liveDocs(manifest) > 0 ? analysis.language : language;
  return [told, ofWords].find((one) => one !== language);
}
