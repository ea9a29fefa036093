import type { Gloss } from '../../domain/gloss.ts';
import type { ImageId } from '../../domain/ids.ts';
import { evaluateExhaustively, type SegmentLists } from '../../query/evaluate/exhaustive.ts';
import { termsToRead, type QueryTerms } from '../../query/plan/query-terms.ts';
import { DEFAULT_PARAMS, type Collection } from '../../rank/bm25.ts';
import type { Postings } from '../../index/postings/postings.ts';
import { earlinessStep, placedFreqOf } from '../../rank/placed-freq.ts';
import { documentTermsBy } from '../../text/document-terms.ts';
import { spreadOf, TOP_K, type QuerySets, type Spread } from './measure-queries.ts';
import type { ExhaustiveSnapshot } from './exhaustive-snapshot.ts';
import type { BenchStore } from './bench-store.ts';
import { naiveItem, naivePartition, naiveRead } from './naive-layout.ts';

/** What one item a posting costs, run on a store of its own. */
export interface NaiveFigures {
  readonly documents: number;
  readonly postings: number;
  readonly writeUnits: number;
  readonly sets: readonly NaiveSet[];
}

interface NaiveSet {
  readonly set: string;
  readonly queries: number;
  readonly readUnits: Spread;
  readonly rounds: Spread;
  readonly requests: Spread;
  /** What naive-layout.ts makes of the same queries. */
  readonly arithmetic: Spread;
  /** Queries whose ten best scores are, bit for bit, those of the exhaustive evaluation of Gloss's own lists. */
  readonly exact: number;
}

/** The index that one would write first, for real: an item a posting, read by queries of a word's partition. */
export class NaiveIndex {
  readonly #store: BenchStore;
  /** Numbers of documents, as they came. */
  readonly #docOf = new Map<ImageId, number>();
  #totalLen = 0;
  #postings = 0;

  constructor(store: BenchStore) {
    this.#store = store;
  }

  async add(batch: readonly Gloss[]): Promise<void> {
    const { deps, items } = this.#store;
    const termsOf = documentTermsBy(deps.analyzer);
    await items.put(
      batch.flatMap((gloss) => {
        const { mentions, docLen } = termsOf(gloss);
        this.#docOf.set(gloss.imageId, this.#docOf.size);
        this.#totalLen += docLen;
        this.#postings += mentions.size;
        return Array.from(mentions, ([term, { termFreq, earliness }]) =>
          naiveItem(term, gloss.imageId, placedFreqOf(termFreq, earlinessStep(earliness)), docLen),
        );
      }),
    );
  }

  /** Asks every query, each word's postings read page by page and all words at once. */
  async measure(sets: QuerySets, snapshot: ExhaustiveSnapshot): Promise<NaiveFigures> {
    const { writeUnits } = this.#store.meter.snapshot();
    const measured: NaiveSet[] = [];
    for (const [set, queries] of sets) {
      const costs = [];
      let exact = 0;
      for (const query of queries) {
        const before = this.#store.meter.snapshot();
        const scores = await this.#ask(query);
        costs.push(this.#store.meter.since(before));
        const expected = snapshot.rank(query, TOP_K);
        const isExact =
          scores.length === expected.length && scores.every((score, i) => score === expected[i]!.score);
        if (isExact) exact += 1;
      }
      measured.push({
        set,
        queries: queries.length,
        readUnits: spreadOf(costs.map(({ readUnits }) => readUnits)),
        rounds: spreadOf(costs.map(({ rounds }) => rounds)),
        requests: spreadOf(costs.map(({ readRequests }) => readRequests)),
        arithmetic: spreadOf(
          queries.map((query) =>
            termsToRead(query).reduce((sum, term) => sum + naiveRead(term, snapshot.docFreq(term)).units, 0),
          ),
        ),
        exact,
      });
    }
    return { documents: this.#docOf.size, postings: this.#postings, writeUnits, sets: measured };
  }

  /** The best scores, best first. */
  async #ask(query: QueryTerms): Promise<number[]> {
    const lists = await Promise.all(
      termsToRead(query).map(async (term) => [term, await this.#list(term)] as const),
    );
    const segment: SegmentLists = {
      docs: this.#docOf.size,
      deletions: undefined,
      lists: new Map(lists.filter(([, { docIds }]) => docIds.length > 0)),
    };
    const collection: Collection = { docCount: this.#docOf.size, totalLen: this.#totalLen };
    const { top } = evaluateExhaustively([segment], query, collection, DEFAULT_PARAMS, TOP_K);
    return top.map(({ score }) => score);
  }

  async #list(term: string): Promise<Postings> {
    const found = await this.#store.items.query(naivePartition(term));
    const rows = found.map(
      ({ sk, termFreq, docLen }) =>
        [this.#docOf.get(sk!.S as ImageId)!, Number(termFreq!.N), Number(docLen!.N)] as const,
    );
    rows.sort(([a], [b]) => a - b);
    return {
      docIds: Uint32Array.from(rows, ([docId]) => docId),
      placedFreqs: Uint32Array.from(rows, ([, placedFreq]) => placedFreq),
      docLens: Uint32Array.from(rows, ([, , docLen]) => docLen),
    };
  }
}
