import { describe, expect, it } from 'vitest';
import { parseImageId, parseSequencer } from '../../../../lib/domain/ids.ts';
import { writeTopPostings } from '../../../../lib/index/postings/top-postings.ts';
import { writeBlock } from '../../../../lib/index/postings/block.ts';
import { ByteWriter } from '../../../../lib/index/bytes/byte-writer.ts';
import { writeChunkTable } from '../../../../lib/index/postings/chunk-table.ts';
import { encodeBlocks, encodeChunk } from '../../../../lib/index/postings/chunk.ts';
import { placesFrom } from '../../../../lib/index/postings/places.ts';
import { encodeDirectoryPayload, encodePlaces } from '../../../../lib/index/segment/directory.ts';
import { encodeDocumentsPayload } from '../../../../lib/index/segment/document-pages.ts';
import { encodeIds } from '../../../../lib/index/segment/image-map.ts';
import { writePacked } from '../../../../lib/index/bytes/packed-integers.ts';
import { writeShortList } from '../../../../lib/index/postings/short-list.ts';
import { postingsOf, type Rows } from '../../../support/segments.ts';

/** Bytes by hand after FORMAT.md. */

const written = (write: (out: ByteWriter) => void): string => {
  const out = new ByteWriter();
  write(out);
  return hexOf(out.toBytes());
};
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const hex = (text: string) => text.replaceAll(' ', '');
const packed = (values: number[]) => written((out) => writePacked(out, Uint32Array.from(values)));

/** Lengths that rise and fall, and lengths that never fall. */
const uneven: Rows = [
  [5, 1, 20],
  [6, 3, 23],
  [300, 1, 20],
];
const ascending: Rows = [
  [5, 1, 20],
  [6, 3, 23],
  [300, 1, 23],
];
// Form 1; gaps 0 and 293: no bits, one exception at place 1; repeats 0 2 0 in two bits; lengths 0 3 0 above 20.
const UNEVEN = hex('01 00 01 01 a502 02 00 08 02 00 0c');
// Form 0; the same but for the lengths: 3 and 0 more than the one before.
const ASCENDING = hex('00 00 01 01 a502 02 00 08 02 00 03');

