import { ByteReader, type ItemName } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { seal, unseal } from './sealed-item.ts';

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
}

const utf8 = new TextEncoder();

/** Entries must be sorted by the UTF-8 bytes of their terms, as DynamoDB sorts its keys. */
export function encodeDirectory(entries: readonly DirectoryEntry[]): Uint8Array {
  const out = new ByteWriter();
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
  const utf8Strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
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
    let term: string;
    try {
      term = utf8Strict.decode(bytes);
    } catch {
      throw reader.fail('a term that is no UTF-8');
    }
    entries.set(term, { term, docFreq, blocks });
    previous = bytes;
  }
  if (!reader.done) throw reader.fail('bytes after the last entry');
  return { item, entries };
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
