import type { Lexicon } from '../../../lib/lexicon/lexicon.ts';

interface Meaning {
  /** Index of the class whose word or synonym this is. */
  readonly of: number;
  readonly isName: boolean;
  /** Whether the wider classes hold for it, too. */
  readonly isSure: boolean;
}

/**
 * A lexicon straight from the lines of compile-lexicon.ts, all of them in memory: what the reader of the file has to agree
 * with. It shares no code with the reader.
 */
export function parsedLexicon(lines: readonly string[]): Lexicon {
  const meanings = new Map<string, Meaning>();
  const exocentric = new Set<string>();
  const participles = new Set<string>();
  const nouns = new Set<string>();
  const names: string[] = [];
  const isCounted: boolean[] = [];
  const widerNames: (readonly string[])[] = [];
  const hasMembers: boolean[] = [];
  for (const [of, line] of lines.entries()) {
    const [marked, wider = '', synonyms = ''] = line.split(';') as [string, string?, string?];
    const name = marked.replace(/^[~+!^%]+/, '');
    if (marked.slice(0, -name.length).includes('^')) exocentric.add(name);
    if (marked.slice(0, -name.length).includes('%')) participles.add(name);
    if (marked.slice(0, -name.length).includes('+')) nouns.add(name);
    names.push(name);
    isCounted.push(marked.slice(0, -name.length).includes('!'));
    widerNames.push(wider === '' ? [] : wider.split(','));
    hasMembers.push(synonyms !== '' || isCounted[of]!);
    meanings.set(name, { of, isName: true, isSure: !marked.startsWith('~') });
    if (synonyms === '') continue;
    for (const synonym of synonyms.split(',')) {
      const key = synonym.replace(/^[~+^%]+/, '');
      if (synonym.slice(0, -key.length).includes('^')) exocentric.add(key);
      if (synonym.slice(0, -key.length).includes('%')) participles.add(key);
      if (synonym.slice(0, -key.length).includes('+')) nouns.add(key);
      meanings.set(key, { of, isName: false, isSure: !synonym.startsWith('~') });
    }
  }
  const wider = widerNames.map((above) => above.map((name) => meanings.get(name)!.of));
  for (const above of wider) for (const of of above) hasMembers[of] = true;
  const beginnings = new Set<string>();
  for (const key of meanings.keys()) if (key.includes(' ')) beginnings.add(key.slice(0, key.indexOf(' ')));
  const cache = new Map<string, readonly string[]>();

  function classesOf(key: string, asNoun: boolean): string[] {
    const meaning = meanings.get(key);
    if (!meaning) return [];
    const found = new Set<number>();
    if (!meaning.isName || isCounted[meaning.of]!) found.add(meaning.of);
    if (meaning.isSure || (asNoun && nouns.has(key))) climb(meaning.of, found);
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
    fingerprint: 'parsed',
    beginsCompound: (term) => beginnings.has(term),
    isCompound: (key) => key.includes(' ') && meanings.has(key),
    isExocentric: (key) => exocentric.has(key),
    hasParticiple: (key) => participles.has(key),
    isNoun: (key) => nouns.has(key),
    classesOf(key, asNoun = false) {
      const asked = `${key} ${asNoun}`;
      let classes = cache.get(asked);
      if (!classes) cache.set(asked, (classes = classesOf(key, asNoun)));
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
