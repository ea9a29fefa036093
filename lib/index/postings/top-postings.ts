import { parseImageId, type ImageId } from '../../domain/ids.ts';
import { bm25Weigher, PAPER_PARAMS } from '../../rank/bm25.ts';
import { type ByteReader, hex } from '../bytes/byte-reader.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { MAX_DOC_LEN } from '../bytes/limits.ts';
import { emptyPostings, type Postings, type PostingsBound } from './postings.ts';

/** How many postings of a long list its directory entry holds. */
export const TOP_POSTINGS = 64;
/** How many of them have their image ids there, so that most one-word queries need no other read. */
const WITH_IMAGE_IDS = 20;
/** How many impacts bound the other postings; more are joined. */
const MAX_IMPACTS = 8;

/**
 * The top postings of a list, best first, and a bound for all others. They were chosen with the average length
 * of the segment. A reader whose statistics differ uses the bound to prove that they are still the best.
 */
export interface TopPostings {
  readonly postings: Postings;
  /** Image ids of the first of them, in the same order. */
  readonly imageIds: readonly ImageId[];
  /** Impacts: every other posting has at most the termFreq and at least the docLen of one of these. */
  readonly others: readonly PostingsBound[];
}

/**
 * Chooses the top postings of a list, and the impacts of the others.
 * @param avgDocLen average length of the segment's documents
 * @param imageIdOf the image id of a document of the segment
 */
export function chooseTopPostings(
  { docIds, termFreqs, docLens }: Postings,
  avgDocLen: number,
  imageIdOf: (docId: number) => ImageId,
): TopPostings {
  const weigh = bm25Weigher(PAPER_PARAMS, { docCount: 1, totalLen: avgDocLen });
  const scores = Float64Array.from(docIds, (_, i) => weigh(1, termFreqs[i]!, docLens[i]!));
  const least = scores.toSorted().at(-TOP_POSTINGS) ?? 0;
  const chosen = Array.from(docIds.keys())
    .filter((i) => scores[i]! >= least)
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, TOP_POSTINGS);
  const isChosen = new Set(chosen);
  const leastLen = new Map<number, number>();
  for (let i = 0; i < docIds.length; i += 1) {
    if (isChosen.has(i)) continue;
    const known = leastLen.get(termFreqs[i]!);
    if (known === undefined || docLens[i]! < known) leastLen.set(termFreqs[i]!, docLens[i]!);
  }
  const take = (values: Uint32Array) => Uint32Array.from(chosen, (i) => values[i]!);
  return {
    postings: { docIds: take(docIds), termFreqs: take(termFreqs), docLens: take(docLens) },
    imageIds: chosen.slice(0, WITH_IMAGE_IDS).map((i) => imageIdOf(docIds[i]!)),
    others: joinImpacts(competitiveImpacts(leastLen), ({ maxTermFreq, minDocLen }) =>
      weigh(1, maxTermFreq, minDocLen),
    ),
  };
}

/** The scores of the best postings, descending, as chooseTopPostings has them. */
export function bestScores({ termFreqs, docLens }: Postings, avgDocLen: number, count: number): Float64Array {
  const weigh = bm25Weigher(PAPER_PARAMS, { docCount: 1, totalLen: avgDocLen });
  const scores = Float64Array.from(termFreqs, (termFreq, i) => weigh(1, termFreq, docLens[i]!));
  return scores.sort().reverse().slice(0, count);
}

/** The pairs that no other pair exceeds in both termFreq and docLen, by descending termFreq. */
function competitiveImpacts(leastLen: ReadonlyMap<number, number>): PostingsBound[] {
  const impacts: PostingsBound[] = [];
  let minDocLen = Number.POSITIVE_INFINITY;
  for (const [termFreq, docLen] of [...leastLen].sort(([a], [b]) => b - a)) {
    if (docLen >= minDocLen) continue;
    minDocLen = docLen;
    impacts.push({ maxTermFreq: termFreq, minDocLen });
  }
  return impacts;
}

/** Joins neighbours until at most MAX_CORNERS are left, those with the lowest joint score first. */
function joinImpacts(
  impacts: readonly PostingsBound[],
  score: (bound: PostingsBound) => number,
): PostingsBound[] {
  const left = [...impacts];
  while (left.length > MAX_IMPACTS) {
    const joint = left.slice(1).map(({ minDocLen }, i) => ({ ...left[i]!, minDocLen }));
    const scores = joint.map(score);
    const lowest = scores.indexOf(Math.min(...scores));
    left.splice(lowest, 2, joint[lowest]!);
  }
  return left;
}

export function writeTopPostings(out: ByteWriter, { postings, imageIds, others }: TopPostings): void {
  out.varint(postings.docIds.length);
  for (let i = 0; i < postings.docIds.length; i += 1) {
    out.varint(postings.docIds[i]!);
    out.varint(postings.termFreqs[i]!);
    out.varint(postings.docLens[i]!);
  }
  out.varint(imageIds.length);
  for (const imageId of imageIds) out.raw(Buffer.from(imageId, 'hex'));
  out.varint(others.length);
  for (const { maxTermFreq, minDocLen } of others) {
    out.varint(maxTermFreq);
    out.varint(minDocLen);
  }
}

/** @throws GlossError `corrupt`. */
export function readTopPostings(reader: ByteReader): TopPostings {
  const count = reader.varint();
  if (count > TOP_POSTINGS) throw reader.fail(`${count} top postings`);
  const postings = emptyPostings(count);
  for (let i = 0; i < count; i += 1) {
    postings.docIds[i] = reader.varint();
    postings.termFreqs[i] = reader.varint();
    postings.docLens[i] = reader.varint();
    if (postings.termFreqs[i] === 0 || postings.docLens[i]! > MAX_DOC_LEN)
      throw reader.fail('a top posting out of range');
    if (postings.docIds.indexOf(postings.docIds[i]!) < i)
      throw reader.fail(`document ${postings.docIds[i]!} is twice among the top postings`);
  }
  const withImageIds = reader.varint();
  if (withImageIds > count) throw reader.fail(`${withImageIds} image ids for ${count} postings`);
  const imageIds = Array.from({ length: withImageIds }, () => parseImageId(hex(reader.raw(16))));
  const impacts = reader.varint();
  if (impacts > MAX_IMPACTS) throw reader.fail(`${impacts} impacts`);
  const others = Array.from({ length: impacts }, () => ({
    maxTermFreq: reader.varint(),
    minDocLen: reader.varint(),
  }));
  for (const [i, { maxTermFreq }] of others.entries()) {
    if (maxTermFreq === 0 || maxTermFreq >= (others[i - 1]?.maxTermFreq ?? Infinity))
      throw reader.fail('impacts out of order');
  }
  return { postings, imageIds, others };
}