describe('packed integers are laid out as FORMAT.md says:', () => {
  it.each<[string, number[], string]>([
    ['none', [], '00 00'],
    ['zeros', [0, 0, 0], '00 00'],
    ['two bits each', [0, 1, 2, 3], '02 00 e4'],
    ['a byte each, five of them', [200, 1, 255, 3, 129], '08 00 c8 01 ff 03 81'],
    // Place 5 keeps its low bit, 0, and has 500 = 1000 / 2 behind.
    [
      'one bit each but for an exception',
      [1, 1, 1, 1, 1, 1000, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
      '01 01 df ff 05 f403',
    ],
    ['the largest', [0xffff_ffff, 0xffff_fffe], '20 00 ffffffff feffffff'],
    ['the largest among zeros', [0, 0, 0, 0xffff_ffff], '00 01 03 ffffffff0f'],
  ])('%s', (_, values, bytes) => {
    expect(packed(values)).toBe(hex(bytes));
  });
});

describe('postings are laid out as FORMAT.md says:', () => {
  it('blocks', () => {
    expect(written((out) => writeBlock(out, postingsOf(uneven), 20))).toBe(UNEVEN);
    expect(written((out) => writeBlock(out, postingsOf(ascending), 20))).toBe(ASCENDING);
    expect(written((out) => writeBlock(out, postingsOf([[7, 1, 9]]), 9))).toBe(hex('00 00 00 00 00 00 00'));
  });

  it('a chunk of one block', () => {
    // 3 postings; first 5, 12 bytes, termFreq up to 3, lengths from 20.
    expect(hexOf(encodeChunk(encodeBlocks(postingsOf(uneven))))).toBe(hex('03 05 0c 03 28') + UNEVEN);
  });

  it('a chunk of three blocks, of 128, 128 and one', () => {
    const rows: Rows = Array.from({ length: 257 }, (_, i) => [i, i === 130 ? 4 : 1, i < 256 ? 7 : 6]);
    // The second block has one repeat of 3, at place 2.
    const blocks = hex('00 0000 0000 0000  00 0000 0001 02 03 0000  00 0000 0000 0000');
    expect(hexOf(encodeChunk(encodeBlocks(postingsOf(rows))))).toBe(
      hex('8102  00 07 01 0e  8001 09 04 00  8001 07 01 01') + blocks,
    );
  });

  it('short lists', () => {
    const rows: Rows = [
      [0, 1, 4],
      [1, 19, 9], // three times, with an earliness of 3
      [300, 1, 300],
    ];
    expect(written((out) => writeShortList(out, postingsOf(rows), 4))).toBe(
      hex('00 00  02 0b 03  d012 d004'),
    );
  });

  it('tables of chunks', () => {
    const table = {
      firstDocIds: Uint32Array.of(5, 1_000),
      maxPlacedFreqs: Uint32Array.of(3, 9),
      minDocLens: Uint32Array.of(20, 18),
      lastDocId: 1_300,
    };
    expect(written((out) => writeChunkTable(out, table))).toBe(hex('02  05 03 28  e307 09 03  ac02'));
  });

  it('best postings', () => {
    const best = {
      postings: postingsOf([
        [300, 3, 20],
        [7, 1, 5],
      ]),
      images: [
        {
          imageId: parseImageId('00112233445566778899aabbccddeeff'),
          sequencer: parseSequencer('0055AED6DCD90281E5'),
        },
        {
          imageId: parseImageId('7f0000000000000000000000000000aa'),
          sequencer: parseSequencer('0055AED6DCD90281E6'),
        },
      ],
      others: [{ maxPlacedFreq: 9, minDocLen: 300 }],
    };
    const images =
      '02  08 07 0055aed6dcd90281  00112233445566778899aabbccddeeff e5  7f0000000000000000000000000000aa e6';
    expect(written((out) => writeTopPostings(out, best))).toBe(
      hex(`02  ac02 03 14  07 01 05  ${images}  01  09 ac02`),
    );
  });
});

describe('items are laid out as FORMAT.md says:', () => {
  it('directories, with a list of each form', () => {
    const short = (rows: Rows) => ({ short: postingsOf(rows) });
    const table = {
      firstDocIds: Uint32Array.of(5),
      maxPlacedFreqs: Uint32Array.of(3),
      minDocLens: Uint32Array.of(20),
      lastDocId: 6,
    };
    const best = { postings: postingsOf([]), images: [], others: [] };
    const entries = [
      { term: 'a', ...short([[0, 1, 7]]) },
      { term: 'ab', docFreq: 9, chunk: Uint8Array.of(0xca, 0xfe), places: Uint8Array.of(0xbe) },
      { term: 'b', docFreq: 200, chunks: table, topPostings: best },
      { term: 'bé', ...short([[3, 10, 9]]) },
    ];
    // The table and the best postings take 10 bytes; lengths count from 7. Behind all entries their places: "a" may stand anywhere.
    expect(hexOf(encodeDirectoryPayload(entries, 'c'))).toBe(
      hex('01 63  07 04  00 01 61  01 00 00  01 01 62  09 04 cafe') +
        hex('00 01 62  c801 15  01 05 03 28 01  00 00 0000 00  01 02 c3a9  01 19 05 02  00 be 00'),
    );
  });

  it('places', () => {
    const encoded = (term: string, rows: Rows, places?: number[][]) =>
      hexOf(encodePlaces(term, { ...postingsOf(rows), places: places && placesFrom(places) }));
    // Once, three times, nine times, which is too often, and twice.
    const rows: Rows = [
      [0, 1, 7],
      [2, 17, 20],
      [3, 65, 90],
      [9, 9, 90],
    ];
    expect(encoded('a', rows, [[0], [5, 6, 300], [], []])).toBe(hex('01  06 00 a502  00'));
    expect(encoded('a', rows)).toBe(hex('00 00 00'));
    for (const term of ['=a', '@2024', 'a b'])
      expect(encoded(term, rows, [[0], [5, 6, 300], [], []])).toBe('');
  });

  it('pages of documents', () => {
    const first = parseImageId('00112233445566778899aabbccddeeff');
    const second = parseImageId('7f0000000000000000000000000000aa');
    const of = (sequencers: string[]) =>
      hexOf(
        encodeDocumentsPayload(
          sequencers.map((text, i) => ({
            imageId: i === 0 ? first : second,
            sequencer: parseSequencer(text),
            docLen: 4 - i,
          })),
        ),
      );
    expect(of([])).toBe(hex('00 00'));
    expect(of(['0055AED6DCD90281E5', '0055AED6DCD90281E6'])).toBe(
      hex('08 07 0055aed6dcd90281') + first + hex('e5 08') + second + hex('e6 01'),
    );
    // One document, or several of the same state: all of it is shared, and none is left for zeros.
    expect(of(['0055AED6DCD90281E5'])).toBe(hex('10 00 0055aed6dcd90281e500000000000000') + first + '08');
    expect(of(['A1', 'B2'])).toBe(hex('00 0f') + first + hex('a1 08') + second + hex('b2 01'));
  });

  it('buckets of ids', () => {
    const payload = (idPrefixes: number[], docIds: number[]) =>
      hexOf(encodeIds({ idPrefixes: Uint32Array.from(idPrefixes), docIds: Uint32Array.from(docIds) })).slice(
        4,
        -8,
      );
    expect(payload([], [])).toBe(hex('00 00'));
    // Three; gaps 3, 2, 0 in two bits; docIds in four.
    expect(payload([3, 5, 5], [9, 0, 2])).toBe(hex('03 02 00 0b 04 09 02'));
    // Gaps of 4 in three bits; they count on from run to run.
    const many = Array.from({ length: 129 }, (_, i) => 4 * i + 4);
    expect(payload(many, Array<number>(129).fill(0))).toBe(
      hex('8101 03 00') + '244992'.repeat(16) + hex('03 00 04 00'),
    );
  });
});
