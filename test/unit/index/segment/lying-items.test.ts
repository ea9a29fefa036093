import { describe, expect, it } from 'vitest';
import { frameItem, type ItemKind } from '../../../../lib/index/bytes/item-frame.ts';
import { readAssociationBucket } from '../../../../lib/index/segment/associations.ts';
import { checkedDirectory } from '../../../../lib/index/segment/checked-directory.ts';
import { Deletions } from '../../../../lib/index/segment/deletions.ts';
import { decodeDirectory } from '../../../../lib/index/segment/directory.ts';
import { decodeDocument } from '../../../../lib/index/segment/document-pages.ts';
import { readBucket } from '../../../../lib/index/segment/image-map.ts';
import type { SegmentEntry } from '../../../../lib/index/segment/manifest.ts';
import { openChunk } from '../../../../lib/index/segment/open-chunk.ts';
import { readSingleItemSegment } from '../../../../lib/index/segment/single-item-segment.ts';
import { bm25Weigher, PAPER_PARAMS } from '../../../../lib/rank/bm25.ts';
import { unplaced } from '../../../../lib/rank/placed-freq.ts';
import { SEGMENT } from '../../../support/segments.ts';

/** The smallest items, by hand after FORMAT.md, that say by themselves nothing wrong and are not what they must be. */

const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const framed = (kind: ItemKind, hex: string, version = 2) => frameItem(kind, bytesOf(hex), version);
const named = (sk: string) => ({ segmentId: SEGMENT, sk });
const entry = (changed: Partial<SegmentEntry> = {}): SegmentEntry => ({
  id: SEGMENT,
  format: 2,
  docs: 200,
  totalLen: 900,
  bytes: 1,
  isSingleItem: false,
  deleted: 0,
  deletions: '',
  ...changed,
});
const ID = (first: string) => first + '00'.repeat(15);
const refuses = (read: () => unknown, what: RegExp) => {
  expect(read).toThrow(expect.objectContaining({ kind: 'corrupt', code: 'segment_corrupt' }));
  expect(read).toThrow(/^segment segment-1, item .+, byte \d+: /);
  expect(read).toThrow(what);
};

describe('a directory', () => {
  const read =
    (hex: string, sk = 'd/', version = 2, segment = entry({ format: version })) =>
    () =>
      checkedDirectory(decodeDirectory(framed('directory', hex, version), named(sk)), segment).entry('a');
  /** "a" in 66 documents in one chunk: the table of chunks, the best postings, their images, the impacts. */
  const inChunks = (table: string, best: string, impacts: string) => {
    const list = `01 ${table} ${best} 00 ${impacts}`.replaceAll(' ', '');
    return read(`00 00 01 00 01 61 42 ${(list.length + 1).toString(16).padStart(2, '0')} ${list}`);
  };

  it.each<[string, () => unknown, RegExp]>([
    ['of other terms than its key says', read('00 00 01 00 01 61 01 00 02', 'd/b'), /"a" where "b"/],
    [
      'of a class before its name',
      read('00 00 01 00 02 3d61 01 00 02', 'd/', 6, entry({ format: 6 })),
      /before its name/,
    ],
    ['of terms beyond where the next begins', read('01 61 00 01 00 01 61 01 00 02'), /not before "a"/],
    [
      'of another version than its segment',
      read('00 00 01 00 01 61 01 00 02', 'd/', 2, entry({ format: 1 })),
      /version 2 where 1/,
    ],
    [
      'with a document that the segment does not have',
      read('00 00 01 00 01 61 01 c801 02'),
      /document 200 of 200/,
    ],
    [
      'with more documents than there are',
      read('00 00 01 00 01 61 c901 1b 01 05 02 0e 78 01 05 01 07 00 01 02 08'),
      /201 of 200/,
    ],
    // 18 bytes that asked for 2^31 - 1 chunks.
    [
      'of version 1 with chunks without end',
      read('00 01 00 01 61 03 ffffffff0f', 'd/', 1),
      /2147483647 chunks of 3/,
    ],
    ['of version 1 with a list of no chunks', read('00 01 00 01 61 03 01', 'd/', 1), /0 chunks of 3/],
    ['of version 1 with a list of nothing', read('00 01 00 01 61 00 00', 'd/', 1), /without documents/],
    [
      'of version 1 with a term twice',
      read('00 02 00 01 61 02 00 01 00 02 00', 'd/', 1),
      /postings|out of order/,
    ],
    // One best posting, document 5, once in 7 words; the others at most twice in at least 8.
    [
      'whose best posting is above the bound of its chunk',
      inChunks('05 02 0e 78', '01 05 03 07', '01 02 08'),
      /exceeds the bound/,
    ],
    ['whose best posting is in no chunk', inChunks('05 02 0e 78', '01 04 01 07', '01 02 08'), /in no chunk/],
    ['whose bound nothing has', inChunks('05 03 0e 78', '01 05 01 07', '01 02 08'), /bounds chunk 0/],
    ['without impacts for the others', inChunks('05 02 0e 78', '01 05 01 07', '00'), /0 impacts bound/],
    [
      'with more postings than documents between its ends',
      inChunks('05 02 0e 08', '01 05 01 07', '01 02 08'),
      /66 postings in 1/,
    ],
    ['with a best posting twice', inChunks('05 02 0e 78', '02 05 01 07 05 01 07', '01 02 08'), /twice among/],
    [
      'with a best posting of no occurrence',
      inChunks('05 02 0e 78', '01 05 00 07', '01 02 08'),
      /out of range/,
    ],
    [
      'with impacts out of order',
      inChunks('05 02 0e 78', '01 05 01 07', '02 01 08 02 09'),
      /impacts out of order/,
    ],
  ])('%s is corrupt', (_, reading, what) => refuses(reading, what));

  it('is not refused where it tells the truth', () => {
    expect(inChunks('05 02 0e 78', '01 05 01 07', '01 02 08')()).toMatchObject({ docFreq: 66 });
  });

  it('has no terms of gigabytes: what entries repeat has a limit', () => {
    const first = `00 f507 ${'61'.repeat(1_013)} 01 00 00`;
    expect(decodeDirectory(framed('directory', `00 00 01 ${first}`), named('d/')).terms[0]).toHaveLength(
      1_013,
    );
    refuses(
      () => decodeDirectory(framed('directory', `00 00 02 ${first} f507 01 61 01 00 00`), named('d/')),
      /a term of 1014 bytes/,
    );
  });
});

