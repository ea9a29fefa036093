import { createHash } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Chunk } from '../../../../lib/index/postings/chunk.ts';
import { Deletions } from '../../../../lib/index/segment/deletions.ts';
import { decodeDirectory, decodeDirectoryPayload } from '../../../../lib/index/segment/directory.ts';
import { decodeDocuments, decodeDocumentsPayload } from '../../../../lib/index/segment/document-pages.ts';
import { decodeIds, findInBucket } from '../../../../lib/index/segment/image-map.ts';
import { frameItem, ITEM_KINDS, openFrame } from '../../../../lib/index/bytes/item-frame.ts';
import { joinChunks } from '../../../../lib/index/segment/segment-contents.ts';
import { openChunk } from '../../../../lib/index/segment/open-chunk.ts';
import { decodeSingleItemSegment } from '../../../../lib/index/segment/single-item-segment.ts';
import { decodeBlocksV1 } from '../../../../lib/index/v1/blocks.ts';
import { unplaced } from '../../../../lib/rank/placed-freq.ts';
import { postingsOf, rowsOf } from '../../../support/segments.ts';

const item = { segmentId: 's-1', sk: 'd/cat' };
const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const DOCS = 9;

/** Payloads that a faulty writer could have sealed, by hand after FORMAT.md. */
const directory = (hex: string) => () => decodeDirectory(frameItem('directory', bytesOf(hex), 2), item);
const documents = (hex: string) => () => decodeDocuments(frameItem('documents', bytesOf(hex), 2), item);
const ids = (hex: string) => () =>
  findInBucket(frameItem('imageMap', bytesOf(hex), 2), item, { docs: DOCS, format: 2 }, 0, []);
const deletions =
  (hex: string, deleted = 1) =>
  () =>
    Deletions.decode(frameItem('deletions', bytesOf(hex), 2), { docs: DOCS, deleted, format: 2 }, item);
const chunk = (hex: string) => () => new Chunk(bytesOf(hex), item, 2, 2).postings();
const whole = (hex: string) => () =>
  decodeSingleItemSegment(frameItem('singleItem', bytesOf(hex), 2), item, 2);
/** One entry, "a" in nine documents, and its list. */
const list = (hex: string) => () => {
  const bytes = bytesOf(hex);
  return directory(`00 00 01 00 01 61 09 ${(bytes.length * 2).toString(16).padStart(2, '0')} ${hex}`)().entry(
    'a',
  );
};
/** The same in chunks. */
const inChunks = (hex: string) => () => {
  const bytes = bytesOf(hex);
  return directory(
    `00 00 01 00 01 61 09 ${(bytes.length * 2 + 1).toString(16).padStart(2, '0')} ${hex}`,
  )().entry('a');
};
/** One block of one posting, docId 5, after the table of its chunk. */
const one = (block: string) =>
  chunk(`01 05 ${bytesOf(block).length.toString(16).padStart(2, '0')} 01 0e ${block}`);
/** The same of two. */
const two = (block: string) =>
  chunk(`02 05 ${bytesOf(block).length.toString(16).padStart(2, '0')} 01 0e ${block}`);
const ID = '00'.repeat(16);

