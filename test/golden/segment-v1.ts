/**
 * The fixed documents behind segment-v1.json and the worked example of lib/segment/FORMAT.md. Run by hand,
 * `node test/golden/segment-v1.ts` prints what the current code writes, to make the file of a new format version;
 * the file of a version that was ever released stays as it is.
 */
import { parseImageId, parseSequencer } from '../../lib/domain/ids.ts';
import { Deletions } from '../../lib/segment/deletions.ts';
import { encodeManifestBody } from '../../lib/segment/manifest.ts';
import { collect, postingsOf, type Rows } from '../segments.ts';

/** A segment as written down: its documents, its lists, what is deleted, and the bytes of every item in hex. */
export interface SegmentGolden {
  readonly documents: readonly { imageId: string; sequencer: string; docLen: number }[];
  readonly lists: readonly (readonly [term: string, rows: Rows])[];
  readonly deleted: readonly number[];
  readonly manifest: string;
  readonly items: Readonly<Record<string, string>>;
}

type Source = Pick<SegmentGolden, 'documents' | 'lists' | 'deleted'>;

/** Three documents; "car" and "cart" share a start, and one term is longer in bytes than in characters. */
const small: Source = {
  documents: [
    { imageId: '00112233445566778899aabbccddeeff', sequencer: '0055AED6DCD90281E500000000000000', docLen: 4 },
    { imageId: '7f0000000000000000000000000000aa', sequencer: '0055AED6DCD90281E600000000000000', docLen: 9 },
    {
      imageId: 'ffffffffffffffffffffffffffffffff',
      sequencer: '0000019A000000000000000000000000',
      docLen: 300,
    },
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
    ['cart', [[1, 1, 9]]],
    ['猫', [[2, 2, 300]]],
  ],
  deleted: [1],
};

/** 130 documents: two pages of documents, a list of two blocks in a chunk of its own, deletions as gaps. */
const large: Source = {
  documents: Array.from({ length: 130 }, (_, i) => ({
    imageId: ((i * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0').repeat(4),
    sequencer: (i + 1).toString(16).toUpperCase().padStart(16, '0').padEnd(32, '0'),
    docLen: i % 2 === 0 ? i : 4_000_000_000 + i,
  })),
  lists: [
    [
      'common',
      Array.from(
        { length: 130 },
        (_, i) => [i, i % 3 === 0 ? 1 : 3_000_000_000 + i, i % 2 === 0 ? i : 4_000_000_000 + i] as const,
      ),
    ],
    ['rare', [[129, 7, 4_000_000_129]]],
  ],
  deleted: [0, 129],
};

/** What the current code makes of it. */
export function write({ documents, lists, deleted }: Source): SegmentGolden {
  const { items, entry } = collect(
    documents.map(({ imageId, sequencer, docLen }) => ({
      imageId: parseImageId(imageId),
      sequencer: parseSequencer(sequencer),
      docLen,
    })),
    lists.map(([term, rows]) => [term, postingsOf(rows)] as const),
  );
  const deletions = Deletions.none(documents.length).with(deleted).encode();
  const hex = (body: Uint8Array) => Buffer.from(body).toString('hex');
  return {
    documents,
    lists,
    deleted,
    manifest: encodeManifestBody({
      version: 1,
      segments: [{ ...entry, deleted: deleted.length, deletions: '0123456789abcdef' }],
    }),
    items: Object.fromEntries(
      [...items, ['x/0123456789abcdef', deletions] as const].map(([sk, body]) => [sk, hex(body)]),
    ),
  };
}

if (import.meta.main)
  process.stdout.write(`${JSON.stringify({ small: write(small), large: write(large) })}\n`);
