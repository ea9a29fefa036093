import type { Background, Companion } from '../../lexicon/background-table.ts';
import type { CompiledQuery } from '../../query/plan/compile-query.ts';
import { averageAssociations } from '../../rank/associations.ts';
import type { IndexReader } from '../index/index-reader.ts';
import type { StoredAssociations } from './find-associations.ts';

/**
 * What goes with a query in the tenant's pictures and in those of the world, half and half. A tenant of few pictures knows little of
 * its own. What hardly any picture says is asked for by its definition where the world has not counted it either. Looks up how many
 * documents have the words that only the world names; one round.
 * @param isRare whether hardly any picture says the query
 */
export async function withBackground(
  index: IndexReader,
  { meanings }: Pick<CompiledQuery, 'meanings'>,
  own: StoredAssociations,
  background: Background,
  isRare: boolean,
): Promise<StoredAssociations> {
  const companions = companionsOf(
    meanings,
    (term) => background.of(term) ?? (isRare ? background.definitionOf(term) : undefined),
  );
  const known = new Set(own.associations.map(({ term }) => term));
  const others = [...companions.keys()].filter((term) => !known.has(term));
  if (companions.size === 0) return own;
  const docFreqs = await index.docFreqs(others);
  return {
    docCount: own.docCount,
    associations: averageAssociations(own.associations, companions, (term) => docFreqs.get(term)),
  };
}

/** Term -> strength, from the mean of the evidence over the things that the background knows, each by its most exact term. */
function companionsOf(
  meanings: CompiledQuery['meanings'],
  lookUp: (term: string) => readonly Companion[] | undefined,
): ReadonlyMap<string, number> {
  const found = meanings.flatMap((terms) => {
    const companions = terms.map(lookUp).find((list) => list !== undefined);
    return companions ? [companions] : [];
  });
  const evidence = new Map<string, number>();
  for (const { term, strength } of found.flat())
    evidence.set(term, (evidence.get(term) ?? 0) + strength ** 2 / found.length);
  return new Map(Array.from(evidence, ([term, sum]) => [term, Math.sqrt(sum)]));
}
