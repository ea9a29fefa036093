import { ByteWriter } from '../bytes/byte-writer.ts';
import { writeShortList } from '../postings/short-list.ts';
import {
  encodeDirectory,
  encodeDirectoryPayload,
  encodePlaces,
  type WrittenEntry,
} from '../segment/directory.ts';
import { directoryKey, type SegmentItem } from '../segment/sort-keys.ts';
import { spellingOf } from '../segment/term-spelling.ts';

/** Bytes of an item at most: with its keys it stays within 4 KB, half a read unit if eventually consistent. */
export const ITEM_BYTES = 3_900;
/** Bytes of a directory before it is deflated: all of them are walked by whoever asks for one of its terms. */
const MOST_BYTES = 16_000;

/** Cuts the entries of a segment into directory items. How many of them fit is known when they are deflated, so that it is tried now and then. */
export class DirectoryPacking {
  readonly #leastLen: number;
  /** Those that are not in an item yet. */
  #entries: WrittenEntry[] = [];
  /** Their bytes before they are deflated, or a few more. */
  #bytes = 0;
  /** So many bytes fit, as far as is known. */
  #room = ITEM_BYTES;
  /** The first item begins before every term, so that every term has an item that answers for it. */
  #start = '';

  /** @param leastLen lowest docLen of the segment: the lengths in short lists count from at least this */
  constructor(leastLen: number) {
    this.#leastLen = leastLen;
  }

  /** Entries that are not in an item yet. */
  get rest(): readonly WrittenEntry[] {
    return this.#entries;
  }

  /** The items that are full with it. @param entry behind all others in the order of terms */
  *add(entry: WrittenEntry): Generator<SegmentItem> {
    this.#entries.push(entry);
    this.#bytes += bytesOf(entry, this.#leastLen);
    if (this.#bytes > this.#room) yield* this.#cut();
  }

  /** The items of the rest, at least one. */
  *finish(): Generator<SegmentItem> {
    yield* this.#cut();
    yield { sk: directoryKey(this.#start), body: this.#encoded(this.#entries.length) };
  }

  /** Items of all that does not fit into one. */
  *#cut(): Generator<SegmentItem> {
    for (;;) {
      const count = this.#entries.length;
      const stored = this.#encoded(count).length;
      const share = this.#limit / stored;
      if (share >= 1 && this.#bytes <= MOST_BYTES) {
        this.#room = Math.min(MOST_BYTES, Math.max(this.#bytes, this.#bytes * share));
        return;
      }
      yield this.#fullItem(Math.min(count - 1, Math.floor(count * share)));
      this.#room = Math.min(MOST_BYTES, this.#room * share);
    }
  }

  /** An item of as many entries as fit into it, and no more than these. */
  #fullItem(atMost: number): SegmentItem {
    let count = Math.max(1, atMost);
    let body = this.#encoded(count);
    for (; count > 1 && body.length > this.#limit; body = this.#encoded(count))
      count = Math.min(count - 1, Math.ceil((count * this.#limit) / body.length));
    const item = { sk: directoryKey(this.#start), body };
    this.#entries = this.#entries.slice(count);
    this.#bytes = this.#entries.reduce((sum, entry) => sum + bytesOf(entry, this.#leastLen), 0);
    this.#start = spellingOf(this.#entries[0]!.term);
    return item;
  }

  /** With its key twice: it has the key of the next one too. */
  get #limit(): number {
    return ITEM_BYTES - 2 * Buffer.byteLength(directoryKey(this.#start));
  }

  #encoded(count: number): Uint8Array {
    const next = this.#entries[count];
    return encodeDirectory(this.#entries.slice(0, count), next && spellingOf(next.term));
  }
}

/** Bytes of the shared prefix, the length of the rest and docFreq in the entry of a short list. */
const SHORT_HEAD_BYTES = 3;

/** Bytes that an entry takes at most before it is deflated. */
function bytesOf(entry: WrittenEntry, leastLen: number): number {
  if (!('short' in entry)) return encodeDirectoryPayload([entry], undefined).length;
  const out = new ByteWriter();
  writeShortList(out, entry.short, leastLen);
  out.raw(encodePlaces(entry.term, entry.short));
  return Buffer.byteLength(entry.term) + SHORT_HEAD_BYTES + out.length;
}
