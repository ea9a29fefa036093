import { isImageId, type ImageId } from '../../../lib/domain/ids.ts';
import { idPrefixOf } from '../../../lib/index/segment/image-map.ts';
import { parseQuery } from '../../../lib/query/syntax/parse-query.ts';
import { PAPER_PARAMS } from '../../../lib/rank/bm25.ts';
import { IndexWriter } from '../../../lib/steps/index/index-writer.ts';
import { mergeSegments } from '../../../lib/steps/index/merge-segments.ts';
import { openIndex } from '../../../lib/steps/index/index-reader.ts';
import { rankDocuments } from '../../../lib/steps/search/rank-documents.ts';
import { search } from '../../../lib/steps/search/search.ts';
import { completeWord } from '../../../lib/steps/search/suggest-words.ts';
import { ENGLISH } from '../../../lib/text/analyzer.ts';
import { TENANT, type HonestIndex, type openChanged } from './honest-index.ts';

type Opened = ReturnType<typeof openChanged>;

/** A read of the index: answers in a form that can be compared. @throws Error for an answer that breaks a rule */
export interface Read {
  readonly name: string;
  /** Whether it changes the index, and needs one of its own. */
  readonly writes?: true;
  readonly run: (opened: Opened) => Promise<unknown>;
}

const broken = (what: string) => new Error(`RULE BROKEN: ${what}`);

const SEARCHES = [
  'woak wobk',
  '+woak +woek wozk',
  'woak -wobk',
  '"woak wobk"',
  'wo*',
  'everywhere',
  'common car',
  'wqak',
  'rare13*',
];
const RANKED: readonly (readonly string[])[] = [
  ['woak'],
  ['woak', 'wobk', 'woeck'],
  ['everywhere'],
  ['common', 'car', 'wozk'],
];

/** What a service reads: searches of every kind, completion, deletion, and merging. @param merged the segments that are */
export function readsOf(honest: HonestIndex, merged: ReadonlySet<string>): Read[] {
  const docCount = honest.segments.reduce((sum, { docs }) => sum + docs, 0);
  const wanted = [...honest.records.keys()].filter((_, i) => i % 97 === 0);
  return [
    ...SEARCHES.map((text): Read => ({
      name: `search ${text}`,
      run: (opened) => answerOf(honest, opened, text, docCount),
    })),
    ...RANKED.flatMap((terms) =>
      [10].map((k): Read => ({
        name: `rank ${terms.join(' ')} ${k}`,
        run: (opened) => ranking(honest, opened, terms, k, docCount),
      })),
    ),
    { name: 'complete', run: (opened) => completion(opened, docCount) },
    { name: 'documents', run: (opened) => documents(opened, wanted) },
    { name: 'delete', writes: true, run: (opened) => deletion(honest, opened, wanted) },
    ...honest.segments
      .filter(({ id }) => merged.has(id))
      .map(({ id }): Read => ({ name: `merge ${id}`, writes: true, run: (opened) => merging(opened, id) })),
  ];
}

async function answerOf(
  honest: HonestIndex,
  opened: Opened,
  text: string,
  docCount: number,
): Promise<unknown> {
  const request = { query: parseQuery(text), limit: 20, likely: true, related: true, suggestions: true };
  const { total, hits, likely = [], suggestions, related } = await search(opened, TENANT, request);
  if (!(Number.isSafeInteger(total) && total >= 0 && total <= docCount)) throw broken(`a total of ${total}`);
  for (const list of [hits, likely]) {
    const ids = list.map(({ imageId }) => imageId);
    if (new Set(ids).size < ids.length) throw broken('an image twice');
    for (const { imageId, score } of list) {
      if (!(score >= 0 && Number.isFinite(score))) throw broken(`a score of ${score}`);
      if (honest.records.get(imageId)?.status !== 'searchable') throw broken('a removed image returns');
    }
    if (list.some(({ score }, i) => i > 0 && score > list[i - 1]!.score + 1e-9)) throw broken('out of order');
  }
  const counts = suggestions?.flatMap(({ words }) => words.map(({ count }) => count)) ?? [];
  if (counts.some((count) => !(count >= 0 && count <= docCount))) throw broken('a count above the documents');
  return [
    total,
    hits.map(({ imageId, score }) => [imageId, score]),
    likely.map(({ imageId }) => imageId),
    suggestions,
    related,
  ];
}

