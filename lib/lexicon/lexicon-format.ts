/** Numbers that the writer and the reader of a lexicon's file share; FORMAT.md draws them. */

/** "GLEX", as a little-endian number. */
export const MAGIC = 0x58454c47;
export const VERSION = 4;
export const HEADER_BYTES = 12;
/** CRC-32 of all that stands before it. */
export const CHECKSUM_BYTES = 4;

/** A key begins with at most so many bytes of the key before it. */
export const MAX_SHARED = 15;
/** From this length on, the rest of a suffix's length has a byte of its own. */
export const LONG_SUFFIX = 15;
export const MAX_SUFFIX = LONG_SUFFIX + 255;
/** Numbers of classes have two bytes. */
export const MAX_KEYS = 2 ** 16;

/** The byte after a key: how many numbers of classes follow, and what the key is. */
export const FLAGS = {
  classes: 3,
  participle: 4,
  name: 8,
  sure: 16,
  counted: 32,
  hasMembers: 64,
  /** Of compounds. */
  exocentric: 128,
  /** Of single words. */
  noun: 128,
} as const;
