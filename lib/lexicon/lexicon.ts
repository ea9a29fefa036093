/**
 * What words have to do with each other, looked up by analysed terms. A key is a term, or the terms of a compound with
 * spaces between ("park meter" for "parking meters"). A class is a meaning with its kinds, named by a key.
 */
export interface Lexicon {
  /** Whether a compound begins with this term: most do not, and need not be looked up further. */
  beginsCompound(term: string): boolean;
  /** Whether these terms, joined, are one name of one thing. */
  isCompound(key: string): boolean;
  /** The classes that a mention of the key is a kind of, or another word for, but for what its own words say already. */
  classesOf(key: string): readonly string[];
  /** The class of a key and the key that the class is named by; undefined where nothing else means this. */
  classFor(key: string): { readonly name: string } | undefined;
  isEntry(key: string): boolean;
}

export const LONGEST_COMPOUND = 3;

interface Meaning {
  /** Index of the class whose word or synonym this is. */
  readonly of: number;
  readonly isName: boolean;
  /** Whether the wider classes hold for it, too. */
  readonly isSure: boolean;
}

/** Words that are in no class: every other language for now, and evaluations without the lexicon. */
export const NO_LEXICON: Lexicon = {
  beginsCompound: () => false,
  isCompound: () => false,
  classesOf: () => [],
  classFor: () => undefined,
  isEntry: () => false,
};

/**
 * Reads the table of lib/tools/lexicon/compile-lexicon.ts, one line a class:
 *
 *     name;wider,wider;synonym,~synonym
 *
 * `~` marks a word that often means something else, so that it stands for the class but not for what is wider; `!`
 * marks a name whose mentions are counted in its own class, because compounds end in it that mean something else.
 */
export function readLexicon(lines: readonly string[]): Lexicon {
  const meanings = new Map<string, Meaning>();
  const names: string[] = [];
  const isCounted: boolean[] = [];
  const widerNames: (readonly string[])[] = [];
  const hasMembers: boolean[] = [];
  for (const [of, line] of lines.entries()) {
    const [marked, wider = '', synonyms = ''] = line.split(';') as [string, string?, string?];
    const name = marked.replace(/^[~!]+/, '');
    names.push(name);
    isCounted.push(/^~?!/.test(marked));
    widerNames.push(wider === '' ? [] : wider.split(','));
    hasMembers.push(synonyms !== '' || isCounted[of]!);
    meanings.set(name, { of, isName: true, isSure: !marked.startsWith('~') });
    if (synonyms === '') continue;
    for (const synonym of synonyms.split(',')) {
      const isSure = !synonym.startsWith('~');
      meanings.set(isSure ? synonym : synonym.slice(1), { of, isName: false, isSure });
    }
  }
  const wider = widerNames.map((above) => above.map((name) => meanings.get(name)!.of));
  for (const above of wider) for (const of of above) hasMembers[of] = true;
  const beginnings = new Set<string>();
  for (const key of meanings.keys()) if (key.includes(' ')) beginnings.add(key.slice(0, key.indexOf(' ')));
  const cache = new Map<string, readonly string[]>();

  function classesOf(key: string): string[] {
    const meaning = meanings.get(key);
    if (!meaning) return [];
    const found = new Set<number>();
    if (!meaning.isName || isCounted[meaning.of]!) found.add(meaning.of);
    if (meaning.isSure) climb(meaning.of, found);
    return [...found]
      .map((of) => names[of]!)
      .filter((name) => isCounted[meanings.get(name)!.of]! || !holds(key, name));
  }

  function climb(from: number, found: Set<number>): void {
    for (const of of wider[from]!) {
      if (found.has(of)) continue;
      found.add(of);
      climb(of, found);
    }
  }

  return {
    beginsCompound: (term) => beginnings.has(term),
    isCompound: (key) => key.includes(' ') && meanings.has(key),
    classesOf(key) {
      let classes = cache.get(key);
      if (!classes) cache.set(key, (classes = classesOf(key)));
      return classes;
    },
    classFor(key) {
      const meaning = meanings.get(key);
      return meaning && hasMembers[meaning.of]! ? { name: names[meaning.of]! } : undefined;
    },
    isEntry: (key) => meanings.has(key),
  };
}

/** Whether a compound holds these words, side by side. */
const holds = (key: string, words: string): boolean => ` ${key} `.includes(` ${words} `);
