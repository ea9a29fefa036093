import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseImageId, parseSequencer, type SegmentId } from '../../lib/domain/ids.ts';
import { ByteReader } from '../../lib/segment/byte-reader.ts';
import { bitWidth, ByteWriter } from '../../lib/segment/byte-writer.ts';
import { Deletions } from '../../lib/segment/deletions.ts';
import { decodeDirectory, encodeDirectory, type DirectoryEntry } from '../../lib/segment/directory.ts';
import { decodeDocuments, DOCUMENTS_PER_PAGE, encodeDocuments } from '../../lib/segment/documents.ts';
import { decodeIds, encodeIds } from '../../lib/segment/ids.ts';
import { decodeManifest, encodeManifestBody } from '../../lib/segment/manifest.ts';
import { decodeBlocks, encodeBlocks } from '../../lib/segment/postings.ts';
import { postingsOf, rowsOf, type Rows } from '../segments.ts';
import { anyCharacter } from '../any-character.ts';

const item = { segmentId: 's', sk: 'x' };
const uint32 = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.integer({ min: 0, max: 0xffff_ffff }),
  fc.constantFrom(0, 0x7f, 0x80, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff),
);
const hex = (digits: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${digits}}$`));
const imageId = hex(32).map(parseImageId);
const sequencer = hex(32).map(parseSequencer);

describe('decode(encode(x)) = x', () => {
  it('numbers', () => {
    fc.assert(
      fc.property(fc.array(uint32), (values) => {
        const out = new ByteWriter();
        for (const value of values) {
          out.varint(value);
          out.u32(value);
        }
        const reader = new ByteReader(out.toBytes(), item);
        for (const value of values) expect([reader.varint(), reader.u32()]).toEqual([value, value]);
        expect(reader.done).toBe(true);
      }),
    );
  });

  it('numbers of any width, packed', () => {
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

  it('postings', () => {
    const termFreq = uint32.map((value) => Math.max(1, value));
    const rows = fc
      .uniqueArray(uint32, { minLength: 1, maxLength: 400, size: 'max' })
      .chain((docIds) =>
        fc.tuple(
          fc.constant(docIds.toSorted((a, b) => a - b)),
          fc.array(fc.tuple(termFreq, uint32), { minLength: docIds.length, maxLength: docIds.length }),
        ),
      )
      .map(([docIds, rest]): Rows => docIds.map((docId, i) => [docId, ...rest[i]!]));
    fc.assert(
      fc.property(rows, (list) => {
        const bytes = Buffer.concat(encodeBlocks(postingsOf(list)));
        expect(rowsOf(decodeBlocks([{ bytes, item }], list.length))).toEqual(list);
      }),
    );
  });

  it('directories', () => {
    const term = fc.string({ unit: anyCharacter, minLength: 1, maxLength: 12 });
    const blocks = fc.oneof(
      fc.uint8Array({ maxLength: 40 }).map((inline) => ({ inline })),
      fc.integer({ min: 1, max: 100_000 }).map((chunks) => ({ chunks })),
    );
    const bytes = (text: string) => Buffer.from(text);
    const entries = fc
      .uniqueArray(fc.record({ term, docFreq: uint32, blocks }), { selector: (entry) => entry.term })
      .map((list): DirectoryEntry[] => list.toSorted((a, b) => Buffer.compare(bytes(a.term), bytes(b.term))));
    fc.assert(
      fc.property(entries, fc.option(term, { nil: undefined }), (list, upTo) => {
        const directory = decodeDirectory(encodeDirectory(list, upTo), item);
        expect([...directory.entries.values()]).toEqual(list);
        expect(directory.upTo).toBe(upTo);
      }),
    );
  });

  it('documents', () => {
    const page = fc.array(fc.record({ imageId, sequencer, docLen: uint32 }), {
      maxLength: DOCUMENTS_PER_PAGE,
    });
    fc.assert(
      fc.property(page, (documents) => {
        expect(decodeDocuments(encodeDocuments(documents), item)).toEqual(documents);
      }),
    );
  });

  it('ids', () => {
    const ids = fc.uniqueArray(fc.tuple(imageId, uint32), { selector: ([id]) => id });
    fc.assert(
      fc.property(ids, (pairs) => {
        expect([...decodeIds(encodeIds(pairs), item)]).toEqual(pairs);
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
          const sealed = deletions.encode();
          expect(sealed.length).toBeLessThanOrEqual(7 + Math.ceil(docs / 8));
          const decoded = Deletions.decode(sealed, docs, item);
          expect([...decoded.docIds()]).toEqual(docIds.toSorted((a, b) => a - b));
          expect(decoded.count).toBe(docIds.length);
          for (const docId of docIds) expect(decoded.has(docId)).toBe(true);
        }
      }),
    );
  });

  it('manifests', () => {
    const count = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    const segment = fc.record({
      id: fc.string().map((id) => id as SegmentId),
      docs: count.map((docs) => Math.max(1, docs)),
      totalLen: count,
      bytes: count,
      deleted: count,
      deletions: fc.string(),
    });
    fc.assert(
      fc.property(count, fc.array(segment), (version, segments) => {
        const manifest = { version, segments };
        expect(decodeManifest(version, encodeManifestBody(manifest))).toEqual(manifest);
      }),
    );
  });
});

describe('what no encoder wrote', () => {
  it.each([
    '',
    '{',
    'null',
    '{"format":2,"segments":[]}',
    '{"format":1}',
    '{"format":1,"segments":[{"id":"x"}]}',
  ])('is no manifest: %s', (body) => {
    expect(() => decodeManifest(1, body)).toThrow(expect.objectContaining({ kind: 'corrupt' }));
  });

  it('is corrupt or a value, never another error', () => {
    const decoders = [
      (bytes: Uint8Array) => decodeBlocks([{ bytes, item }], 3),
      (bytes: Uint8Array) => decodeDirectory(bytes, item),
      (bytes: Uint8Array) => decodeDocuments(bytes, item),
      (bytes: Uint8Array) => decodeIds(bytes, item),
      (bytes: Uint8Array) => Deletions.decode(bytes, 9, item),
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
