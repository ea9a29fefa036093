import type { ImageId, ImageState } from '../../domain/ids.ts';
import { bm25Weigher, DEFAULT_PARAMS } from '../../rank/bm25.ts';
import { countedBy, mostCountedBy, unplaced } from '../../rank/placed-freq.ts';
import { type ByteReader, hex } from '../bytes/byte-reader.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { MAX_DOC_LEN } from '../bytes/limits.ts';
import { readSharedEnds, sequencerOf, writeSharedEnds } from '../bytes/sequencers.ts';
import { emptyPostings, type Postings, type PostingsBound } from './postings.ts';

/** How many postings of a long list its directory entry holds. */
export const TOP_POSTINGS = 64;
/** How many of them name their images there, so that most one-word queries need no other read. */
const WITH_IMAGES = 20;
/** How many impacts bound the other postings; more are joined. */
const MAX_IMPACTS = 8;

/**
 * The top postings of a list, best first, and a bound for all others. They were chosen with the average length
 * of the segment. A reader whose statistics differ uses the bound to prove that they are still the best.
 */
export interface TopPostings {
  readonly postings: Postings;
  /** The images of the first of them, in the same order, each in the state that its words are of; none before version 4, which named ids alone. */
  readonly images: readonly ImageState[];
  /** Impacts: every other posting has at most the termFreq and at least the docLen of one of these. */
  readonly others: readonly PostingsBound[];
}

/**
 * Chooses the top postings of a list, and the impacts of the others.
 * @param avgDocLen average length of the segment's documents
 * @param imageOf the image of a document of the segment
 */
export function chooseTopPostings(
  { docIds, placedFreqs, docLens }: Postings,
  avgDocLen: number,
  imageOf: (docId: number) => ImageState,
): TopPostings {
  const { scoreOf, maxScoreOf } = scoringIn(avgDocLen);
  const scores = Float64Array.from(docIds, (_, i) => scoreOf(placedFreqs[i]!, docLens[i]!));
  const least = scores.toSorted().at(-TOP_POSTINGS) ?? 0;
  const chosen = Array.from(docIds.keys())
    .filter((i) => scores[i]! >= least)
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, TOP_POSTINGS);
  const isChosen = new Set(chosen);
  const leastLen = new Map<number, number>();
  for (let i = 0; i < docIds.length; i += 1) {
    if (isChosen.has(i)) continue;
    const known = leastLen.get(placedFreqs[i]!);
    if (known === undefined || docLens[i]! < known) leastLen.set(placedFreqs[i]!, docLens[i]!);
  }
  const take = (values: Uint32Array) => Uint32Array.from(chosen, (i) => values[i]!);
  return {
    postings: { docIds: take(docIds), placedFreqs: take(placedFreqs), docLens: take(docLens) },
    images: chosen.slice(0, WITH_IMAGES).map((i) => imageOf(docIds[i]!)),
    others: joinImpacts(competitiveImpacts(leastLen), ({ maxPlacedFreq, minDocLen }) =>
      maxScoreOf(maxPlacedFreq, minDocLen),
    ),
  };
}

/** Scores of a term whose idf is 1, by the length that the segment has on average. */
function scoringIn(avgDocLen: number) {
  const weigh = bm25Weigher(DEFAULT_PARAMS, { docCount: 1, totalLen: avgDocLen });
  const freqOf = countedBy(DEFAULT_PARAMS);
  const maxFreqOf = mostCountedBy(DEFAULT_PARAMS);
  return {
    scoreOf: (placedFreq: number, docLen: number) => weigh(1, freqOf(placedFreq), docLen),
    maxScoreOf: (maxPlacedFreq: number, minDocLen: number) => weigh(1, maxFreqOf(maxPlacedFreq), minDocLen),
  };
}

