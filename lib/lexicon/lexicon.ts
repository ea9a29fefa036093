import { LexiconTable, type LexiconEntry } from './lexicon-table.ts';

/**
 * What words have to do with each other, looked up by analysed terms. A key is a term, or the terms of a compound with
 * spaces between ("park meter" for "parking meters"). A class is a meaning with its kinds, named by a key.
 */
export interface Lexicon {
  /** Checksum of the file, eight hexadecimal digits; empty for no lexicon. */
  readonly fingerprint: string;
  /** Whether a compound begins with this term: most do not, and need not be looked up further. */
  beginsCompound(term: string): boolean;
  /** Whether these terms, joined, are one name of one thing. */
  isCompound(key: string): boolean;
  /** Whether a compound is no kind of what its last word names: a hot dog is no dog. */
  isExocentric(key: string): boolean;
  /** Whether a word is a verb as well, so that it is a kind of its wider classes only where it is read as a noun: "bear". */
  isNoun(key: string): boolean;
  /**
   * Whether a noun with this key ends like a participle, as "building" does. Where none does, a participle is no mention of the noun: a man
   * smoking is no smoke.
   */
  hasParticiple(key: string): boolean;
  /**
   * The classes that a mention of the key is a kind of, or another word for, but for what its own words say already.
   * @param asNoun whether a word of which `isNoun` holds is read as one
   */
  classesOf(key: string, asNoun?: boolean): readonly string[];
  /** The class of a key and the key that the class is named by; undefined where nothing else means this. */
  classFor(key: string): { readonly name: string } | undefined;
  isEntry(key: string): boolean;
}

export const LONGEST_COMPOUND = 3;

/** Words that are in no class: every other language for now, and evaluations without the lexicon. */
export const NO_LEXICON: Lexicon = {
  fingerprint: '',
  beginsCompound: () => false,
  isCompound: () => false,
  isExocentric: () => false,
  isNoun: () => false,
  hasParticiple: () => true,
  classesOf: () => [],
  classFor: () => undefined,
  isEntry: () => false,
};

/** Texts repeat their words; the bound keeps a hostile vocabulary from filling memory. */
const MAX_CACHED_KEYS = 20_000;
const NO_COMPOUNDS: ReadonlySet<string> = new Set();

/** A class, decoded. */
interface Class {
  readonly name: string;
  readonly isCounted: boolean;
  readonly hasMembers: boolean;
  readonly wider: readonly number[];
}

/** What has been found out about a key so far. */
interface Known {
  readonly entry: LexiconEntry | undefined;
  /** The compounds that begin with it. */
  compounds?: ReadonlySet<string>;
  classes?: readonly string[];
  classesAsNoun?: readonly string[];
}

const NO_CLASSES: readonly string[] = [];
const NOTHING: Known = { entry: undefined, compounds: NO_COMPOUNDS };

/**
 * A lexicon over the bytes of its file, which FORMAT.md describes. A key is decoded when it is first asked for; what
 * it gave is kept, for at most 20,000 keys at a time.
 *
 * @throws GlossError `corrupt` for another format, another version and damaged bytes.
 */
export function openLexicon(bytes: Uint8Array): Lexicon {
  const table = new LexiconTable(bytes);
  const knownByKey = new Map<string, Known>();
  const classByNumber = new Map<number, Class>();

  /** What is asked about a word comes in one run of questions. */
  let latestKey: string | undefined;
  let latest = NOTHING;

  function look(key: string): Known {
    if (key === latestKey) return latest;
    let known = knownByKey.get(key);
    if (!known) {
      known = { entry: table.find(key) };
      if (knownByKey.size >= MAX_CACHED_KEYS) knownByKey.clear();
      knownByKey.set(key, known);
    }
    latestKey = key;
    return (latest = known);
  }

  /** All at once: texts ask for many pairs of words that are none, and a look into the table for each would cost more. */
  function compoundsFrom(term: string): ReadonlySet<string> {
    const known = look(term);
    return (known.compounds ??= findCompounds(term));
  }

  function findCompounds(term: string): ReadonlySet<string> {
    // A compound begins with its first word, which has no space itself.
    const keys = term.includes(' ') ? [] : table.keysFrom(`${term} `);
    return keys.length === 0 ? NO_COMPOUNDS : new Set(keys);
  }

  function classAt(number: number): Class {
    let found = classByNumber.get(number);
    if (!found) {
      const { name, entry } = table.classAt(number);
      found = { name, isCounted: entry.isCounted, hasMembers: entry.hasMembers, wider: entry.classes };
      if (classByNumber.size >= MAX_CACHED_KEYS) classByNumber.clear();
      classByNumber.set(number, found);
    }
    return found;
  }

  function classesOf(
    key: string,
    { number, isName, isSure, isNoun, isCounted, classes }: LexiconEntry,
    asNoun: boolean,
  ): string[] {
    const of = isName ? number : classes[0]!;
    const found = new Set<number>();
    if (!isName || isCounted) found.add(of);
    if (isSure || (asNoun && isNoun && !key.includes(' '))) climb(of, found);
    return Array.from(found, classAt)
      .filter((above) => above.isCounted || !holds(key, above.name))
      .map(({ name }) => name);
  }

  function climb(from: number, found: Set<number>): void {
    for (const of of classAt(from).wider) {
      if (found.has(of)) continue;
      found.add(of);
      climb(of, found);
    }
  }

  return {
    fingerprint: table.fingerprint,
    beginsCompound: (term) => compoundsFrom(term).size > 0,
    isCompound(key) {
      const end = key.indexOf(' ');
      if (end < 0) return false;
      const isLatest = latestKey?.length === end && key.startsWith(latestKey);
      return compoundsFrom(isLatest ? latestKey! : key.slice(0, end)).has(key);
    },
    isExocentric: (key) => key.includes(' ') && (look(key).entry?.isExocentric ?? false),
    isNoun: (key) => !key.includes(' ') && (look(key).entry?.isNoun ?? false),
    hasParticiple: (key) => look(key).entry?.isParticiple ?? false,
    classesOf(key, asNoun = false) {
      const known = look(key);
      if (!known.entry) return NO_CLASSES;
      if (asNoun) return (known.classesAsNoun ??= classesOf(key, known.entry, true));
      return (known.classes ??= classesOf(key, known.entry, false));
    },
    classFor(key) {
      const { entry } = look(key);
      if (!entry) return undefined;
      const { name, hasMembers } = classAt(entry.isName ? entry.number : entry.classes[0]!);
      return hasMembers ? { name } : undefined;
    },
    isEntry: (key) => look(key).entry !== undefined,
  };
}

/** Whether a compound holds these words, side by side. */
const holds = (key: string, words: string): boolean => ` ${key} `.includes(` ${words} `);