describe('decoders behind a right checksum', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['a shared prefix that is not there', directory('00 00 01 01 01 61 00'), /prefix longer/],
    ['half a character', directory('00 00 01 00 01 e7 00'), /no UTF-8/],
    ['half a character as its end', directory('01 e7 00 00'), /no UTF-8/],
    ['an entry too few', directory('00 00 02 00 01 61 00'), /without documents/],
    ['an entry too many', directory('00 00 00 00 01 61 00'), /after the last entry/],
    ['a term beyond the end', directory('00 00 01 00 09 61 00'), /unexpected end/],
    ['a list beyond the end', directory('00 00 01 00 01 61 09 04 00'), /unexpected end/],
    ['a short list beyond the end', directory('00 00 01 00 01 61 02 00 00 00'), /unexpected end/],
    ['a number of 33 bits', directory('ff ff ff ff 1f'), /more than 32 bits/],
    ['a number without an end', directory('80 80 80 80 80 80'), /more than 32 bits/],
    ['a term that is 0 times in a document', directory('00 00 01 00 01 61 01 00 01 00'), /out of range/],
    ['a docId of 33 bits', directory('00 00 01 00 01 61 02 ffffffff0f 00 00 00'), /out of range/],
    ['a length of 33 bits', directory('00 ffffffff0f 01 00 01 61 01 00 02'), /out of range/],

    [
      'another number of postings than the entry says',
      list('01 05 07 01 0e 00 0000 0000 0000'),
      /1 postings where 9/,
    ],
    ['a list of no chunks', inChunks('00 00 00 00 00 00'), /0 chunks/],
    ['a list of more chunks than bytes', inChunks('ffffffff0f 00 00 00'), /4294967295 chunks/],
    ['chunks that do not ascend', inChunks('02 05 01 00 00 01 00 01 00 00 00'), /chunks out of order/],
    ['chunks beyond the last docId', inChunks('01 ffffffff0f 01 00 01 00 00 00'), /out of range/],
    ['more than 64 top postings', inChunks('01 05 01 00 01 41'), /65 top/],
    ['more image ids than top postings', inChunks('01 05 01 00 01 00 01'), /1 images for 0/],
    ['more than 8 impacts', inChunks('01 05 01 00 01 00 00 09'), /9 impacts/],
    ['bytes after the impacts', inChunks('01 05 01 00 01 00 00 00 00'), /after an entry/],
    ['fewer best postings than it says', inChunks('01 05 01 00 01 01 05'), /unexpected end/],

    ['no postings', chunk('00 05 00 01 0e'), /0 postings/],
    ['more postings than a table has room for', chunk('ffffffff0f 00 00 00'), /4294967295 postings/],
    [
      'blocks closer than their postings',
      chunk('8101 05 00 01 0e 7f 00 01 00 000000000000'),
      /blocks out of order/,
    ],
    ['bytes after the blocks', chunk('01 05 07 01 0e 00 0000 0000 0000 00'), /another length/],
    ['blocks beyond the end', chunk('01 05 08 01 0e 00 0000 0000 0000'), /another length/],
    ['blocks whose bytes overflow', chunk('8101 05 ffffffff0f 01 0e 8001 01 01 00'), /another length/],
    ['bytes after a block', one('00 0000 0000 0000 00'), /bytes after a block/],
    ['a block that ends too early', one('00 0000 0000 00'), /unexpected end/],
    ['an unknown form of lengths', one('02 0000 0000 0000'), /form 2/],
    ['values of 33 bits', two('00 2100 00000000 0000 0000'), /33 bits/],
    ['values beyond the end', two('00 2000 000000'), /unexpected end/],
    ['an exception that is no value', two('00 0001 0101 0000 0000'), /an exception/],
    ['an exception of 33 bits', two('00 1f01 00000000 0002 0000 0000'), /an exception/],
    ['exceptions beyond the end', two('00 0009 00'), /unexpected end/],
    ['docIds of 33 bits', two('00 0001 00faffffff0f 0000 0000'), /documents out of order/],

    ['a piece of a document', documents(`00 00 ${ID} 00`), /unexpected end/],
    ['no length of a document', documents(`10 00 ${ID} ${ID}`), /unexpected end/],
    ['sequencers of 17 bytes', documents('10 01'), /more than 16 bytes/],
    ['sequencers beyond the end', documents('10 00 00'), /unexpected end/],
    ['a length below 0', documents(`10 00 ${ID} ${ID} 01`), /below 0/],
    ['more documents than a page', documents(`10 00 ${ID} ${`${ID} 00`.repeat(161)}`), /too many documents/],

    ['more ids than bytes can hold', ids('ffffffff0f 00 00 00'), /4294967295 ids/],
    ['a piece of an id', ids('02 08 00 01'), /unexpected end/],
    ['no documents of ids', ids('01 00 01 00 05'), /unexpected end/],
    ['ids of 33 bits', ids('02 20 00 ffffffff ffffffff 00'), /ids out of order/],
    ['docIds of ids of 33 bits', ids('01 00 00 21 0000000000'), /33 bits/],
    ['bytes after the last id', ids('01 00 00 00 00'), /after the last id/],

    ['a directory beyond the end', whole('09 00 00 00'), /unexpected end/],
    ['a directory too short', whole('02 00 00 00 00'), /unexpected end/],
    ['half a page', whole('03 00 00 00 00'), /unexpected end/],

    ['a deleted document too high', deletions('00 09'), /document 9 of 9/],
    ['a bitmap too short', deletions('01 00'), /unexpected end/],
    ['a bitmap too long', deletions('01 00 00 00'), /bitmap of more than 9/],
    ['an unknown form of deletions', deletions('02 00'), /form 2/],
    ['no form of deletions', deletions(''), /unexpected end/],
  ])('refuse %s', (_, decode, message) => {
    expect(decode).toThrow(expect.objectContaining({ kind: 'corrupt', code: 'segment_corrupt' }));
    expect(decode).toThrow(message);
    expect(decode).toThrow(/^segment s-1, item d\/cat, byte \d+: /);
  });

  it('name the item and the byte, counted from the beginning of the item', () => {
    expect(deletions('00 09')).toThrow('segment s-1, item d/cat, byte 4: document 9 of 9');
    expect(directory('00 00 01 01 01 61 00')).toThrow('byte 6: a prefix');
    expect(one('02 0000 0000 0000')).toThrow('byte 8: lengths');
    // Within a list within a directory, and within the page of a whole segment.
    expect(list('01 05 07 01 0e 02 0000 0000 0000')).toThrow('1 postings');
    expect(directory('00 00 01 00 01 61 01 00 01 00')).toThrow('byte 12: a posting');
    expect(whole(`03 00 00 00 10 00 ${ID} ${ID} 01`)).toThrow('byte 41: a length');
  });

  it('take what is just within bounds', () => {
    expect([...deletions('00 08')().docIds()]).toEqual([8]);
    expect([...deletions('01 00 01')().docIds()]).toEqual([8]);
    expect(rowsOf(two('00 0001 00f9ffffff0f 0000 0000')())).toEqual([
      [5, unplaced(1), 7],
      [0xffff_ffff, unplaced(1), 7],
    ]);
    expect(rowsOf(one('01 0000 0000 0000')())).toEqual([[5, unplaced(1), 7]]);
    // An exception of all 32 bits, and the highest place.
    const much = chunk('02 05 0d ffffffff0f 0e 00 0000 0001 01feffffff0f 0000');
    expect(rowsOf(much())[1]).toEqual([6, unplaced(0xffff_ffff), 7]);
    expect(decodeDirectoryPayload(bytesOf('00 00 00'), item, 2, 2).terms).toEqual([]);
    expect(decodeDocumentsPayload(bytesOf('00 10'), item, 2)).toEqual([]);
    expect(decodeIds(bytesOf('00 00'), item, 2).docIds).toHaveLength(0);
    expect(list('09 05 07 01 0e 00 0000 0000 0000')()).toMatchObject({ docFreq: 9 });
  });

  it('find out about one list when it is asked for and not before', () => {
    const bytes = '00 00 02 00 01 61 09 02 00 00 01 62 01 04 06';
    expect(directory(bytes)().terms).toEqual(['a', 'b']);
    expect(directory(bytes)().entry('b')).toMatchObject({ docFreq: 1 });
    expect(() => directory(bytes)().entry('a')).toThrow(/0 postings/);
  });
});