async function ranking(
  honest: HonestIndex,
  opened: Opened,
  terms: readonly string[],
  k: number,
  docCount: number,
): Promise<unknown> {
  const index = await openIndex(opened, TENANT);
  const scoring = terms.map((term) => ({ term, weight: 1 }));
  const { ranked, total } = await rankDocuments(index, { scoring, cnf: [] }, k, PAPER_PARAMS);
  if (!(Number.isSafeInteger(total) && total >= 0 && total <= docCount)) throw broken(`a total of ${total}`);
  if (new Set(ranked.map(({ imageId }) => imageId)).size < ranked.length) throw broken('an image twice');
  for (const [i, { imageId, score }] of ranked.entries()) {
    if (!(score >= 0 && Number.isFinite(score))) throw broken(`a score of ${score}`);
    if (i > 0 && score > ranked[i - 1]!.score) throw broken('out of order');
    if (!isImageId(imageId) || !honest.records.has(imageId))
      throw broken(`image ${imageId}, which nobody has`);
  }
  // A list that was left unread for its bound must have had nothing better.
  const all = await rankDocuments(index, { scoring, cnf: [] }, 100_000, PAPER_PARAMS);
  const best = all.ranked.slice(0, k).map(({ imageId, score }) => [imageId, score]);
  const found = ranked.map(({ imageId, score }) => [imageId, score]);
  if (JSON.stringify(best) !== JSON.stringify(found)) throw broken('not the best ones');
  return [total, found];
}

async function completion(opened: Opened, docCount: number): Promise<unknown> {
  const words = await completeWord(opened, TENANT, 'wo', ENGLISH, 10);
  if (words.some(({ count }) => !(count > 0 && count <= docCount)))
    throw broken('a count above the documents');
  return words;
}

async function documents(opened: Opened, imageIds: readonly ImageId[]): Promise<unknown> {
  const found = await (await openIndex(opened, TENANT)).documentsOf(imageIds);
  for (const [imageId, { segment, docId }] of found) {
    if (!(docId >= 0 && docId < segment.docs) || Number.isNaN(idPrefixOf(imageId)))
      throw broken('a document that is not there');
  }
  return [...found].map(([imageId, { segment, docId, sequencer }]) => [
    imageId,
    segment.id,
    docId,
    sequencer,
  ]);
}

const runtime = {
  clock: { nowMs: () => 1_000_000_000 },
  randomHex: (digits: number) => 'ab'.repeat(digits).slice(0, digits),
};

async function deletion(honest: HonestIndex, opened: Opened, imageIds: readonly ImageId[]): Promise<unknown> {
  const writer = new IndexWriter({ ...opened, ...runtime }, TENANT);
  const images = imageIds.map((imageId) => ({ imageId, sequencer: honest.records.get(imageId)!.sequencer }));
  await writer.delete(images);
  const left = await (await openIndex(opened, TENANT)).documentsOf(imageIds);
  return left.size;
}

async function merging(opened: Opened, id: string): Promise<unknown> {
  const nextMerge = ({ segments }: { segments: readonly { id: string }[] }) => {
    const chosen = segments.filter((segment) => segment.id === id);
    return chosen.length > 0 ? chosen : undefined;
  };
  const mergeQueue = { send: () => Promise.resolve() };
  const { merged } = await mergeSegments(
    { ...opened, ...runtime, mergeQueue, rules: { nextMerge: nextMerge as never } },
    TENANT,
  );
  const { manifest } = await openIndex(opened, TENANT);
  return [merged, manifest.segments.map(({ docs, totalLen, deleted }) => [docs, totalLen, deleted])];
}
