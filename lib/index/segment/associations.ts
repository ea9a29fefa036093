import { crc32 } from 'node:zlib';
import { ByteReader, corrupt, type ItemName } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { MAX_TERM_BYTES } from '../bytes/limits.ts';
import type { SegmentEntry } from './manifest.ts';
import { termOf } from '../bytes/front-coded-terms.ts';
import { frameItem, openFrame } from '../bytes/item-frame.ts';
import { associationsKey } from './sort-keys.ts';
import { compareUtf8 } from '../bytes/utf8-order.ts';

const utf8 = new TextEncoder();

/** Smaller segments store no associations: their counts would cost more to write than they save. */
const ASSOCIATING_DOCS = 4_096;

/**
 * A word that occurs with a term: in how many documents both are (`count`), and in how many the word is
 * (`docFreq`).
 */
interface Associate {
  readonly term: string;
  readonly count: number;
  readonly docFreq: number;
}

/** A term with the words that occur with it in the documents of a segment. */
export interface TermAssociates {
  readonly term: string;
  readonly docFreq: number;
  /** The strongest first. */
  readonly associates: readonly Associate[];
}

export interface Cooccurrence {
  /** How many documents were counted. */
  readonly counted: number;
  /** In the order of the lists. */
  readonly terms: Iterable<TermAssociates>;
}

/**
 * How many items hold the associations of a segment of `docs` documents; 0 if it stores none. A vocabulary
 * grows about as the square root of a collection (Heaps, "Information Retrieval", 1978, 7.5), and so does the
 * number of items.
 */
export const associationBuckets = (docs: number): number =>
  docs < ASSOCIATING_DOCS ? 0 : Math.ceil(2 * Math.sqrt(docs));

/** In larger segments only every second, third, ... document is counted, which limits time and memory. */
const MOST_COUNTED = 262_144;

/** Every so many-th document of a segment is counted, from the first on. */
export const countingStride = (docs: number): number => Math.ceil(docs / MOST_COUNTED);

/** How many documents of a segment are counted. */
export const countedDocs = (docs: number): number => Math.ceil(docs / countingStride(docs));

/** The number of the item that holds a term's associates, if the segment has any for it. */
export const associationBucketOf = (term: string, buckets: number): number =>
  Math.floor((crc32(utf8.encode(term)) * buckets) / 2 ** 32);

/** The associations of the terms of one bucket. */
interface Associations {
  /** How many documents were counted. */
  readonly counted: number;
  readonly terms: ReadonlyMap<string, TermAssociates>;
}

/**
 * The items of a segment's associations; layout in FORMAT.md. If a bucket would be larger than an item, the
 * rarest of its terms are left out.
 * @param mostBytes bytes of an item at most
 */
export function* writeAssociations(
  { counted, terms }: Cooccurrence,
  docs: number,
  mostBytes: number,
): Generator<{ sk: string; body: Uint8Array }> {
  const buckets = associationBuckets(docs);
  const encoded: { term: string; docFreq: number; bytes: Uint8Array }[][] = Array.from(
    { length: buckets },
    () => [],
  );
  for (const { term, docFreq, associates } of terms) {
    if (associates.length === 0) continue;
    const bytes = encodeTerm({ term, docFreq, associates });
    encoded[associationBucketOf(term, buckets)]!.push({ term, docFreq, bytes });
  }
  for (const [bucket, entries] of encoded.entries()) {
    let left = mostBytes - HEAD_BYTES;
    const kept = entries
      .toSorted((a, b) => b.docFreq - a.docFreq || compareUtf8(a.term, b.term))
      .filter(({ bytes }) => (left -= bytes.length) >= 0)
      .sort((a, b) => compareUtf8(a.term, b.term));
    yield {
      sk: associationsKey(bucket),
      body: encodeAssociations(
        counted,
        kept.map(({ bytes }) => bytes),
      ),
    };
  }
}

/** @param terms encoded, sorted by compareUtf8 */
function encodeAssociations(counted: number, terms: readonly Uint8Array[]): Uint8Array {
  const out = new ByteWriter();
  out.varint(counted);
  out.varint(terms.length);
  for (const bytes of terms) out.raw(bytes);
  return frameItem('associations', out.toBytes());
}

/** Bytes of the item frame, two numbers and the key, at most. */
const HEAD_BYTES = 32;

function encodeTerm({ term, docFreq, associates }: TermAssociates): Uint8Array {
  const out = new ByteWriter();
  writeText(out, term);
  out.varint(docFreq);
  out.varint(associates.length);
  for (const associate of associates) {
    writeText(out, associate.term);
    out.varint(associate.count);
    out.varint(associate.docFreq - associate.count);
  }
  return out.toBytes();
}

function writeText(out: ByteWriter, text: string): void {
  const bytes = utf8.encode(text);
  out.varint(bytes.length);
  out.raw(bytes);
}

/**
 * A bucket of associations, held against the size of its segment. @throws GlossError `corrupt`.
 * @param docs documents of the segment
 */
export function readAssociationBucket(
  framed: Uint8Array,
  item: ItemName,
  { docs, format }: Pick<SegmentEntry, 'docs' | 'format'>,
  bucket: number,
): Associations {
  const found = decodeAssociations(framed, item, format);
  if (found.counted !== countedDocs(docs))
    throw corrupt(item, 2, `${found.counted} of ${docs} documents counted`);
  for (const term of found.terms.keys()) {
    const belongs = associationBucketOf(term, associationBuckets(docs));
    if (belongs !== bucket) throw corrupt(item, 2, `"${term}" belongs to bucket ${belongs}`);
  }
  return found;
}

/** @param format of its segment, 2 or 3. @throws GlossError `corrupt`. */
export function decodeAssociations(framed: Uint8Array, item: ItemName, format: number): Associations {
  const { payload, offset } = openFrame('associations', framed, item, format);
  const reader = new ByteReader(payload, item, 0, payload.length, offset);
  const counted = reader.varint();
  const count = reader.varint();
  const terms = new Map<string, TermAssociates>();
  let previous: string | undefined;
  for (let i = 0; i < count; i += 1) {
    const entry = readTerm(reader, counted);
    if (previous !== undefined && compareUtf8(previous, entry.term) >= 0)
      throw reader.fail('terms out of order');
    previous = entry.term;
    terms.set(entry.term, entry);
  }
  if (!reader.done) throw reader.fail('bytes after the last term');
  return { counted, terms };
}

function readTerm(reader: ByteReader, counted: number): TermAssociates {
  const term = readText(reader);
  const docFreq = reader.varint();
  if (docFreq === 0 || docFreq > counted) throw reader.fail(`${docFreq} of ${counted} documents`);
  const associates: Associate[] = [];
  const seen = new Set([term]);
  for (let left = reader.varint(); left > 0; left -= 1) {
    const associate = readText(reader);
    const count = reader.varint();
    const others = reader.varint();
    const all = count + others;
    // More documents outside than there are outside would make the odds of a word negative.
    if (count === 0 || count > docFreq || others > counted - docFreq)
      throw reader.fail(`${count} of ${docFreq} documents, ${all} of ${counted}`);
    if (seen.has(associate)) throw reader.fail(`"${associate}" is twice with "${term}"`);
    seen.add(associate);
    associates.push({ term: associate, count, docFreq: all });
  }
  return { term, docFreq, associates };
}

function readText(reader: ByteReader): string {
  const length = reader.varint();
  if (length === 0 || length > MAX_TERM_BYTES) throw reader.fail(`a term of ${length} bytes`);
  return termOf(reader, reader.raw(length));
}
