import { crc32 } from 'node:zlib';
import { GlossError } from '../domain/errors.ts';
import {
  CHECKSUM_BYTES,
  FLAGS,
  HEADER_BYTES,
  LONG_SUFFIX,
  MAGIC,
  MAX_SHARED,
  MAX_SUFFIX,
  VERSION,
} from './lexicon-format.ts';

/** What the table says about a key. */
export interface LexiconEntry {
  /** Rank of the key among all keys, from 0. A class has the number of the key that names it. */
  readonly number: number;
  /** Whether the key names a class. Otherwise it is a synonym, and means the class that another key names. */
  readonly isName: boolean;
  /** Whether the wider classes hold for a mention of the key, too. */
  readonly isSure: boolean;
  /** Whether mentions of the name are counted in its own class. False for a synonym. */
  readonly isCounted: boolean;
  /** Whether anything but the name belongs to the class. False for a synonym. */
  readonly hasMembers: boolean;
  /** Of a compound: whether it is no kind of what its last word names. */
  readonly isExocentric: boolean;
  /** Of a single word: whether it counts only where it is read as a noun, since it is a verb as well. */
  readonly isNoun: boolean;
  /** Whether a noun of the key ends like a participle. */
  readonly isParticiple: boolean;
  /** Numbers of classes. Of a name the next wider ones, in the order of the table; of a synonym the one that it means. */
  readonly classes: readonly number[];
}

/** Where a search ended, and how much of the key there is the wanted one. */
interface Place {
  readonly number: number;
  /** Where the flags of the key stand. */
  readonly at: number;
  readonly matches: 'whole' | 'start' | 'none';
}

const NOWHERE: Place = { number: 0, at: 0, matches: 'none' };

const toUtf8 = new TextEncoder();
const fromUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads the file that FORMAT.md describes where it lies. Opening checks the checksum and decodes no key. A lookup is a
 * binary search over blocks and a walk through one block. Nothing that was looked up is kept.
 */
export class LexiconTable {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #keyCount: number;
  readonly #keysPerBlock: number;
  /** Where the entries end and the checksum begins. */
  readonly #end: number;

  /** @throws GlossError `corrupt` for another format, another version and damaged bytes. */
  constructor(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const end = bytes.length - CHECKSUM_BYTES;
    if (end < HEADER_BYTES || view.getUint32(0, true) !== MAGIC) throw corrupt(0, 'this is no lexicon');
    const version = view.getUint16(4, true);
    if (version !== VERSION) throw corrupt(4, `format version ${version} is unknown`);
    if (view.getUint32(end, true) !== crc32(bytes.subarray(0, end)))
      throw corrupt(end, 'the checksum does not match');

    this.#bytes = bytes;
    this.#view = view;
    this.#keysPerBlock = view.getUint16(6, true);
    this.#keyCount = view.getUint32(8, true);
    this.#end = end;
    if (this.#keysPerBlock === 0) throw corrupt(6, 'blocks are empty');
    if (HEADER_BYTES + 4 * this.#blockCount > end) throw corrupt(8, `${this.#keyCount} keys do not fit`);
  }

  /** The checksum at the end of the file, as eight hexadecimal digits. */
  get fingerprint(): string {
    return this.#view.getUint32(this.#end, true).toString(16).padStart(8, '0');
  }

  get #blockCount(): number {
    return Math.ceil(this.#keyCount / this.#keysPerBlock);
  }

  /** The entry of a key; undefined where the table does not have the key. */
  find(key: string): LexiconEntry | undefined {
    const { number, at, matches } = this.#seek(key);
    return matches === 'whole' ? this.#entryAt(at, number) : undefined;
  }

  /** The keys that begin with these characters, in order. */
  keysFrom(prefix: string): string[] {
    const keys: string[] = [];
    const { number, matches } = this.#seek(prefix);
    if (matches === 'none') return keys;
    for (const found of this.#walk(number)) {
      const key = textOf(found.key, found.at);
      if (!key.startsWith(prefix)) break;
      keys.push(key);
    }
    return keys;
  }

  /** The class with a number: the key that names it, and its entry. @throws GlossError `corrupt` where there is none. */
  classAt(number: number): { readonly name: string; readonly entry: LexiconEntry } {
    for (const { key, at } of this.#walk(number)) {
      const entry = this.#entryAt(at, number);
      if (!entry.isName) throw corrupt(at, `key ${number} names no class`);
      return { name: textOf(key, at), entry };
    }
    throw corrupt(8, `key ${number} of ${this.#keyCount}`);
  }

  /** Keys from a number on, and where their flags stand. The bytes of a key change with the next one. */
  *#walk(from: number): Generator<{ readonly key: Uint8Array; readonly at: number }> {
    if (from >= this.#keyCount) return;
    const block = Math.floor(from / this.#keysPerBlock);
    const key = new Uint8Array(MAX_SHARED + MAX_SUFFIX);
    let at = this.#startOf(block);
    for (let number = block * this.#keysPerBlock; number < this.#keyCount; number += 1) {
      const length = this.#lengthAt(at);
      const suffix = this.#suffixAt(at);
      const shared = this.#sharedAt(at);
      for (let i = 0; i < length; i += 1) key[shared + i] = this.#bytes[suffix + i]!;
      at = this.#pastEntry(suffix + length);
      if (number >= from) yield { key: key.subarray(0, shared + length), at: suffix + length };
    }
  }

  /**
   * The first key that is not below the wanted one: its number, where its flags stand, and whether the wanted one is the
   * `whole` of it, its `start`, or `none`. Blocks follow one another without a gap, so the walk runs on into the next one.
   */
  #seek(wanted: string): Place {
    // Bytes cannot say a lone surrogate: it would be looked up as U+FFFD.
    if (!wanted.isWellFormed()) return NOWHERE;
    const target = toUtf8.encode(wanted);
    const bytes = this.#bytes;
    const block = this.#blockOf(target);
    /** How many bytes of the key before are those of the wanted one. */
    let common = 0;
    let at = this.#startOf(block);
    for (let number = block * this.#keysPerBlock; number < this.#keyCount; number += 1) {
      const shared = this.#sharedAt(at);
      const length = this.#lengthAt(at);
      const suffix = this.#suffixAt(at);
      // Otherwise this key differs from the wanted one where the key before did, and is below it like that one.
      if (shared <= common) {
        const end = Math.min(length, target.length - shared);
        let i = 0;
        while (i < end && bytes[suffix + i] === target[shared + i]) i += 1;
        common = shared + i;
        if (common === target.length)
          return { number, at: suffix + length, matches: i === length ? 'whole' : 'start' };
        if (i < end && bytes[suffix + i]! > target[common]!) return NOWHERE;
      }
      at = this.#pastEntry(suffix + length);
    }
    return NOWHERE;
  }

  /** The last block whose first key is not above the wanted one; the first block where all are. */
  #blockOf(target: Uint8Array): number {
    let low = 0;
    let high = this.#blockCount;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#isAbove(this.#startOf(middle), target)) high = middle;
      else low = middle + 1;
    }
    return Math.max(0, low - 1);
  }

