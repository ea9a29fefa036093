/**
 * The fixed documents behind segment-v2.json to segment-v6.json and the worked example of lib/index/FORMAT.md. Run by hand,
 * `node test/golden/segment-sources.ts` prints what the current code writes, to make the file of a new format version;
 * the file of a version that was ever released stays as it is.
 */
import { parseImageId, parseSequencer, type SegmentId } from '../../lib/domain/ids.ts';
import { FORMAT_VERSION } from '../../lib/index/bytes/item-frame.ts';
import { Deletions } from '../../lib/index/segment/deletions.ts';
import type { DocumentEntry } from '../../lib/index/segment/document-table.ts';
import { encodeManifestBody, type MergeClaim } from '../../lib/index/segment/manifest.ts';
import { placesFrom } from '../../lib/index/postings/places.ts';
import { EARLIEST, placedFreqOf, termFreqOf, unplaced } from '../../lib/rank/placed-freq.ts';
import { collect, postingsOf, SEGMENT, type Rows } from '../support/segments.ts';

/** What a segment is of. */
interface GoldenSource {
  readonly documents: readonly DocumentEntry[];
  /** Rows of termFreqs, which are not placed; classes behind the words that name them. */
  readonly lists: readonly (readonly [term: string, rows: Rows])[];
  readonly deleted: readonly number[];
  readonly merges: readonly MergeClaim[];
}

/** What it is written as: every item in hex. */
export interface SegmentGolden {
  readonly manifest: string;
  readonly items: Readonly<Record<string, string>>;
}

const hashed = (i: number) => Math.imul(i, 2_654_435_761) >>> 0;
const document = (imageId: string, sequencer: string, docLen: number): DocumentEntry => ({
  imageId: parseImageId(imageId),
  sequencer: parseSequencer(sequencer),
  docLen,
});

/** Documents of these lengths, with sequencers as S3 gives them. */
const documentsOf = (docLens: readonly number[]): DocumentEntry[] =>
  docLens.map((docLen, i) => {
    // Two images have ids that begin alike.
    const imageId = hashed(i === 6 ? 5 : i)
      .toString(16)
      .padStart(8, '0');
    const rest = i.toString(16).padStart(8, '0').repeat(3);
    return document(imageId + rest, `0055AED6DC${hashed(i).toString(16).padStart(8, '0')}`, docLen);
  });

/** A list of the documents that are chosen. */
const listOf = (
  docLens: readonly number[],
  has: (docId: number) => boolean,
  termFreqOf: (docId: number) => number,
): Rows =>
  docLens.flatMap((docLen, docId) => (has(docId) ? [[docId, termFreqOf(docId), docLen] as const] : []));

/** Three documents; "car" has a class, "car" and "cart" share a start, and one term is longer in bytes than in characters. */
const small: GoldenSource = {
  documents: [
    document('00112233445566778899aabbccddeeff', '0055AED6DCD90281E5', 4),
    document('7f0000000000000000000000000000aa', '0055AED6DCD90281E6', 9),
    document('ffffffffffffffffffffffffffffffff', '0055AED6DCD90281F0', 300),
  ],
  lists: [
    [
      'car',
      [
        [0, 1, 4],
        [1, 3, 9],
        [2, 1, 300],
      ],
    ],
    [
      '=car',
      [
        [0, 1, 4],
        [1, 3, 9],
      ],
    ],
    ['cart', [[1, 1, 9]]],
    ['猫', [[2, 2, 300]]],
  ],
  deleted: [1],
  merges: [],
};

/** 700 documents in order of length: several directories, five pages, two buckets; every form of list but chunks. */
const parts = ((): GoldenSource => {
  const docLens = Array.from({ length: 700 }, (_, i) => 3 + (i >>> 3));
  const every = (step: number, start = 0) =>
    listOf(
      docLens,
      (docId) => docId >= start && (docId - start) % step === 0,
      (docId) => 1 + (hashed(docId) % 3),
    );
  const rare = Array.from({ length: 400 }, (_, i): [string, Rows] => [
    `rare${1_000 + i}`,
    every(100 * (1 + (i % 7)), (i * 37) % 600),
  ]);
  return {
    documents: documentsOf(docLens),
    lists: [
      ['all', every(1)],
      ['=all', every(2)],
      ['eight', every(99)],
      ['nine', every(80)],
      ...rare,
      ['=rare1399', every(90)],
      ['third', every(3)],
    ],
    deleted: Array.from({ length: 350 }, (_, i) => 2 * i),
    merges: [
      {
        result: 'segment-2' as SegmentId,
        sources: [SEGMENT],
        deletions: [''],
        expiresAtMs: 1_790_000_000_000,
      },
    ],
  };
})();