/** The scores of the best postings, descending, as chooseTopPostings has them. */
export function bestScores(
  { placedFreqs, docLens }: Postings,
  avgDocLen: number,
  count: number,
): Float64Array {
  const { scoreOf } = scoringIn(avgDocLen);
  const scores = Float64Array.from(placedFreqs, (placedFreq, i) => scoreOf(placedFreq, docLens[i]!));
  return scores.sort().reverse().slice(0, count);
}

/** The pairs that no other pair exceeds in both placed frequency and docLen, by descending placed frequency. */
function competitiveImpacts(leastLen: ReadonlyMap<number, number>): PostingsBound[] {
  const impacts: PostingsBound[] = [];
  let minDocLen = Number.POSITIVE_INFINITY;
  for (const [maxPlacedFreq, docLen] of [...leastLen].sort(([a], [b]) => b - a)) {
    if (docLen >= minDocLen) continue;
    minDocLen = docLen;
    impacts.push({ maxPlacedFreq, minDocLen });
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

export function writeTopPostings(out: ByteWriter, { postings, images, others }: TopPostings): void {
  out.varint(postings.docIds.length);
  for (let i = 0; i < postings.docIds.length; i += 1) {
    out.varint(postings.docIds[i]!);
    out.varint(postings.placedFreqs[i]!);
    out.varint(postings.docLens[i]!);
  }
  out.varint(images.length);
  const middles = writeSharedEnds(
    out,
    images.map(({ sequencer }) => sequencer),
  );
  for (const [i, { imageId }] of images.entries()) {
    out.raw(Buffer.from(imageId, 'hex'));
    out.raw(middles[i]!);
  }
  out.varint(others.length);
  for (const { maxPlacedFreq, minDocLen } of others) {
    out.varint(maxPlacedFreq);
    out.varint(minDocLen);
  }
}

/** @param version of the format. @throws GlossError `corrupt`. */
export function readTopPostings(reader: ByteReader, version: number): TopPostings {
  const placed = (freq: number) => (version > 2 ? freq : unplaced(freq));
  const count = reader.varint();
  if (count > TOP_POSTINGS) throw reader.fail(`${count} top postings`);
  const postings = emptyPostings(count);
  for (let i = 0; i < count; i += 1) {
    postings.docIds[i] = reader.varint();
    const freq = reader.varint();
    postings.placedFreqs[i] = placed(freq);
    postings.docLens[i] = reader.varint();
    if (freq === 0 || postings.docLens[i]! > MAX_DOC_LEN) throw reader.fail('a top posting out of range');
    if (postings.docIds.indexOf(postings.docIds[i]!) < i)
      throw reader.fail(`document ${postings.docIds[i]!} is twice among the top postings`);
  }
  const images = readImages(reader, count, version);
  const impacts = reader.varint();
  if (impacts > MAX_IMPACTS) throw reader.fail(`${impacts} impacts`);
  const others = Array.from({ length: impacts }, () => ({
    maxPlacedFreq: reader.varint(),
    minDocLen: reader.varint(),
  }));
  for (const [i, { maxPlacedFreq }] of others.entries()) {
    if (maxPlacedFreq === 0 || maxPlacedFreq >= (others[i - 1]?.maxPlacedFreq ?? Infinity))
      throw reader.fail('impacts out of order');
  }
  const placedOthers = others.map(({ maxPlacedFreq, minDocLen }) => ({
    maxPlacedFreq: placed(maxPlacedFreq),
    minDocLen,
  }));
  return { postings, images, others: placedOthers };
}

/** Before version 4 they are ids, which do not say what the words are of: readers look into the pages. */
function readImages(reader: ByteReader, postings: number, version: number): ImageState[] {
  const count = reader.varint();
  if (count > postings) throw reader.fail(`${count} images for ${postings} postings`);
  if (version < 4) {
    reader.raw(16 * count);
    return [];
  }
  const ends = readSharedEnds(reader);
  return Array.from({ length: count }, () => {
    const imageId = hex(reader.raw(16)) as ImageId;
    return { imageId, sequencer: sequencerOf(ends, reader.raw(ends.middleBytes)) };
  });
}
