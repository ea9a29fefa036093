import type { TenantId } from '../../../domain/ids.ts';
import { LANGUAGE_NAMES } from '../../../domain/language.ts';
import { otherLanguage } from '../../../index/segment/index-language.ts';
import type { Manifests } from '../../../ports/manifests.ts';
import type { TenantReader } from '../../../ports/tenants.ts';
import { analysisOf, isStale } from '../../../text/analysis.ts';
import { analyzerOf } from '../../../text/analyzer.ts';

interface CheckAnalysisDeps {
  readonly tenants: TenantReader;
  readonly manifests: Pick<Manifests, 'read'>;
}

interface OtherAnalysis {
  readonly what: 'other_language' | 'other_analyser';
  readonly detail: string;
}

/** How the words of an index were analysed, where queries of its tenant are analysed in another way. */
export async function checkAnalysis(
  { tenants, manifests }: CheckAnalysisDeps,
  tenant: TenantId,
): Promise<OtherAnalysis | undefined> {
  const manifest = await manifests.read(tenant);
  const account = await tenants.get(tenant);
  if (!account) return undefined;
  const { language } = account.settings;
  const other = otherLanguage(manifest, language);
  if (other) {
    const detail = `${LANGUAGE_NAMES[other]} where the tenant has ${LANGUAGE_NAMES[language]}`;
    return { what: 'other_language', detail };
  }
  const current = analysisOf(analyzerOf(language));
  const { analysis, segments } = manifest;
  if (segments.length === 0 || !isStale(analysis, current)) return undefined;
  const made = analysis
    ? `version ${analysis.version}, lexicon ${analysis.lexicon}`
    : 'a version that is not named';
  const detail = `${made}, where queries have version ${current.version}, lexicon ${current.lexicon}`;
  return { what: 'other_analyser', detail };
}
