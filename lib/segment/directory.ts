import { ByteReader, type ItemName } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { seal, unseal } from './sealed-item.ts';
import { compareUtf8 } from './utf8-order.ts';

/** Where a term's postings are: in the entry itself, or in chunk items of their own. */
export interface DirectoryEntry {
  readonly term: string;
  readonly docFreq: number;
  readonly blocks: { readonly inline: Uint8Array } | { readonly chunks: number };
}

/** A run of consecutive terms with their entries, one item. */
export interface Directory {
  readonly item: ItemName;
  readonly entries: ReadonlyMap<string, DirectoryEntry>;
  /** Where the next directory item begins; undefined for the last one. Terms from here on are not this item's. */
  readonly upTo: string | undefined;
}

const utf8 = new TextEncoder();
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Entries must be sorted by the UTF-8 bytes of their terms, as DynamoDB sorts its keys.
 * @param upTo first term of the next item, undefined for the last item
 */
export function encodeDirectory(entries: readonly DirectoryEntry[], upTo: string | undefined): Uint8Array {
  const out = new ByteWriter();
  const end = utf8.encode(upTo ?? '');
  out.varint(end.length);
  out.raw(end);
  out.varint(entries.length);
  let previous: Uint8Array = new Uint8Array(0);
  for (const entry of entries) {
    const term = utf8.encode(entry.term);
    const shared = sharedPrefix(previous, term);
    out.varint(shared);
    out.varint(term.length - shared);
    out.raw(term.subarray(shared));
    out.varint(entry.docFreq);
    if ('inline' in entry.blocks) {
      out.varint(entry.blocks.inline.length << 1);
      out.raw(entry.blocks.inline);
    } else {
      out.varint((entry.blocks.chunks << 1) | 1);
    }
    previous = term;
  }
  return seal('directory', out.toBytes());
}

/** @throws GlossError `corrupt`. */
export function decodeDirectory(sealed: Uint8Array, item: ItemName): Directory {
  const reader = new ByteReader(unseal('directory', sealed, item), item);
  const upTo = readTerm(reader, reader.raw(reader.varint()));
  const entries = new Map<string, DirectoryEntry>();
  const count = reader.varint();
  let previous: Uint8Array = new Uint8Array(0);
  for (let i = 0; i < count; i += 1) {
    const shared = reader.varint();
    if (shared > previous.length) throw reader.fail('a prefix longer than the term before');
    const suffix = reader.raw(reader.varint());
    const bytes = new Uint8Array(shared + suffix.length);
    bytes.set(previous.subarray(0, shared));
    bytes.set(suffix, shared);
    const docFreq = reader.varint();
    const place = reader.varint();
    const blocks = place & 1 ? { chunks: place >>> 1 } : { inline: reader.raw(place >>> 1) };
    const term = readTerm(reader, bytes);
    entries.set(term, { term, docFreq, blocks });
    previous = bytes;
  }
  if (!reader.done) throw reader.fail('bytes after the last entry');
  return { item, entries, upTo: upTo === '' ? undefined : upTo };
}

/**
 * Whether an item found by its key answers for this term: its entry, or that the segment has none. An item that
 * does not is one that was read before its neighbours had arrived.
 */
export const answersFor = ({ upTo }: Directory, term: string): boolean =>
  upTo === undefined || compareUtf8(term, upTo) < 0;

function readTerm(reader: ByteReader, bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw reader.fail('a term that is no UTF-8');
  }
}

/** Bytes of UTF-8 that an entry takes at most, to decide which terms go together. */
export function entryBytes(entry: DirectoryEntry): number {
  return utf8.encode(entry.term).length + 12 + ('inline' in entry.blocks ? entry.blocks.inline.length : 0);
}

function sharedPrefix(a: Uint8Array, b: Uint8Array): number {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i += 1;
  return i;
}
