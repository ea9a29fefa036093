import { Hono } from 'hono';
import {
  excludingAbsent,
  plainQuery,
  queryParser,
  type Clause,
  type Query,
} from '../../query/syntax/parse-query.ts';
import type { FoundImage } from '../../steps/search/found-image.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { CursorSeals } from '../../ports/tenant-secrets.ts';
import type { SearchFigures } from '../../steps/search/rank-documents.ts';
import type { Related } from '../../steps/search/related-to.ts';
import { RERANK_NOTHING } from '../../query/hits/score-views.ts';
import { PAPER_PARAMS } from '../../rank/bm25.ts';
import { search, type SearchDeps } from '../../steps/search/search.ts';
import type { SpellingSuggestion } from '../../steps/search/suggest-words.ts';
import { analyzerOf } from '../../text/analyzer.ts';
import type { ApiEnv } from '../env.ts';
import { query as queryParameters } from '../validate.ts';
import { MAX_ANSWER_BYTES } from '../answer-size.ts';
import { fitHits } from './fit-hits.ts';
import { hitJson } from './hit-json.ts';
import { openSearchCursor, sealSearchCursor } from './search-cursor.ts';
import { SearchParameters, type ClauseJson, type SearchAnswer } from './schema.ts';

export interface SearchRouteDeps extends SearchDeps {
  readonly objects: ObjectStore;
  readonly seals: CursorSeals;
}

/** Of a thousand signs a person needs to hear of a few. */
const MAX_NOTES = 64;
/** What is not a hit, such as the query and words to narrow by, takes far less than the rest. */
const ROOM_FOR_HITS = MAX_ANSWER_BYTES - 500_000;

/** GET /v1/search?q=&limit=&cursor=&explain=&likely=&related=&plain=&sort= */
export function searchRoutes(deps: SearchRouteDeps) {
  return new Hono<ApiEnv>().get('/', queryParameters(SearchParameters), async (c) => {
    const { q, limit, explain, plain, sort, cursor, ...options } = c.req.valid('query');
    const { id, incarnation, settings } = c.get('account');
    const analyzer = analyzerOf(settings.language);
    const query = plain ? plainQuery(q, analyzer) : queryParser(analyzer)(q);
    const tenant = c.get('tenant');
    // Read beside the index; most searches have a next page.
    const seal = deps.seals.of(id, incarnation);
    const from =
      cursor === undefined ? {} : { from: openSearchCursor(await seal, { q, plain, sort }, cursor) };
    const searching = search({ ...deps, manifests: c.get('manifests') }, tenant, {
      ...options,
      ...from,
      query,
      limit,
      suggestions: true,
      ...(sort !== 'best' && { order: sort }),
      ...(plain && { rerank: RERANK_NOTHING, params: PAPER_PARAMS }),
    });
    // No work is left behind an answer: an instance may stop there.
    await Promise.allSettled([searching, seal]);
    const {
      query: understood,
      withAll,
      total,
      totalIs,
      hits,
      next,
      tellsAll,
      checked,
      likely,
      related,
      suggestions,
      isIndexStale,
      figures,
    } = await searching;
    const json = (some: readonly FoundImage[], areTold: boolean) =>
      Promise.all(some.map((hit) => hitJson(deps.objects, tenant, hit, { explain, tellsAll: areTold })));
    const foundHits = await json(hits, tellsAll);
    const fitting = fitHits([...foundHits, ...(await json(likely ?? [], false))], ROOM_FOR_HITS);
    const answer: SearchAnswer = {
      query: queryJson(understood),
      total,
      totalIs,
      ...(withAll && { withAll: { total: withAll.total, totalIs: withAll.totalIs } }),
      hits: fitting.slice(0, hits.length),
      ...(next && { cursor: sealSearchCursor(await seal, { q, plain, sort }, next) }),
      ...(checked && { checked: { glosses: checked.glosses, candidates: checked.candidates } }),
      ...(likely && { likely: fitting.slice(hits.length) }),
      ...(related && { related: relatedJson(related) }),
      ...(suggestions && suggestions.length > 0 && { didYouMean: suggestions.map(suggestionJson) }),
      ...(isIndexStale && { index: { stale: true as const } }),
      figures: figuresJson(figures),
    };
    return c.json(answer);
  });
}

const queryJson = ({ text, clauses, notes, absences }: Query): SearchAnswer['query'] => ({
  text,
  clauses: clauses.map(clauseJson),
  ...(notes.length > 0 && {
    readAs: notes.slice(0, MAX_NOTES).map(({ as, text: piece, at }) => ({ as, text: piece, at })),
  }),
  ...(absences.length > 0 && { withoutAbsent: excludingAbsent(text, absences) }),
});

const clauseJson = ({ occur, text, at, terms, field, kind }: Clause): ClauseJson => ({
  occur,
  text,
  at,
  terms,
  ...(field !== undefined && { field }),
  ...(kind !== undefined && kind !== 'word' && { kind }),
});

const relatedJson = ({ words, candidates }: Related) => ({
  words: words.map(({ term, count, word }) => ({ term, count, word })),
  candidates,
});

const suggestionJson = ({ text, at, words }: SpellingSuggestion) => ({
  text,
  at,
  words: words.map(({ word, count }) => ({ word, count })),
});

const figuresJson = ({ docCount, segments, postings, evaluateMs, totalMs }: SearchFigures) => ({
  docCount,
  segments,
  postings,
  evaluateMs,
  totalMs,
});
