import { join } from 'node:path';
import { openTemporaryIndex } from '../../../infra/local/temporary-index.ts';
import { cachingSegmentStore } from '../../adapters/caching-segment-store.ts';
import { GlossError } from '../../domain/errors.ts';
import { parseTenantId, type ImageId } from '../../domain/ids.ts';
import { WORDS_ALONE } from '../../query/plan/expand-query.ts';
import { RERANK_NOTHING } from '../../query/hits/score-views.ts';
import { parseQuery } from '../../query/syntax/parse-query.ts';
import { ENGLISH } from '../../text/analyzer.ts';
import { openIndex, type IndexReader } from '../../steps/index/index-reader.ts';
import type { LoadDeps } from '../../steps/search/load-candidates.ts';
import { knownItemFigures, type KnownItemFigures } from '../metrics/known-item.ts';
import { importSet, readSet, type EvalListeners } from './import-set.ts';
import { askedWith, heldOut, sampleOf, type KnownItem } from './known-items.ts';
import { rankFirst, readQuery, type RankingOptions } from './rank-fully.ts';

interface KnownItemOptions extends Omit<RankingOptions, 'plain' | 'likely'> {
  /** In place of docs.jsonl.gz of the set. */
  readonly docs?: string;
  /** Documents whose texts are the questions; without them each image's last text is. */
  readonly ask?: string;
  /** Questions at most. */
  readonly sample?: number | undefined;
}

/** How early the images come that sentences were written about. */
export interface KnownItemResult {
  readonly documents: number;
  readonly averageLength: number;
  /** BM25 of the words as in the paper. */
  readonly plain: KnownItemFigures;
  readonly search: KnownItemFigures;
}

const TENANT = parseTenantId('eval');
const CACHE_BYTES = 256 * 2 ** 20;
/** Hits that a page has at most; what comes later counts as not found. */
const LOOKED_AT = 100;
const PLAIN: RankingOptions = { plain: true, expand: WORDS_ALONE, rerank: RERANK_NOTHING };

/**
 * Asks for single images with sentences that were written about them and are not indexed, by plain BM25 and through
 * the pipeline of the API. Sentences that are no queries, such as those of more than 64 words, are told and left out.
 */
export async function findKnownItems(
  dir: string,
  { docs = join(dir, 'docs.jsonl.gz'), ask, sample = Infinity, ...ranking }: KnownItemOptions,
  listeners: EvalListeners,
): Promise<KnownItemResult> {
  const all = await readSet(docs, listeners);
  const { documents, questions } = ask ? askedWith(all, await readSet(ask, listeners)) : heldOut(all);
  if (questions.length === 0)
    throw new GlossError(
      'invalid',
      'known_items',
      ask
        ? `no text of ${ask} has the id of a document: do they name the same images?`
        : 'no document has two texts: name a file of questions with --ask',
    );
  const store = await openTemporaryIndex();
  try {
    const names = await importSet(store, TENANT, documents, listeners.progress);
    const deps = { ...store.deps, segments: cachingSegmentStore(store.deps.segments, CACHE_BYTES) };
    const index = await openIndex(deps, TENANT);
    const ranks: { plain: (number | undefined)[]; search: (number | undefined)[] } = {
      plain: [],
      search: [],
    };
    const asked = sampleOf(questions, sample).filter((question) => isQuery(question, listeners));
    listeners.progress.phase('asking', asked.length);
    for (const [i, item] of asked.entries()) {
      ranks.plain.push(await rankOf(deps, index, names, item, PLAIN));
      ranks.search.push(await rankOf(deps, index, names, item, ranking));
      listeners.progress.update(i + 1);
    }
    listeners.progress.stop();
    const { docCount, totalLen } = index.collection;
    return {
      documents: docCount,
      averageLength: totalLen / docCount,
      plain: knownItemFigures(ranks.plain),
      search: knownItemFigures(ranks.search),
    };
  } finally {
    await store.close();
  }
}

function isQuery({ id, text }: KnownItem, { onBadLine }: EvalListeners): boolean {
  try {
    parseQuery(text);
    return true;
  } catch (error) {
    if (!(error instanceof GlossError && error.kind === 'invalid')) throw error;
    onBadLine(`a text of ${id} is no query: ${error.message}`);
    return false;
  }
}

async function rankOf(
  deps: LoadDeps,
  index: IndexReader,
  names: ReadonlyMap<ImageId, string>,
  { id, text }: KnownItem,
  options: RankingOptions,
): Promise<number | undefined> {
  const query = readQuery(text, options, ENGLISH);
  const found = await rankFirst(deps, TENANT, index, query, LOOKED_AT, options);
  const place = found.findIndex(({ imageId }) => names.get(imageId) === id);
  return place < 0 ? undefined : place + 1;
}