describe('the chunks of a list', () => {
  /** Two postings, docIds 5 and 6, in a chunk of their own. */
  const pair = new Chunk(bytesOf('02 05 07 01 0e 00 0000 0000 0000'), item, 2);

  const listOf = (docFreq: number, ...firstDocIds: number[]) => ({
    docFreq,
    chunks: {
      firstDocIds: Uint32Array.from(firstDocIds),
      maxPlacedFreqs: new Uint32Array(firstDocIds.length).fill(unplaced(1)),
      minDocLens: new Uint32Array(firstDocIds.length).fill(7),
      lastDocId: 9,
    },
    topPostings: { postings: postingsOf([]), images: [], others: [] },
  });

  it('are corrupt when they hold another number of postings than the directory says', () => {
    for (const docFreq of [1, 3, 0xffff_ffff]) {
      expect(() => joinChunks([pair], listOf(docFreq, 5))).toThrow(/segment s-1, item d\/cat, byte 0: 2/);
    }
  });

  it('are corrupt when one reaches into the next', () => {
    expect(() => joinChunks([pair, pair], listOf(4, 5, 6))).toThrow(/out of order/);
  });

  it('are corrupt when one begins elsewhere than the directory says', () => {
    const framed = frameItem('chunk', bytesOf('02 05 07 01 0e 00 0000 0000 0000'), 2);
    expect(openChunk(framed, item, listOf(2, 5), 0, 2).count).toBe(2);
    expect(() => openChunk(framed, item, listOf(2, 9), 0, 2)).toThrow(
      /document 5 where the list goes on with 9/,
    );
  });

  it('are corrupt when they are of version 1', () => {
    expect(() =>
      openChunk(frameItem('chunk', bytesOf('00 00 00 00 05 07'), 1), item, listOf(2, 5), 0, 2),
    ).toThrow(/version 1/);
  });
});

