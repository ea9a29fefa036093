import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { evaluate } from '../../lib/query/evaluate/evaluate.ts';
import { evaluateExhaustively, type SegmentLists } from '../../lib/query/evaluate/exhaustive.ts';
import type { QueryTerms } from '../../lib/query/plan/query-terms.ts';
import type { SegmentPostings } from '../../lib/query/evaluate/segment-postings.ts';
import { PostingsList } from '../../lib/query/evaluate/postings-list.ts';
import { chooseTopPostings } from '../../lib/index/postings/top-postings.ts';
import { DEFAULT_PARAMS, PAPER_PARAMS } from '../../lib/rank/bm25.ts';
import { EARLIEST, placedFreqOf } from '../../lib/rank/placed-freq.ts';
import { FORMAT_VERSION } from '../../lib/index/bytes/item-frame.ts';
import { Chunk, encodeBlocks, encodeChunk } from '../../lib/index/postings/chunk.ts';
import { Deletions } from '../../lib/index/segment/deletions.ts';
import { slicePostings, type Postings } from '../../lib/index/postings/postings.ts';
import { entryOf } from '../support/segments.ts';
import { randomOf, type Random } from '../support/random.ts';

/**
 * The evaluator that reads as little as it can, against the one that scores everything: the same documents, in the same
 * order, with the same bits. Chunks of few postings make small collections behave like large ones, and few distinct
 * lengths and frequencies make ties common.
 */

const CASES = 10_000;
const TERMS = ['a', 'b', 'c', 'd', 'e', 'f'];

interface Case {
  readonly whole: readonly SegmentLists[];
  /** The same lists, of which only the directory entries are known. */
  readonly open: () => {
    segments: SegmentPostings[];
    add: (segment: number, term: string, chunk: number) => void;
  };
  readonly terms: QueryTerms;
  readonly k: number;
}

/** Documents by length where `sorted`, as the format numbers them; in clusters otherwise. */
function randomSegment(random: Random): SegmentLists {
  const docs = 1 + random.below(random.chance(0.1) ? 600 : 80);
  const lens = Uint32Array.from({ length: docs }, () => 3 + random.below(random.chance(0.5) ? 3 : 40));
  if (random.chance(0.7)) lens.sort();
  const lists = new Map<string, Postings>();
  for (const term of TERMS) {
    const steps = random.pick([1, 2, EARLIEST]);
    const share = random.chance(0.2) ? 0 : random.fraction() ** 2;
    const rows: number[] = [];
    for (let docId = 0; docId < docs; docId += 1) if (random.fraction() < share) rows.push(docId);
    if (rows.length === 0) continue;
    lists.set(term, {
      docIds: Uint32Array.from(rows),
      placedFreqs: Uint32Array.from(rows, () =>
        placedFreqOf(1 + (random.chance(0.3) ? random.below(6) : 0), EARLIEST - random.below(steps)),
      ),
      docLens: Uint32Array.from(rows, (docId) => lens[docId]!),
    });
  }
  const deleted = Array.from({ length: docs }, (_, docId) => docId).filter(() => random.chance(0.1));
  const deletions = random.chance(0.5) ? Deletions.none(docs).with(deleted) : undefined;
  return { docs, deletions, lists };
}

function randomQuery(random: Random): QueryTerms {
  const some = (maxScore: number) => random.sample([...TERMS, 'unknown'], 1 + random.below(maxScore));
  const scoring = some(4).map((term) => ({
    term,
    weight: random.chance(0.7) ? 1 : 0.25 + random.fraction(),
  }));
  const words = scoring.map(({ term }) => term);
  const cnf = Array.from({ length: random.chance(0.5) ? 0 : 1 + random.below(3) }, () =>
    random.pick([
      () => ({ anyOf: random.sample(words, 1), notAllOf: [] }),
      () => ({ anyOf: random.sample(words, Math.min(words.length, 2)), notAllOf: [] }),
      () => ({ anyOf: [], notAllOf: some(2) }),
      () => ({ anyOf: some(2), notAllOf: some(1) }),
    ])(),
  );
  return { scoring, cnf };
}

