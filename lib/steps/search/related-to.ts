import { relatedWords, type RelatedWord } from '../../query/hits/related-words.ts';
import type { FoundAssociations } from './find-associations.ts';
import type { PreparedQuery } from './prepare-query.ts';

const MAX_RELATED = 12;

/** Words to narrow an answer by; counts are exact among the best `candidates` images. */
export interface Related {
  readonly words: readonly (RelatedWord & { readonly word: string })[];
  readonly candidates: number;
}

/** Words that tell the candidates apart, with how many of them have each. */
export function relatedTo(
  { compiled }: PreparedQuery,
  { associations, spelling, candidates }: FoundAssociations,
): Related {
  const own = new Set(compiled.terms.scoring.map(({ term }) => term));
  const words = relatedWords(associations, candidates, own, MAX_RELATED);
  return { words: words.map((word) => ({ ...word, word: spelling.get(word.term)! })), candidates };
}