describe('blocks of version 1', () => {
  const blocks = (hex: string, docFreq: number) => () =>
    decodeBlocksV1([{ bytes: bytesOf(hex), item, offset: 2 }], docFreq);

  it.each<[string, () => unknown, RegExp]>([
    ['values of 33 bits', blocks('01 21 00 00 00 01 0000000000', 2), /33 bits/],
    ['packed values beyond the end', blocks('01 20 00 00 00 01 000000', 2), /unexpected end/],
    ['a block of 129', blocks('80 00 00 00 00 01', 128), /more postings/],
    ['more postings than the directory says', blocks('01 00 00 00 00 01', 1), /more postings/],
    ['fewer postings than the directory says', blocks('01 00 00 00 00 01', 3), /2 postings where 3/],
    ['more postings than bytes can hold', blocks('01 00 00 00 00 01', 129), /so few bytes/],
    ['documents out of order', blocks('00 00 00 00 05 01 00 00 00 00 05 01', 2), /out of order/],
  ])('refuse %s', (_, decode, message) => {
    expect(decode).toThrow(expect.objectContaining({ kind: 'corrupt', code: 'segment_corrupt' }));
    expect(decode).toThrow(message);
  });

  it('are read as they were laid out', () => {
    // 3 postings; gaps of 9 bits, repeats of 2, lengths of 2; first 5, least length 20; gaps 0 and 293.
    expect(rowsOf(blocks('02 09 02 02 05 14 004a02 08 0c', 3)())).toEqual([
      [5, unplaced(1), 20],
      [6, unplaced(3), 23],
      [300, unplaced(1), 20],
    ]);
  });
});

describe('unseal', () => {
  it('gives the payload back', () => {
    const framed = frameItem('imageMap', bytesOf('0102'));
    expect(openFrame('imageMap', framed, item)).toEqual({ payload: bytesOf('0102'), version: 6, offset: 2 });
    expect(openFrame('imageMap', frameItem('imageMap', bytesOf('0102'), 1), item).version).toBe(1);
  });

  it('knows versions 1 to 6 alone', () => {
    // Version, kind 4, no payload, CRC-32 from zlib.
    expect(openFrame('imageMap', bytesOf('0104 a7e7af5f'), item).version).toBe(1);
    expect(openFrame('imageMap', bytesOf('0204 64b48274'), item).version).toBe(2);
    expect(openFrame('imageMap', bytesOf('0304 2585996d'), item).version).toBe(3);
    expect(openFrame('imageMap', bytesOf('0404 e213d822'), item).version).toBe(4);
    expect(openFrame('imageMap', bytesOf('0504 a322c33b'), item).version).toBe(5);
    expect(openFrame('imageMap', bytesOf('0604 6071ee10'), item).version).toBe(6);
    expect(() => openFrame('imageMap', bytesOf('0704 2140f509'), item)).toThrow(
      /format version 7 is unknown/,
    );
    expect(() => openFrame('imageMap', bytesOf('0004 e6d6b446'), item)).toThrow(
      /format version 0 is unknown/,
    );
  });

  it('deflates what gets shorter by it, and of the kinds alone that may be', () => {
    const long = new Uint8Array(4_000).fill(7);
    const random = new Uint8Array(createHash('shake256', { outputLength: 4_000 }).update('x').digest());
    for (const kind of ['directory', 'singleItem', 'associations', 'places'] as const) {
      const framed = frameItem(kind, long);
      expect(framed[1]).toBe(128 + ITEM_KINDS[kind]);
      expect(framed.length).toBeLessThan(100);
      expect(openFrame(kind, framed, item)).toEqual({ payload: Buffer.from(long), version: 6, offset: 2 });
      expect(frameItem(kind, random)[1]).toBe(ITEM_KINDS[kind]);
      expect(frameItem(kind, long, 5)[1]).toBe(ITEM_KINDS[kind]);
      expect(frameItem(kind, new Uint8Array(511))[1]).toBe(ITEM_KINDS[kind]);
      expect(frameItem(kind, new Uint8Array(65_537))[1]).toBe(ITEM_KINDS[kind]);
    }
    for (const kind of ['chunk', 'documents', 'imageMap', 'deletions'] as const)
      expect(frameItem(kind, long)[1]).toBe(ITEM_KINDS[kind]);
  });

  it.each<[string, number, number, Uint8Array, RegExp]>([
    ['that are no deflated bytes', 6, 129, bytesOf('ffff'), /does not inflate/],
    ['that end early', 6, 129, deflateRawSync(Buffer.alloc(600, 'ab')).subarray(0, -1), /does not inflate/],
    ['that go on', 6, 129, Buffer.concat([deflateRawSync(Buffer.alloc(600)), bytesOf('00')]), /bytes after/],
    ['that give too much', 6, 129, deflateRawSync(Buffer.alloc(65_537)), /does not inflate/],
    ['of version 5', 5, 129, deflateRawSync(Buffer.alloc(600)), /kind 129 where directory/],
    ['of another kind', 6, 136, deflateRawSync(Buffer.alloc(600)), /kind 136 where directory/],
  ])('refuses bytes %s', (_, version, kind, stored, what) => {
    const body = Buffer.concat([Buffer.of(version, kind), stored]);
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32LE(crc32(body));
    expect(() => openFrame('directory', Buffer.concat([body, checksum]), item)).toThrow(what);
  });

  it.each(['', '02', '0204', '0204000000'])('takes %j for no item', (hex) => {
    expect(() => openFrame('imageMap', bytesOf(hex), item)).toThrow(/are no item/);
  });
});
