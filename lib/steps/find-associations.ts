import type { Gloss } from '../domain/gloss.ts';
import type { TenantId } from '../domain/ids.ts';
import { wordsOfGloss } from '../query/gloss-words.ts';
import { associate, TermCounts, type Association } from '../rank/associations.ts';
import { collectionOf } from '../segment/manifest.ts';
import type { Analyzer } from '../text/analyzer.ts';
import type { RankDeps } from './rank-snapshot.ts';
import { readDocFreqs } from './read-vocabulary.ts';

/** Words of the candidates whose frequency in the whole index is looked up: a directory item each, mostly cached. */
const MAX_LOOKUPS = 256;

/** What goes with some pictures, and how its words are written. */
export interface FoundAssociations {
  readonly associations: readonly Association[];
  /** Term -> a word as the glosses write it. */
  readonly spelling: ReadonlyMap<string, string>;
  readonly candidates: number;
  readonly docCount: number;
}

/** Words that stand in the glosses of candidates more often than in the tenant's whole index. */
export async function findAssociations(
  { manifests, segments }: RankDeps,
  tenant: TenantId,
  candidates: Iterable<Gloss>,
  analyzer: Analyzer,
): Promise<FoundAssociations> {
  const counts = new TermCounts();
  const spelling = new Map<string, string>();
  for (const gloss of candidates) {
    const words = wordsOfGloss(gloss, analyzer);
    counts.add(words.keys());
    for (const [term, word] of words) if (!spelling.has(term)) spelling.set(term, word);
  }
  const frequent = [...counts.docFreqs]
    .sort(([a, ofA], [b, ofB]) => ofB - ofA || (a < b ? -1 : 1))
    .slice(0, MAX_LOOKUPS)
    .map(([term]) => term);
  const manifest = await manifests.read(tenant);
  const { docCount } = collectionOf(manifest);
  const docFreqs = await readDocFreqs(segments, tenant, manifest, frequent);
  const associations = associate(counts, docCount, (term) => docFreqs.get(term));
  return { associations, spelling, candidates: counts.docs, docCount };
}