  /** Whether the first key of a block is above the wanted one. */
  #isAbove(at: number, target: Uint8Array): boolean {
    const length = this.#lengthAt(at);
    const suffix = this.#suffixAt(at);
    const end = Math.min(length, target.length);
    for (let i = 0; i < end; i += 1) {
      const difference = this.#bytes[suffix + i]! - target[i]!;
      if (difference !== 0) return difference > 0;
    }
    return length > target.length;
  }

  #startOf(block: number): number {
    if (this.#keyCount === 0) return this.#end;
    const at = this.#view.getUint32(HEADER_BYTES + 4 * block, true);
    if (at < HEADER_BYTES + 4 * this.#blockCount || at >= this.#end)
      throw corrupt(HEADER_BYTES + 4 * block, `block ${block} begins at byte ${at}`);
    return at;
  }

  #sharedAt(at: number): number {
    return this.#bytes[at]! >> 4;
  }

  #lengthAt(at: number): number {
    const length = this.#bytes[at]! & LONG_SUFFIX;
    return length < LONG_SUFFIX ? length : LONG_SUFFIX + this.#bytes[at + 1]!;
  }

  #suffixAt(at: number): number {
    return (this.#bytes[at]! & LONG_SUFFIX) < LONG_SUFFIX ? at + 1 : at + 2;
  }

  /** Where the entry ends whose flags stand at `at`. */
  #pastEntry(at: number): number {
    const past = at + 1 + 2 * (this.#bytes[at]! & FLAGS.classes);
    // Also when `at` is past the end: what is not there adds up to NaN.
    if (!(past <= this.#end)) throw corrupt(at, 'an entry runs past the end');
    return past;
  }

  #entryAt(at: number, number: number): LexiconEntry {
    this.#pastEntry(at);
    const flags = this.#bytes[at]!;
    const classes = Array.from({ length: flags & FLAGS.classes }, (_, i) =>
      this.#view.getUint16(at + 1 + 2 * i, true),
    );
    const isName = (flags & FLAGS.name) !== 0;
    if (!isName && classes.length !== 1) throw corrupt(at, `a synonym of ${classes.length} classes`);
    return {
      number,
      isName,
      isSure: (flags & FLAGS.sure) !== 0,
      isCounted: (flags & FLAGS.counted) !== 0,
      hasMembers: (flags & FLAGS.hasMembers) !== 0,
      isExocentric: (flags & FLAGS.exocentric) !== 0,
      isNoun: (flags & FLAGS.noun) !== 0,
      isParticiple: (flags & FLAGS.participle) !== 0,
      classes,
    };
  }
}

function textOf(key: Uint8Array, at: number): string {
  try {
    return fromUtf8.decode(key);
  } catch (cause) {
    throw corrupt(at, 'the key before is not UTF-8', cause);
  }
}

const corrupt = (offset: number, what: string, cause?: unknown): GlossError =>
  new GlossError('corrupt', 'lexicon_corrupt', `lexicon, byte ${offset}: ${what}`, { cause });