/** 3,000 documents in order of length, all of them in one list and most in another, which takes several chunks. */
const chunked = ((): GoldenSource => {
  const docLens = Array.from({ length: 3_000 }, (_, i) => 5 + Math.floor(i / 20));
  const termFreqOf = (docId: number) => 1 + (docId % 97 === 0 ? 100_000 : hashed(docId) % 700);
  return {
    documents: documentsOf(docLens),
    lists: [
      ['everywhere', listOf(docLens, (docId) => hashed(docId) % 16 !== 0, termFreqOf)],
      ['=everywhere', listOf(docLens, (docId) => hashed(docId) % 8 !== 0, termFreqOf)],
      ['once', [[2_999, 7, 154]]],
    ],
    deleted: [0, 1_234, 2_999],
    merges: [],
  };
})();

/** 200 documents as they came, with the greatest numbers that there may be. */
const unordered = ((): GoldenSource => {
  const docLens = Array.from({ length: 200 }, (_, i) => (i === 70 ? 2 ** 31 - 1 : hashed(i) % 5_000));
  return {
    documents: documentsOf(docLens),
    lists: [
      [
        'few',
        listOf(
          docLens,
          (docId) => docId % 70 === 0,
          () => 2,
        ),
      ],
      [
        'many',
        listOf(
          docLens,
          () => true,
          (docId) => (docId === 70 ? 2 ** 32 - 1 : 1 + (docId % 4)),
        ),
      ],
    ],
    deleted: [],
    merges: [],
  };
})();

export const SOURCES = { small, parts, chunked, unordered };
export type GoldenName = keyof typeof SOURCES;

/** As a version has the lists: before version 3 they do not say where a term stands, and files of before version 6 have no classes. */
export const listsIn = ({ lists }: GoldenSource, version: number): [term: string, rows: Rows][] =>
  lists
    .filter(([term]) => version >= 6 || !term.startsWith('='))
    .map(([term, rows]) => [
      term,
      rows.map(([docId, termFreq, docLen]) => [
        docId,
        version < 3 ? unplaced(termFreq) : placedFreqOf(termFreq, 1 + (hashed(docId) % EARLIEST)),
        docLen,
      ]),
    ]);

/** Where a word stands in a document; nowhere in particular in every fourth. */
export function placesIn([docId, placedFreq]: Rows[number]): number[] {
  const termFreq = termFreqOf(placedFreq);
  if (termFreq > 8 || docId % 4 === 3) return [];
  const farthest = docId < 3 ? 3 : 150;
  let place = hashed(docId) % 5;
  return Array.from(
    { length: termFreq },
    (_, i) => (place += i === 0 ? 0 : 1 + (hashed(docId + i) % farthest)),
  );
}

/** What the current code makes of it. */
export function write(source: GoldenSource): SegmentGolden {
  const { documents, deleted, merges } = source;
  const { items, entry } = collect(
    documents,
    listsIn(source, FORMAT_VERSION).map(([term, rows]) => {
      const places = placesFrom(rows.map(placesIn));
      return [term, { ...postingsOf(rows), places }] as const;
    }),
  );
  const deletions = Deletions.none(documents.length).with(deleted).encode();
  const hex = (body: Uint8Array) => Buffer.from(body).toString('hex');
  return {
    manifest: encodeManifestBody({
      version: 1,
      segments: [{ ...entry, deleted: deleted.length, deletions: '0123456789abcdef' }],
      merges,
    }),
    items: Object.fromEntries(
      [...items, ['x/0123456789abcdef', deletions] as const].map(([sk, body]) => [sk, hex(body)]),
    ),
  };
}

if (import.meta.main) {
  const written = Object.entries(SOURCES).map(([name, source]) => [name, write(source)] as const);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(written), null, 1)}\n`);
}