describe('a chunk', () => {
  const listOf = (changed: object) => ({
    docFreq: 2,
    chunks: {
      firstDocIds: Uint32Array.of(5),
      maxPlacedFreqs: Uint32Array.of(unplaced(1)),
      minDocLens: Uint32Array.of(7),
      lastDocId: 6,
      ...changed,
    },
  });
  const two = framed('chunk', '02 05 07 01 0e 00 0000 0000 0000');
  const read = (list: ReturnType<typeof listOf>) => () => openChunk(two, named('c/00000000/a'), list, 0, 2);

  it('of another bound than the directory has is corrupt: it may have been left unread for that bound', () => {
    expect(read(listOf({}))().count).toBe(2);
    refuses(read(listOf({ maxPlacedFreqs: Uint32Array.of(unplaced(2)) })), /by the directory by 16/);
    refuses(read(listOf({ minDocLens: Uint32Array.of(9) })), /by the directory by 8 in 9/);
  });

  it('of more postings than the list is corrupt', () => {
    refuses(read({ ...listOf({}), docFreq: 1 }), /2 of 1 postings/);
  });

  it('whose postings exceed the bound of their block is corrupt', () => {
    // Once more often than the table says.
    const above = framed('chunk', '01 05 08 01 0e 00 0000 0100 01 0000');
    const chunk = openChunk(above, named('c/00000000/a'), { ...listOf({}), docFreq: 1 }, 0, 2);
    refuses(() => chunk.postings(), /a term frequency of 2 in a block of at most 1/);
  });
});

describe('a single-item segment', () => {
  /** "a" once in document 0, of 4 words. */
  const directory = '00 04 01 00 01 61 01 00 00';
  const page = `00 10 ${ID('00')} 08`;
  const read =
    (hex: string, changed: Partial<SegmentEntry> = {}) =>
    () =>
      readSingleItemSegment(
        framed('singleItem', hex),
        named('w'),
        entry({ isSingleItem: true, docs: 1, totalLen: 4, ...changed }),
      ).directory.entry('a');

  it.each<[string, () => unknown, RegExp]>([
    ['cut at a document', read(`09 ${directory} 00 10`), /0 documents where 1/],
    ['of a document more', read(`09 ${directory} ${page} ${ID('01')} 00`), /2 documents where 1/],
    [
      'of other lengths than the manifest',
      read(`09 ${directory} ${page}`, { totalLen: 5 }),
      /4 words where 5/,
    ],
    [
      'with a word in a document that is not there',
      read(`09 00 04 01 00 01 61 01 01 00 ${page}`),
      /document 1 of 1/,
    ],
    ['with another length in a list', read(`09 00 04 01 00 01 61 01 00 02 ${page}`), /of 5 words, not 4/],
    ['with another directory after it', read(`0a 01 62 04 01 00 01 61 01 00 00 ${page}`), /ends at "b"/],
  ])('%s is corrupt', (_, reading, what) => refuses(reading, what));

  it('is not refused where it tells the truth', () => {
    expect(read(`09 ${directory} ${page}`)()).toMatchObject({ docFreq: 1 });
  });

  it('of version 1 is corrupt', () => {
    const old = framed('singleItem', `09 ${directory} ${page}`, 1);
    refuses(() => readSingleItemSegment(old, named('w'), entry()), /version 1 where 2/);
  });
});

