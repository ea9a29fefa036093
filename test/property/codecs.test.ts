import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseImageId, parseSequencer, type SegmentId } from '../../lib/domain/ids.ts';
import { readTopPostings, writeTopPostings } from '../../lib/index/postings/top-postings.ts';
import { readBlock, writeBlock } from '../../lib/index/postings/block.ts';
import { ByteReader } from '../../lib/index/bytes/byte-reader.ts';
import { bitWidth, ByteWriter } from '../../lib/index/bytes/byte-writer.ts';
import { readChunkTable, writeChunkTable } from '../../lib/index/postings/chunk-table.ts';
import { Chunk, encodeBlocks, encodeChunk, splitIntoChunks } from '../../lib/index/postings/chunk.ts';
import { Deletions } from '../../lib/index/segment/deletions.ts';
import {
  decodeDirectory,
  encodeDirectory,
  encodeDirectoryPayload,
  type WrittenEntry,
} from '../../lib/index/segment/directory.ts';
import type { DirectoryEntry } from '../../lib/index/segment/directory-entry.ts';
import {
  decodeDocuments,
  DOCUMENTS_PER_PAGE,
  encodeDocuments,
  encodeDocumentsPayload,
} from '../../lib/index/segment/document-pages.ts';
import { decodeIds, encodeIds, findInBucket } from '../../lib/index/segment/image-map.ts';
import { decodeManifest, encodeManifestBody } from '../../lib/index/segment/manifest.ts';
import { readPacked, writePacked } from '../../lib/index/bytes/packed-integers.ts';
import { emptyPostings, boundOf } from '../../lib/index/postings/postings.ts';
import { FORMAT_VERSION, openFrame } from '../../lib/index/bytes/item-frame.ts';
import { readShortList, writeShortList } from '../../lib/index/postings/short-list.ts';
import {
  decodeSingleItemSegment,
  encodeSingleItemSegment,
} from '../../lib/index/segment/single-item-segment.ts';
import { spellingOf, termSpelled } from '../../lib/index/segment/term-spelling.ts';
import { postingsOf, rowsOf, type Rows } from '../support/segments.ts';
import { anyCharacter } from '../support/any-character.ts';

const item = { segmentId: 's', sk: 'x' };
/** Numbers up to `max`, small ones and those at the steps of varints more often than their share. */
const upTo = (max: number) =>
  fc.oneof(
    fc.integer({ min: 0, max: 300 }),
    fc.integer({ min: 0, max }),
    fc.constantFrom(0, 0x7f, 0x80, 0x3fff_ffff, 0x4000_0000, 0x7fff_ffff, max),
  );
