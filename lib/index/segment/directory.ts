import { readTopPostings, writeTopPostings } from '../postings/top-postings.ts';
import { ByteReader, type ItemName } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { Chunk } from '../postings/chunk.ts';
import { readChunkTable, writeChunkTable } from '../postings/chunk-table.ts';
import { readFrontCoded, termOf } from '../bytes/front-coded-terms.ts';
import { hasPlaces, readPlaces, writePlaces, type Places } from '../postings/places.ts';
import type { Postings } from '../postings/postings.ts';
import { decodeOnce } from '../bytes/decode-once.ts';
import { FORMAT_VERSION, frameItem, openFrame } from '../bytes/item-frame.ts';
import { readShortList, SHORT_LIST, writeShortList } from '../postings/short-list.ts';
import { compareUtf8 } from '../bytes/utf8-order.ts';
import { decodeDirectoryV1 } from '../v1/directory.ts';
import { spellingOf, termSpelled } from './term-spelling.ts';
import type { ChunkedList, Directory, DirectoryEntry } from './directory-entry.ts';

/** A term with its list in the form in which it is written. */
export type WrittenEntry =
  | { readonly term: string; readonly short: Postings }
  | {
      readonly term: string;
      readonly docFreq: number;
      readonly chunk: Uint8Array;
      readonly places: Uint8Array;
    }
  | ({ readonly term: string } & ChunkedList);

const IN_ENTRY = 0;
const IN_CHUNKS = 1;

const utf8 = new TextEncoder();

/**
 * The payload of a directory; layout in FORMAT.md. Entries must be sorted by the UTF-8 bytes of the spelling of their terms, as
 * DynamoDB sorts its keys.
 * @param upTo spelling of the first term of the next item, undefined for the last item
 */
export function encodeDirectoryPayload(
  entries: readonly WrittenEntry[],
  upTo: string | undefined,
): Uint8Array {
  const out = new ByteWriter();
  const end = utf8.encode(upTo ?? '');
  out.varint(end.length);
  out.raw(end);
  const baseLen = leastShortLen(entries);
  out.varint(baseLen);
  out.varint(entries.length);
  let previous: Uint8Array = new Uint8Array(0);
  for (const entry of entries) {
    const term = utf8.encode(spellingOf(entry.term, FORMAT_VERSION));
    const shared = sharedPrefix(previous, term);
    out.varint(shared);
    out.varint(term.length - shared);
    out.raw(term.subarray(shared));
    writeList(out, entry, baseLen);
    previous = term;
  }
  for (const entry of entries) out.raw(placesIn(entry));
  return out.toBytes();
}

export const encodeDirectory = (entries: readonly WrittenEntry[], upTo: string | undefined): Uint8Array =>
  frameItem('directory', encodeDirectoryPayload(entries, upTo));

function writeList(out: ByteWriter, entry: WrittenEntry, baseLen: number): void {
  if ('short' in entry) {
    out.varint(entry.short.docIds.length);
    writeShortList(out, entry.short, baseLen);
    return;
  }
  out.varint(entry.docFreq);
  if ('chunk' in entry) {
    out.varint(entry.chunk.length * 2 + IN_ENTRY);
    out.raw(entry.chunk);
    return;
  }
  const list = new ByteWriter();
  writeChunkTable(list, entry.chunks);
  writeTopPostings(list, entry.topPostings);
  out.varint(list.length * 2 + IN_CHUNKS);
  out.raw(list.toBytes());
}

/** The places that an entry has in its directory: chunked lists have theirs in items of their own, and what is no word has none. */
function placesIn(entry: WrittenEntry): Uint8Array {
  if ('chunk' in entry) return entry.places;
  return 'short' in entry ? encodePlaces(entry.term, entry.short) : NOTHING;
}

const NOTHING = new Uint8Array(0);

/** The places of all postings of a list; nothing where the term is no word. */
export function encodePlaces(term: string, { placedFreqs, places }: Postings): Uint8Array {
  if (!hasPlaces(term, FORMAT_VERSION)) return NOTHING;
  const out = new ByteWriter();
  writePlaces(out, placedFreqs, places);
  return out.toBytes();
}

function leastShortLen(entries: readonly WrittenEntry[]): number {
  let least = 0xffff_ffff;
  for (const entry of entries) {
    if ('short' in entry) for (const docLen of entry.short.docLens) least = Math.min(least, docLen);
  }
  return least === 0xffff_ffff ? 0 : least;
}

const opened = new WeakMap<Uint8Array, Directory>();

/** A directory item of any version, decoded once for each item in memory. @throws GlossError `corrupt`. */
export const openDirectory = (framed: Uint8Array, item: ItemName): Directory =>
  decodeOnce(opened, framed, () => decodeDirectory(framed, item));