/** Chunks of one block of `size` postings: the reader of blocks does not mind that they are short. */
function openList(postings: Postings, size: number): { list: PostingsList; chunks: Chunk[] } {
  const runs: Postings[] = [];
  for (let start = 0; start < postings.docIds.length; start += size)
    runs.push(slicePostings(postings, start, Math.min(postings.docIds.length, start + size)));
  const table = {
    firstDocIds: Uint32Array.from(runs, ({ docIds }) => docIds[0]!),
    maxPlacedFreqs: Uint32Array.from(runs, ({ placedFreqs }) => Math.max(...placedFreqs)),
    minDocLens: Uint32Array.from(runs, ({ docLens }) => Math.min(...docLens)),
    lastDocId: postings.docIds.at(-1)!,
  };
  const topPostings = chooseTopPostings(postings, 20, (docId) => entryOf(docId, 0));
  const item = { segmentId: 's', sk: 'c' };
  return {
    list: PostingsList.chunked({ docFreq: postings.docIds.length, chunks: table, topPostings }),
    chunks: runs.map((run) => new Chunk(encodeChunk(encodeBlocks(run)), item, FORMAT_VERSION)),
  };
}

function randomCase(random: Random): Case {
  const whole = Array.from({ length: 1 + random.below(3) }, () => randomSegment(random));
  const size = 1 + random.below(20);
  const inline = random.below(40);
  return {
    whole,
    open() {
      const chunksOf = new Map<string, Chunk[]>();
      const segments = whole.map(({ docs, deletions, lists }, segment): SegmentPostings => {
        const opened = Array.from(lists, ([term, postings]): [string, PostingsList] => {
          if (postings.docIds.length <= inline) return [term, PostingsList.complete(postings)];
          const { list, chunks } = openList(postings, size);
          chunksOf.set(`${segment} ${term}`, chunks);
          return [term, list];
        });
        return { docs, deletions, lists: new Map(opened) };
      });
      return {
        segments,
        add: (segment, term, chunk) =>
          segments[segment]!.lists.get(term)!.add(chunk, chunksOf.get(`${segment} ${term}`)![chunk]!),
      };
    },
    terms: randomQuery(random),
    k: random.chance(0.1) ? 500 : 1 + random.below(12),
  };
}

it(`the pruned evaluation is the exhaustive one, bit for bit, in ${CASES} cases`, () => {
  const shortcuts = { untouched: 0, partly: 0, counted: 0, explored: 0 };
  for (let seed = 1; seed <= CASES; seed += 1) {
    const random = randomOf(seed);
    const { whole, open, terms, k } = randomCase(random);
    const docCount = whole.reduce((sum, { docs }) => sum + docs, 0);
    const collection = { docCount, totalLen: docCount * (5 + random.below(20)) };
    const params = seed % 2 === 0 ? PAPER_PARAMS : DEFAULT_PARAMS;
    const expected = evaluateExhaustively(whole, terms, collection, params, k);

    const { segments, add } = open();
    const evaluation = evaluate(segments, terms, collection, params, k);
    let rounds = 0;
    let step = evaluation.next();
    for (; !step.done; step = evaluation.next()) {
      rounds += 1;
      for (const { segment, term, chunk } of step.value) add(segment, term, chunk);
    }
    const { top, total, totalIs } = step.value;
    const found = top.map(({ doc, score }) => ({ doc, score }));
    if (!isDeepStrictEqual(found, expected.top)) expect(found, `seed ${seed}`).toEqual(expected.top);
    if (totalIs === 'exact') expect(total, `seed ${seed}`).toBe(expected.total);
    if (totalIs === 'at least') expect(total, `seed ${seed}`).toBeLessThanOrEqual(expected.total);
    if (totalIs === 'at most') expect(total, `seed ${seed}`).toBeGreaterThanOrEqual(expected.total);
    expect(rounds).toBeLessThanOrEqual(3);
    const unread = segments
      .flatMap(({ lists }) => [...lists.values()])
      .filter(({ isComplete }) => !isComplete);
    if (rounds === 0 && unread.length > 0) shortcuts.untouched += 1;
    if (rounds > 0 && unread.length > 0) shortcuts.partly += 1;
    if (totalIs === 'exact') shortcuts.counted += 1;
    if (rounds === 3) shortcuts.explored += 1;
  }
  // The cases are worth something only if many of them leave something unread.
  expect(shortcuts.untouched).toBeGreaterThan(CASES * 0.05);
  expect(shortcuts.partly).toBeGreaterThan(CASES * 0.1);
  expect(shortcuts.counted).toBeGreaterThan(CASES * 0.3);
  expect(shortcuts.explored).toBeGreaterThan(CASES * 0.01);
});