const uint32 = upTo(0xffff_ffff);
const docLen = upTo(0x7fff_ffff);
const hex = (digits: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${digits}}$`));
const imageId = hex(32).map(parseImageId);
/** Whole ones, and such as S3's, that begin alike and end in zeros. */
const sequencer = fc.oneof(
  hex(32),
  hex(8).map((end) => `0055aed6dcd9${end}`),
  fc.constantFrom('0', 'f'.repeat(32)),
);
const imageState = fc.record({ imageId, sequencer: sequencer.map(parseSequencer) });
const documents = fc.array(fc.record({ imageId, sequencer: sequencer.map(parseSequencer), docLen }), {
  maxLength: DOCUMENTS_PER_PAGE,
  size: 'max',
});

/** Below the most documents that an index has. */
const anyDocId = fc.oneof(fc.constant(2 ** 28 - 1), fc.integer({ min: 0, max: 2 ** 28 - 1 }));

/** Postings of as many documents as wanted; some lists with lengths that ascend, as segments mostly have them. */
const rowsUpTo = (maxLength: number, minLength = 1, someDocId = uint32): fc.Arbitrary<Rows> =>
  fc
    .tuple(
      fc.uniqueArray(fc.oneof(fc.integer({ min: 0, max: 2_000 }), someDocId), {
        minLength,
        maxLength,
        size: 'max',
      }),
      fc.constantFrom(upTo(20), upTo(0x7fff_ffff)),
      fc.boolean(),
    )
    .chain(([docIds, lengths, ascending]) => {
      const size = { minLength: docIds.length, maxLength: docIds.length };
      return fc.tuple(
        fc.constant(docIds.toSorted((a, b) => a - b)),
        fc.array(
          uint32.map((value) => Math.max(1, value)),
          size,
        ),
        fc.array(lengths, size).map((all) => (ascending ? all.toSorted((a, b) => a - b) : all)),
      );
    })
    .map(([docIds, placedFreqs, docLens]) => docIds.map((docId, i) => [docId, placedFreqs[i]!, docLens[i]!]));

const maxPlacedFreqIn = (rows: Rows) => Math.max(...rows.map(([, placedFreq]) => placedFreq));
const minDocLenIn = (rows: Rows) => Math.min(...rows.map(([, , length]) => length));

const chunkTable = fc
  .uniqueArray(uint32, { minLength: 1, maxLength: 40 })
  .chain((docIds) => {
    const size = { minLength: docIds.length, maxLength: docIds.length };
    return fc.tuple(
      fc.constant(docIds.toSorted((a, b) => a - b)),
      fc.array(
        uint32.map((value) => Math.max(1, value)),
        size,
      ),
      fc.array(docLen, size),
      fc.integer({ min: Math.max(...docIds), max: 0xffff_ffff }),
    );
  })
  .map(([firstDocIds, maxPlacedFreqs, minDocLens, lastDocId]) => ({
    firstDocIds: Uint32Array.from(firstDocIds),
    maxPlacedFreqs: Uint32Array.from(maxPlacedFreqs),
    minDocLens: Uint32Array.from(minDocLens),
    lastDocId,
  }));

const topPostings = fc
  .tuple(rowsUpTo(64, 0), fc.array(imageState, { maxLength: 20 }))
  .chain(([rows, images]) =>
    fc.record({
      // Best first, not in order of docId.
      postings: fc.shuffledSubarray([...rows], { minLength: rows.length }).map(postingsOf),
      images: fc.constant(images.slice(0, rows.length)),
      others: fc
        .uniqueArray(
          fc.record({ maxPlacedFreq: uint32.map((value) => Math.max(1, value)), minDocLen: docLen }),
          { maxLength: 8, selector: ({ maxPlacedFreq }) => maxPlacedFreq },
        )
        .map((all) => all.toSorted((a, b) => b.maxPlacedFreq - a.maxPlacedFreq)),
    }),
  );

describe('decode(encode(x)) = x', () => {
  it('numbers', () => {
    const signed = fc.oneof(
      fc.integer({ min: -300, max: 300 }),
      fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      fc.constantFrom(-(2 ** 31), 2 ** 31 - 1, 2 ** 30, -(2 ** 30)),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(uint32, signed)), (values) => {
        const out = new ByteWriter();
        for (const [value, either] of values) {
          out.varint(value);
          out.zigzag(either);
          out.u32(value);
        }
        const reader = new ByteReader(out.toBytes(), item);
        for (const [value, either] of values) {
          expect([reader.varint(), reader.zigzag(), reader.u32()]).toEqual([value, either, value]);
        }
        expect([reader.done, reader.left, reader.offset]).toEqual([true, 0, out.length]);
      }),
    );
  });

  it('numbers of any width', () => {
    const packed = fc
      .integer({ min: 0, max: 32 })
      .chain((width) =>
        fc.tuple(
          fc.constant(width),
          fc.array(fc.integer({ min: 0, max: 2 ** width - 1 }), { maxLength: 200 }),
        ),
      );
    fc.assert(
      fc.property(packed, ([width, values]) => {
        expect(bitWidth(Math.max(0, ...values))).toBeLessThanOrEqual(width);
        const out = new ByteWriter();
        out.packed(values, width);
        expect(out.length).toBe(Math.ceil((values.length * width) / 8));
        const decoded = new Uint32Array(values.length);
        new ByteReader(out.toBytes(), item).packed(decoded, 0, values.length, width);
        expect([...decoded]).toEqual(values);
      }),
    );
  });

  it('runs of packed integers, with and without exceptions', () => {
    const run = fc
      .integer({ min: 0, max: 32 })
      .chain((width) => {
        const narrow = fc.integer({ min: 0, max: 2 ** width - 1 });
        return fc.array(
          fc.oneof(
            { weight: 15, arbitrary: narrow },
            { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff_ffff }) },
          ),
          { maxLength: 256, size: 'max' },
        );
      })
      .map((values) => Uint32Array.from(values));
    fc.assert(
      fc.property(run, fc.nat({ max: 3 }), (values, from) => {
        expectPacked(values, from);
      }),
      { numRuns: 500 },
    );
  });

  it('runs of packed integers of every width and many lengths', () => {
    for (let width = 0; width <= 32; width += 1) {
      const maxScore = 2 ** width - 1;
      for (const length of [0, 1, 2, 3, 7, 8, 9, 127, 128, 129, 255, 256]) {
        expectPacked(new Uint32Array(length).fill(maxScore), 0);
        expectPacked(
          Uint32Array.from({ length }, (_, i) =>
            i % 29 === 0 ? 0xffff_ffff : (i * 0x9e37_79b1) % (maxScore + 1),
          ),
          1,
        );
      }
    }
  });

  it('blocks of postings', () => {
    fc.assert(
      fc.property(rowsUpTo(128), fc.nat({ max: 3 }), (rows, from) => {
        const minDocLen = minDocLenIn(rows);
        const out = new ByteWriter();
        writeBlock(out, postingsOf(rows), minDocLen);
        const decoded = emptyPostings(from + rows.length + 1);
        const reader = new ByteReader(out.toBytes(), item);
        const { maxPlacedFreq } = boundOf(postingsOf(rows));
        const head = { firstDocId: rows[0]![0], minDocLen, maxPlacedFreq, count: rows.length };
        readBlock(reader, head, decoded, from, rows.at(-1)![0] + 1);
        expect(reader.done).toBe(true);
        expect(rowsOf(decoded)).toEqual([...Array<number[]>(from).fill([0, 0, 0]), ...rows, [0, 0, 0]]);
      }),
    );
  });

  it('chunks, of one block and of several, with a table that bounds each', () => {
    fc.assert(
      fc.property(rowsUpTo(600), (rows) => {
        const chunk = new Chunk(encodeChunk(encodeBlocks(postingsOf(rows))), item, FORMAT_VERSION);
        expect([chunk.count, chunk.blocks]).toEqual([rows.length, Math.ceil(rows.length / 128)]);
        expect(rowsOf(chunk.postings())).toEqual(rows);
        for (let i = 0; i < chunk.blocks; i += 1) {
          const block = rows.slice(i * 128, (i + 1) * 128);
          expect(chunk.countOf(i)).toBe(block.length);
          expect(chunk.firstDocIds[i]).toBe(block[0]![0]);
          expect(chunk.maxPlacedFreqs[i]).toBe(maxPlacedFreqIn(block));
          expect(chunk.minDocLens[i]).toBe(minDocLenIn(block));
          const alone = emptyPostings(block.length);
          chunk.readBlock(i, alone, 0);
          expect(rowsOf(alone)).toEqual(block);
        }
      }),
    );
  });

  it('lists cut into chunks of as many bytes as allowed', () => {
    fc.assert(
      fc.property(rowsUpTo(1_500, 1_000), fc.integer({ min: 1, max: 6_000 }), (rows, mostBytes) => {
        const blocks = encodeBlocks(postingsOf(rows));
        const runs = splitIntoChunks(blocks, mostBytes);
        expect(runs.flat()).toEqual(blocks);
        const read = runs.flatMap((run) =>
          rowsOf(new Chunk(encodeChunk(run), item, FORMAT_VERSION).postings()),
        );
        expect(read).toEqual(rows);
        for (const run of runs) {
          if (run.length > 1) expect(encodeChunk(run).length).toBeLessThanOrEqual(mostBytes);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('short lists', () => {
    fc.assert(
      fc.property(rowsUpTo(8, 0, anyDocId), fc.boolean(), (rows, fromLeast) => {
        const baseLen = fromLeast && rows.length > 0 ? minDocLenIn(rows) : 0;
        const out = new ByteWriter();
        writeShortList(out, postingsOf(rows), baseLen);
        const reader = new ByteReader(out.toBytes(), item);
        expect(rowsOf(readShortList(reader, rows.length, baseLen, FORMAT_VERSION))).toEqual(rows);
        expect(reader.done).toBe(true);
      }),
    );
  });

  it('tables of chunks', () => {
    fc.assert(
      fc.property(chunkTable, (table) => {
        const out = new ByteWriter();
        writeChunkTable(out, table);
        const reader = new ByteReader(out.toBytes(), item);
        expect(readChunkTable(reader, FORMAT_VERSION)).toEqual(table);
        expect(reader.done).toBe(true);
      }),
    );
  });

  it('best postings', () => {
    fc.assert(
      fc.property(topPostings, (written) => {
        const out = new ByteWriter();
        writeTopPostings(out, written);
        const reader = new ByteReader(out.toBytes(), item);
        expect(readTopPostings(reader, FORMAT_VERSION)).toEqual(written);
        expect(reader.done).toBe(true);
      }),
    );
  });

  /** Terms in order, each with a list of one of the three forms. */
  const term = fc
    .string({ unit: anyCharacter, minLength: 1, maxLength: 12 })
    // What ends like the spelling of a class is no word, and no class is one of a class.
    .filter((text) => termSpelled(spellingOf(text), FORMAT_VERSION) === text);
  const list = fc.oneof(
    rowsUpTo(8, 1, anyDocId).map((short) => ({ short: postingsOf(short) })),
    rowsUpTo(300, 9).map((rows) => ({
      docFreq: rows.length,
      chunk: encodeChunk(encodeBlocks(postingsOf(rows))),
      rows,
      places: new Uint8Array(0),
    })),
    fc.record({ docFreq: uint32.map((count) => Math.max(9, count)), chunks: chunkTable, topPostings }),
  );
  /** A class behind the word that names it, as FORMAT.md has it. */
  const bytes = (text: string) => Buffer.from(text.startsWith('=') ? `${text.slice(1)} =` : text);
  const entries = fc
    .uniqueArray(fc.record({ term, list }), { selector: (entry) => entry.term, maxLength: 20 })
    .map((all) => all.toSorted((a, b) => Buffer.compare(bytes(a.term), bytes(b.term))));
  const writtenOf = (all: readonly { term: string; list: object }[]) =>
    all.map(({ term, list }) => ({ term, ...list }) as WrittenEntry);
  const plain = (entry: DirectoryEntry | undefined) =>
    entry && 'postings' in entry ? { docFreq: entry.docFreq, rows: rowsOf(entry.postings) } : entry;
  const expected = (of: typeof list extends fc.Arbitrary<infer List> ? List : never) =>
    'short' in of
      ? { docFreq: of.short.docIds.length, rows: rowsOf(of.short) }
      : 'rows' in of
        ? { docFreq: of.docFreq, rows: of.rows }
        : of;

  it('directories', () => {
    fc.assert(
      fc.property(entries, fc.option(term, { nil: undefined }), (all, next) => {
        const directory = decodeDirectory(encodeDirectory(writtenOf(all), next), item);
        expect(directory.upTo).toBe(next);
        expect(directory.terms).toEqual(all.map(({ term }) => term));
        for (const { term, list } of all) expect(plain(directory.entry(term))).toEqual(expected(list));
        expect(directory.entry('of more than twelve characters')).toBeUndefined();
      }),
    );
  });

  it('documents', () => {
    fc.assert(
      fc.property(documents, (page) => {
        expect(decodeDocuments(encodeDocuments(page), item)).toEqual(page);
      }),
    );
  });

  it('whole segments', () => {
    fc.assert(
      fc.property(entries, documents, (all, page) => {
        const directory = encodeDirectoryPayload(writtenOf(all), undefined);
        const whole = decodeSingleItemSegment(
          encodeSingleItemSegment(directory, encodeDocumentsPayload(page)),
          item,
          FORMAT_VERSION,
        );
        expect(whole.documents).toEqual(page);
        expect(whole.directory.terms).toEqual(all.map(({ term }) => term));
        for (const { term, list } of all) expect(plain(whole.directory.entry(term))).toEqual(expected(list));
      }),
    );
  });

  it('ids, of images whose ids begin alike too', () => {
    const pairs = fc
      .uniqueArray(fc.tuple(fc.oneof(fc.constantFrom(0, 7, 0xffff_ffff), uint32), uint32), {
        maxLength: 640,
        size: 'max',
        selector: ([, docId]) => docId,
      })
      .map((all) => all.toSorted(([a, docA], [b, docB]) => a - b || docA - docB));
    fc.assert(
      fc.property(pairs, hex(24), (all, rest) => {
        const bucket = {
          idPrefixes: Uint32Array.from(all, ([prefix]) => prefix),
          docIds: Uint32Array.from(all, ([, docId]) => docId),
        };
        const framed = encodeIds(bucket);
        const { payload, offset } = openFrame('imageMap', framed, item);
        expect(decodeIds(payload, item, offset)).toEqual(bucket);

        // In one bucket of one segment, documents are as many as there are.
        const numbered = new Map(all.map(([, docId], i) => [docId, i]));
        const renumbered = all
          .map(([prefix, docId]) => [prefix, numbered.get(docId)!] as const)
          .toSorted(([a, docA], [b, docB]) => a - b || docA - docB);
        const mapped = encodeIds({
          idPrefixes: bucket.idPrefixes,
          docIds: Uint32Array.from(renumbered, ([, docId]) => docId),
        });
        const prefixes = [...new Set([...all.map(([prefix]) => prefix), 8, 0x8000_0001])];
        const asked = prefixes.map((prefix) => parseImageId(prefix.toString(16).padStart(8, '0') + rest));
        expect(findInBucket(mapped, item, { docs: 640, format: FORMAT_VERSION }, 0, asked)).toEqual(
          asked.flatMap((imageId, i) =>
            renumbered.filter(([prefix]) => prefix === prefixes[i]).map(([, docId]) => ({ imageId, docId })),
          ),
        );
      }),
    );
  });

  it('deletions, in the shorter of their two forms', () => {
    const some = fc
      .integer({ min: 1, max: 3_000 })
      .chain((docs) =>
        fc.tuple(
          fc.constant(docs),
          fc.uniqueArray(fc.integer({ min: 0, max: docs - 1 }), { maxLength: 200, size: 'max' }),
          fc.integer({ min: 1, max: 40 }),
        ),
      );
    fc.assert(
      fc.property(some, ([docs, scattered, every]) => {
        const dense = Array.from({ length: docs }, (_, docId) => docId).filter(
          (docId) => docId % every === 0,
        );
        for (const docIds of [scattered, dense]) {
          const deletions = Deletions.none(docs).with(docIds);
          const framed = deletions.encode();
          expect(framed.length).toBeLessThanOrEqual(7 + Math.ceil(docs / 8));
          const decoded = Deletions.decode(
            framed,
            { docs, deleted: docIds.length, format: FORMAT_VERSION },
            item,
          );
          expect([...decoded.docIds()]).toEqual(docIds.toSorted((a, b) => a - b));
          expect(decoded.count).toBe(docIds.length);
          for (const docId of docIds) expect(decoded.has(docId)).toBe(true);
        }
      }),
    );
  });

  it('manifests', () => {
    const count = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    const id = fc.string({ minLength: 1 }).map((text) => text as SegmentId);
    const segment = fc
      .record({
        id,
        format: fc.constantFrom(1, 2, 3),
        docs: fc.integer({ min: 1, max: 2 ** 24 }),
        wordsOfEach: fc.integer({ min: 0, max: 2 ** 20 }),
        bytes: count,
        isSingleItem: fc.boolean(),
        shareDeleted: fc.double({ min: 0, max: 1, noNaN: true }),
        deletions: fc.string(),
      })
      .map(({ wordsOfEach, shareDeleted, ...entry }) => ({
        ...entry,
        totalLen: entry.docs * wordsOfEach,
        isSingleItem: entry.isSingleItem && entry.format > 1 && entry.docs <= 160,
        deleted: entry.deletions === '' ? 0 : Math.floor(shareDeleted * entry.docs),
      }));
    /** Merges of one, two or three neighbours, with or without the names of their deletions. */
    const lengths = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.boolean()), { maxLength: 5 });
    const names = (all: readonly { id: SegmentId }[]) => all.map(({ id: name }) => name);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        fc.uniqueArray(segment, { selector: ({ id: name }) => name, maxLength: 15 }),
        lengths,
        count,
        (version, segments, runs, expiresAtMs) => {
          let next = 0;
          const merges = runs.flatMap(([length, known], i) => {
            const sources = names(segments.slice(next, (next += length)));
            const result = `${i} ${names(segments).join()}` as SegmentId;
            return sources.length === 0
              ? []
              : [{ result, sources, deletions: known ? sources.map(String) : [], expiresAtMs }];
          });
          const manifest = { version, segments, merges };
          expect(decodeManifest(version, encodeManifestBody(manifest))).toEqual(manifest);
        },
      ),
    );
  });
});

/** A run is read as it was written, by bytes that stand alone and by bytes with others behind, and nothing else is. */
function expectPacked(values: Uint32Array, from: number): void {
  const out = new ByteWriter();
  writePacked(out, values);
  const widest = bitWidth(values.reduce((a, b) => Math.max(a, b), 0));
  expect(out.length).toBeLessThanOrEqual(2 + Math.ceil((values.length * widest) / 8));
  const written = out.toBytes();
  for (const behind of [0, 1, 9]) {
    const decoded = new Uint32Array(from + values.length + 2).fill(77);
    const reader = new ByteReader(Uint8Array.from([...written, ...Array<number>(behind).fill(0xff)]), item);
    readPacked(reader, decoded, from, values.length);
    expect(reader.left).toBe(behind);
    expect([...decoded]).toEqual([...Array<number>(from).fill(77), ...values, 77, 77]);
  }
}

describe('what no encoder wrote', () => {
  const row = (...changed: [place: number, value: unknown][]) => {
    const fields: unknown[] = ['x', 2, 3, 9, 100, 0, 0, ''];
    for (const [place, value] of changed) fields[place] = value;
    return JSON.stringify({ format: 2, segments: [fields], merges: [] });
  };
  it.each([
    '',
    '{',
    'null',
    '{"segments":[]}',
    '{"format":3,"segments":[]}',
    '{"format":1}',
    '{"format":2}',
    '{"format":2,"segments":[]}',
    '{"format":2,"merges":[]}',
    '{"format":1,"segments":[{"id":"x"}]}',
    '{"format":2,"merges":[],"segments":[{"id":"x"}]}',
    '{"format":2,"merges":[],"segments":[["x",2,3,9,100,0,0]]}',
    '{"format":2,"merges":[],"segments":[["x",2,3,9,100,0,0,"",1]]}',
    '{"format":2,"segments":[],"merges":[["x",-1,[]]]}',
    '{"format":2,"segments":[],"merges":[["x",1,[7]]]}',
    '{"format":2,"segments":[],"merges":[["x",1]]}',
    row([0, 7]),
    row([1, 0]),
    row([2, 0]),
    row([2, 1.5]),
    row([2, 2 ** 28 + 1]),
    row([1, 7]),
    row([3, 1e12]),
    row([5, 1], [2, 161]),
    row([6, 4], [7, 'x']),
    row([6, 1]),
    row([0, '']),
    row([3, -1]),
    row([4, null]),
    row([5, 2]),
    row([5, true]),
    row([6, -1]),
    row([7, 0]),
  ])('is no manifest: %s', (body) => {
    expect(() => decodeManifest(1, body)).toThrow(expect.objectContaining({ kind: 'corrupt' }));
  });

  it('is a manifest where every field is as it should be', () => {
    expect(decodeManifest(1, row())).toEqual({
      version: 1,
      segments: [
        {
          id: 'x',
          format: 2,
          docs: 3,
          totalLen: 9,
          bytes: 100,
          isSingleItem: false,
          deleted: 0,
          deletions: '',
        },
      ],
      merges: [],
    });
  });

  it('is corrupt or a value, never another error', () => {
    const head = { firstDocId: 5, minDocLen: 7, maxPlacedFreq: 9, count: 3 };
    const decoders = [
      (bytes: Uint8Array) => new Chunk(bytes, item, FORMAT_VERSION).postings(),
      (bytes: Uint8Array) => readPacked(new ByteReader(bytes, item), new Uint32Array(256), 0, 256),
      (bytes: Uint8Array) => readShortList(new ByteReader(bytes, item), 8, 5, FORMAT_VERSION),
      (bytes: Uint8Array) => readChunkTable(new ByteReader(bytes, item), FORMAT_VERSION),
      (bytes: Uint8Array) => readTopPostings(new ByteReader(bytes, item), FORMAT_VERSION),
      (bytes: Uint8Array) => readBlock(new ByteReader(bytes, item), head, emptyPostings(3), 0, 100),
      (bytes: Uint8Array) => decodeIds(bytes, item, 2),
      (bytes: Uint8Array) => decodeDirectory(bytes, item),
      (bytes: Uint8Array) => decodeDocuments(bytes, item),
      (bytes: Uint8Array) => decodeSingleItemSegment(bytes, item, FORMAT_VERSION),
      (bytes: Uint8Array) => findInBucket(bytes, item, { docs: 9, format: 2 }, 0, []),
      (bytes: Uint8Array) => Deletions.decode(bytes, { docs: 9, deleted: 1, format: 2 }, item),
    ];
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        for (const decode of decoders) {
          try {
            decode(bytes);
          } catch (error) {
            expect(error).toMatchObject({ kind: 'corrupt' });
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('what no reader takes', () => {
  const rebuild = {
    id: 'again',
    startedAtMs: 5,
    analysis: { language: 'en', version: 1, lexicon: 'x' },
    isWalked: false,
    done: 0,
    total: 3,
    segments: [],
    merges: [],
  } as const;
  const written = {
    id: 'x' as SegmentId,
    format: 6,
    docs: 3,
    totalLen: 9,
    bytes: 100,
    isSingleItem: false,
    deleted: 0,
    deletions: '',
  };
  const manifest = { version: 1, segments: [written], merges: [], rebuild };
  const refused = expect.objectContaining({ kind: 'internal', code: 'manifest_not_written' }) as Error;

  it('is no manifest that is written', () => {
    expect(decodeManifest(1, encodeManifestBody(manifest))).toEqual(manifest);
    const noCount = fc.oneof(fc.integer({ max: -1 }), fc.double({ noInteger: true }), fc.constant(2 ** 53));
    const fields = ['docs', 'totalLen', 'bytes', 'deleted'] as const;
    fc.assert(
      fc.property(noCount, fc.constantFrom(...fields), (number, field) => {
        const lies = [
          { ...manifest, version: number },
          { ...manifest, leftOut: number },
          { ...manifest, rebuild: { ...rebuild, total: number } },
          { ...manifest, rebuild: { ...rebuild, done: number } },
          { ...manifest, segments: [{ ...written, [field]: number }] },
        ];
        for (const lie of lies) expect(() => encodeManifestBody(lie)).toThrow(refused);
      }),
    );
    expect(() => encodeManifestBody({ ...manifest, segments: [written, written] })).toThrow(refused);
  });

  it('is no number that is written', () => {
    const outOfRange = fc.oneof(
      fc.integer({ max: -1 }),
      fc.integer({ min: 2 ** 32, max: 2 ** 53 }),
      fc.double({ noInteger: true }),
    );
    fc.assert(
      fc.property(outOfRange, (number) => {
        expect(() => new ByteWriter().varint(number)).toThrow(RangeError);
      }),
    );
    for (const number of [2 ** 31, -(2 ** 31) - 1, 0.5, NaN])
      expect(() => new ByteWriter().zigzag(number)).toThrow(RangeError);
  });

  it('is no deletion that is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 40 }), (docs, more) => {
        expect(() => Deletions.none(docs).with([docs + more])).toThrow(RangeError);
      }),
    );
  });
});
