import { crc32 } from 'node:zlib';
import {
  CHECKSUM_BYTES,
  FLAGS,
  HEADER_BYTES,
  LONG_SUFFIX,
  MAGIC,
  MAX_KEYS,
  MAX_SHARED,
  MAX_SUFFIX,
  VERSION,
} from '../../lexicon/lexicon-format.ts';

/** FORMAT.md has the bytes and the time of other sizes. */
const KEYS_PER_BLOCK = 32;

/** A key as a line has it. */
interface Word {
  readonly key: Uint8Array;
  /** Bits of FLAGS but for the count. */
  readonly flags: number;
  /** Of a name its wider classes, of a synonym the one that it means. */
  readonly classNames: readonly string[];
}

const toUtf8 = new TextEncoder();

/**
 * The bytes of lib/lexicon/FORMAT.md for the lines of compile-lexicon.ts. The same lines give the same bytes.
 *
 * @throws Error for a key that stands twice, a wider class that no line names, a mark that the kind of key has not, and what the format cannot hold.
 */
export function encodeLexicon(lines: readonly string[], keysPerBlock = KEYS_PER_BLOCK): Uint8Array {
  const words = wordsOf(lines).sort((a, b) => Buffer.compare(a.key, b.key));
  if (words.length > MAX_KEYS) throw new Error(`${words.length} keys; the format holds ${MAX_KEYS}`);
  const numbers = new Map(words.map(({ key }, number) => [keyText(key), number]));
  if (numbers.size < words.length) throw new Error('a key stands twice');

  const entries: number[] = [];
  const blocks: number[] = [];
  for (const [i, word] of words.entries()) {
    const isFirst = i % keysPerBlock === 0;
    if (isFirst) blocks.push(entries.length);
    entries.push(...encodeKey(word.key, isFirst ? undefined : words[i - 1]!.key));
    entries.push(word.flags | word.classNames.length);
    for (const name of word.classNames) {
      const number = numbers.get(name);
      if (number === undefined) throw new Error(`no line names the class "${name}"`);
      entries.push(number & 0xff, number >> 8);
    }
  }

  const start = HEADER_BYTES + 4 * blocks.length;
  const end = start + entries.length;
  const bytes = new Uint8Array(end + CHECKSUM_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint16(4, VERSION, true);
  view.setUint16(6, keysPerBlock, true);
  view.setUint32(8, words.length, true);
  for (const [block, at] of blocks.entries()) view.setUint32(HEADER_BYTES + 4 * block, start + at, true);
  bytes.set(entries, start);
  view.setUint32(end, crc32(bytes.subarray(0, end)), true);
  return bytes;
}

const keyText = (key: Uint8Array): string => Buffer.from(key).toString('utf8');

function wordsOf(lines: readonly string[]): Word[] {
  const isWider = new Set(lines.flatMap((line) => parts(line.split(';')[1])));
  return lines.flatMap((line) => {
    const [marked = '', wider, synonyms] = line.split(';');
    const [, marks = '', name = ''] = /^([~+!^%]*)(.*)$/s.exec(marked)!;
    const isCounted = marks.includes('!');
    const hasMembers = isCounted || parts(synonyms).length > 0 || isWider.has(name);
    const classNames = parts(wider);
    if (classNames.length > FLAGS.classes)
      throw new Error(`"${name}" has ${classNames.length} wider classes`);
    const flags =
      FLAGS.name |
      flagsOf(marks, name) |
      (isCounted ? FLAGS.counted : 0) |
      (hasMembers ? FLAGS.hasMembers : 0);
    return [
      { key: toUtf8.encode(name), flags, classNames },
      ...parts(synonyms).map((synonym) => {
        const [, of = '', key = ''] = /^([~+^%]*)(.*)$/s.exec(synonym)!;
        return { key: toUtf8.encode(key), flags: flagsOf(of, key), classNames: [name] };
      }),
    ];
  });
}

function flagsOf(marks: string, key: string): number {
  if (marks.includes(key.includes(' ') ? '+' : '^'))
    throw new Error(`"${marks}${key}" has a mark of another kind of key`);
  return (
    (marks.includes('~') ? 0 : FLAGS.sure) |
    (marks.includes('+') ? FLAGS.noun : 0) |
    (marks.includes('^') ? FLAGS.exocentric : 0) |
    (marks.includes('%') ? FLAGS.participle : 0)
  );
}

const parts = (list = ''): string[] => (list === '' ? [] : list.split(','));

/** The length of what it shares with the key before, the length of the rest, and the rest. */
function encodeKey(key: Uint8Array, before: Uint8Array | undefined): number[] {
  let shared = 0;
  if (before)
    while (shared < Math.min(MAX_SHARED, before.length) && before[shared] === key[shared]) shared += 1;
  const length = key.length - shared;
  if (length > MAX_SUFFIX) throw new Error(`"${keyText(key)}" is too long a key`);
  const head = [(shared << 4) | Math.min(length, LONG_SUFFIX)];
  if (length >= LONG_SUFFIX) head.push(length - LONG_SUFFIX);
  return [...head, ...key.subarray(shared)];
}