describe('deletions', () => {
  const read =
    (hex: string, deleted: number | undefined, format = 2) =>
    () =>
      Deletions.decode(framed('deletions', hex, format), { docs: 9, deleted, format: 2 }, named('x/1')).count;

  it('of another number than the manifest says are corrupt: a removed picture must not return', () => {
    expect(read('00 03', 1)()).toBe(1);
    refuses(read('00', 1), /0 documents where 1/);
    refuses(read('00 03 00', 1), /2 documents where 1/);
    refuses(read('01 00 00', 1), /0 documents where 1/);
    // A state of before, whose number the manifest no longer has.
    expect(read('00 03 00', undefined)()).toBe(2);
  });

  it('of documents beyond the last are corrupt', () => {
    expect(read('01 00 01', 1)()).toBe(1);
    refuses(read('01 00 02', 1), /beyond document 8/);
  });
});

describe('a page of documents', () => {
  const read = (hex: string, docId: number, docs: number) => () =>
    decodeDocument(framed('documents', hex), named('n/00000000'), entry({ docs }), docId).docLen;
  const two = `00 10 ${ID('00')} 08 ${ID('01')} 02`;

  it('of more or fewer documents than belong there is corrupt, whichever is asked for', () => {
    expect([read(two, 0, 2)(), read(two, 1, 2)()]).toEqual([4, 5]);
    refuses(read(two, 0, 1), /2 documents where 1/);
    refuses(read(two, 0, 3), /2 documents where 3/);
    refuses(read(two, 2, 3), /2 documents where 3/);
  });
});

describe('a bucket of the image map', () => {
  const read =
    (hex: string, docs: number, bucket = 0) =>
    () => [...readBucket(framed('imageMap', hex), named('i/00000000'), entry({ docs }), bucket).docIds];

  it('with a document that is not there, or of another bucket, is corrupt', () => {
    // The first 32 bits are 7; document 3 in two bits.
    expect(read('01 03 00 07 02 03', 4)()).toEqual([3]);
    refuses(read('01 03 00 07 02 03', 3), /document 3 of 3/);
    refuses(read('01 03 00 07 02 03', 1_280, 1), /belongs to bucket 0/);
  });

  it('with a document twice is corrupt', () => {
    refuses(read('02 00 02 00 01 07 00 02 0f', 4), /out of order|exception/);
  });
});

describe('associations', () => {
  /** "oven" is in bucket 80 of 128. */
  const read =
    (hex: string, bucket = 80) =>
    () =>
      readAssociationBucket(framed('associations', hex), named('a/00000080'), entry({ docs: 4_096 }), bucket)
        .counted;
  const oven = '04 6f76656e 28';

  it('that cannot be counted are corrupt', () => {
    expect(read(`8020 01 ${oven} 01 03 70616e 0c 00`)()).toBe(4_096);
    refuses(read(`64 01 ${oven} 01 03 70616e 0c 00`), /100 of 4096/);
    refuses(read(`8020 01 ${oven} 01 03 70616e 0c 00`, 81), /belongs to bucket 80/);
    refuses(read(`8020 01 ${oven} 01 03 70616e 29 00`), /41 of 40/);
    refuses(read(`8020 01 ${oven} 01 03 70616e 00 00`), /0 of 40/);
    // More documents outside than there are: the logarithm of the odds would be of a negative number.
    refuses(read(`8020 01 ${oven} 01 03 70616e 0c d91f`), /of 40 documents/);
    refuses(read(`8020 01 ${oven} 02 03 70616e 0c 00 03 70616e 0c 00`), /twice with/);
  });
});

it('an index without words has no scores that are no numbers', () => {
  expect(bm25Weigher(PAPER_PARAMS, { docCount: 3, totalLen: 0 })(1, 1, 0)).toBeGreaterThan(0);
});

it('an item of more than 400 KB is none', () => {
  refuses(
    () =>
      Deletions.decode(
        framed('deletions', '00'.repeat(400 * 1_024)),
        { docs: 9, deleted: 0, format: 2 },
        named('x/1'),
      ),
    /are no item/,
  );
});