/** Reads a directory of any version. @throws GlossError `corrupt`. */
export function decodeDirectory(framed: Uint8Array, item: ItemName): Directory {
  const { payload, version, offset } = openFrame('directory', framed, item);
  return version === 1
    ? decodeDirectoryV1(payload, item, offset)
    : decodeDirectoryPayload(payload, item, version, offset);
}

/** @param version of the format, from 2 on @param origin where the payload begins in the item. @throws GlossError `corrupt`. */
export function decodeDirectoryPayload(
  payload: Uint8Array,
  item: ItemName,
  version: number,
  origin: number,
): Directory {
  const reader = new ByteReader(payload, item, 0, payload.length, origin);
  const upTo = termOf(reader, reader.raw(reader.varint()));
  const baseLen = reader.varint();
  const count = reader.varint();
  const terms: string[] = [];
  const entriesAt = new Map<string, number>();
  let previous: Uint8Array = new Uint8Array(0);
  let before: string | undefined;
  for (let i = 0; i < count; i += 1) {
    const bytes = readFrontCoded(reader, previous);
    const spelling = termOf(reader, bytes);
    if (before !== undefined && compareUtf8(before, spelling) >= 0) throw reader.fail('terms out of order');
    before = spelling;
    const term = termSpelled(spelling, version);
    if (term === undefined) throw reader.fail('a class that stands before its name');
    terms.push(term);
    entriesAt.set(term, reader.offset - origin);
    skipList(reader, baseLen, version);
    previous = bytes;
  }
  const placesAt = reader.offset - origin;
  if (version < 5 && !reader.done) throw reader.fail('bytes after the last entry');
  const entry = (term: string) => {
    const at = entriesAt.get(term);
    if (at === undefined) return undefined;
    return readList(new ByteReader(payload, item, at, payload.length, origin), item, baseLen, version);
  };
  let places: ReadonlyMap<string, Places> | undefined;
  return {
    item,
    version,
    upTo: upTo === '' ? undefined : upTo,
    terms,
    entry,
    places(term) {
      if (!hasPlaces(term, version)) return undefined;
      const placesReader = new ByteReader(payload, item, placesAt, payload.length, origin);
      places ??= readAllPlaces(placesReader, terms, version, (one) => entry(one)!);
      return places.get(term);
    },
  };
}

/** The places of all lists that the directory has, by their terms. */
function readAllPlaces(
  reader: ByteReader,
  terms: readonly string[],
  version: number,
  entryOf: (term: string) => DirectoryEntry,
): ReadonlyMap<string, Places> {
  const places = new Map<string, Places>();
  for (const term of terms) {
    if (!hasPlaces(term, version)) continue;
    const entry = entryOf(term);
    if ('postings' in entry) places.set(term, readPlaces(reader, entry.postings.placedFreqs));
  }
  if (!reader.done) throw reader.fail('bytes after the last places');
  return places;
}

function skipList(reader: ByteReader, baseLen: number, version: number): void {
  const docFreq = reader.varint();
  if (docFreq === 0) throw reader.fail('a term without documents');
  if (docFreq <= SHORT_LIST) readShortList(reader, docFreq, baseLen, version);
  else reader.raw(reader.varint() >>> 1);
}

function readList(reader: ByteReader, item: ItemName, baseLen: number, version: number): DirectoryEntry {
  const docFreq = reader.varint();
  if (docFreq <= SHORT_LIST) return { docFreq, postings: readShortList(reader, docFreq, baseLen, version) };
  const place = reader.varint();
  const origin = reader.offset;
  const bytes = reader.raw(place >>> 1);
  if ((place & 1) === IN_ENTRY) {
    const chunk = new Chunk(bytes, item, version, origin);
    if (chunk.count !== docFreq) throw reader.fail(`${chunk.count} postings where ${docFreq} belong`);
    return { docFreq, postings: chunk.postings() };
  }
  const list = new ByteReader(bytes, item, 0, bytes.length, origin);
  const chunks = readChunkTable(list, version);
  const topPostings = readTopPostings(list, version);
  if (!list.done) throw list.fail('bytes after an entry');
  return { docFreq, chunks, topPostings };
}

/**
 * Whether this item answers for a term, with an entry or by not having one. If it does not, it was read before
 * a neighbouring item had arrived.
 */
export const answersFor = ({ upTo, version }: Pick<Directory, 'upTo' | 'version'>, term: string): boolean =>
  upTo === undefined || compareUtf8(spellingOf(term, version), upTo) < 0;

/** How many bytes two terms share at their start. */
export function sharedPrefix(a: Uint8Array, b: Uint8Array): number {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i += 1;
  return i;
}
