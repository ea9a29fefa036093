import type { TenantId } from '../../domain/ids.ts';
import { parseQuery } from '../../query/syntax/parse-query.ts';
import { PAPER_PARAMS } from '../../rank/bm25.ts';
import type { IndexReader } from '../../steps/index/index-reader.ts';
import { findAssociations, storedAssociations } from '../../steps/search/find-associations.ts';
import type { LoadDeps } from '../../steps/search/load-candidates.ts';
import { prepareQuery } from '../../steps/search/prepare-query.ts';
import { MAX_LOADED } from '../../steps/search/load-candidates.ts';
import { MAX_CHECKED, rankMatches } from '../../steps/search/rank-matches.ts';
import { relatedTo } from '../../steps/search/related-to.ts';
import { RERANK_NOTHING } from '../../query/hits/score-views.ts';
import type { RankedImage } from './rank-fully.ts';

/** Related words that a person chooses from. */
const OFFERED = 8;

/** One state of a query that is being narrowed down. */
interface Narrowed {
  readonly query: string;
  readonly matches: readonly RankedImage[];
}

/**
 * A person who narrows a query down: from the related words of each answer takes the one that helps most, to ask for
 * or to exclude, and stops when none helps. What helps is judged with the labels, as a person judges with their eyes.
 * @param worth of a ranking; the greater the better
 * @returns the query as typed, then after each word
 */
export async function narrow(
  deps: LoadDeps,
  tenant: TenantId,
  index: IndexReader,
  text: string,
  times: number,
  worth: (matches: readonly RankedImage[]) => number,
): Promise<Narrowed[]> {
  const rank = async (query: string): Promise<Offered> => rankWithOffers(deps, tenant, index, query);
  const states = [await rank(text)];
  while (states.length <= times) {
    const state = states.at(-1)!;
    const words = await state.offered();
    const next = await Promise.all(
      words.flatMap((word) => [`${state.query} "${word}"`, `${state.query} -"${word}"`]).map(rank),
    );
    const best = next.reduce(
      (one, other) => (worth(other.matches) > worth(one.matches) ? other : one),
      state,
    );
    if (best === state) break;
    states.push(best);
  }
  return states;
}

interface Offered extends Narrowed {
  /** The related words of this answer. */
  readonly offered: () => Promise<string[]>;
}

async function rankWithOffers(
  deps: LoadDeps,
  tenant: TenantId,
  index: IndexReader,
  text: string,
): Promise<Offered> {
  const query = parseQuery(text);
  const prepared = await prepareQuery(index, query);
  const { hits, tail, glosses } = await rankMatches(deps, tenant, index, prepared, {
    limit: index.collection.docCount,
    depth: MAX_LOADED,
    loaded: prepared.compiled.needsGloss ? MAX_CHECKED : MAX_LOADED,
    params: PAPER_PARAMS,
    rerank: RERANK_NOTHING,
  });
  return {
    query: text,
    matches: [...hits, ...tail],
    offered: async () => {
      const stored = await storedAssociations(index, prepared.compiled, query.analyzer);
      const found = await findAssociations(index, glosses, prepared.analysis, stored, query.analyzer);
      return relatedTo(prepared, found)
        .words.slice(0, OFFERED)
        .map(({ word }) => word);
    },
  };
}
