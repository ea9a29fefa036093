import type { Pair } from './compile-forms.ts';

/** Nouns of a language, as texts are normalized, and what tells two of them apart. */
export interface Nouns {
  /** Each word with its other forms. */
  readonly forms: ReadonlyMap<string, readonly string[]>;
  /** Whether a word is a noun that texts have; others only follow one that is the same word. */
  readonly isNoun: (word: string) => boolean;
  /** Whether a word is one of a verb or an adjective as well: then it keeps the stem that these have. @param term the stem */
  readonly isElsewhere: (word: string, term: string) => boolean;
  /** Of these words whether texts have the noun more often by far, so that another of the stem may keep it. */
  readonly isMostlyNoun?: (word: string) => boolean;
  /** Whether a noun has nothing to do with the verb whose stem it has: "Leber" is not of "leben". @param term the stem */
  readonly isApart?: (noun: string, term: string) => boolean;
  /** How often a noun is written, in any unit. */
  readonly frequencyOf: (noun: string) => number;
  /** Whether two nouns that have one stem are two words: "puerto" and "puerta", but not "gato" and "gata". */
  readonly areTwo: (one: string, other: string) => boolean;
  /** Whether a word that is no such noun is one with another: "gata" with "gato". */
  readonly areOne?: (one: string, other: string) => boolean;
}

/**
 * Nouns that the stemmer joins with another, each with the form that is its term instead of the stem: "puerta", beside "puerto". Of such
 * nouns the commonest keeps the stem, or the one that another part of speech is written like.
 *
 * @param termOf the term of a word so far
 */
export function partNouns(
  {
    forms,
    isNoun,
    isElsewhere,
    isMostlyNoun = () => false,
    isApart = () => false,
    frequencyOf,
    areTwo,
    areOne,
  }: Nouns,
  termOf: (word: string) => string,
): Pair[] {
  const parted: Pair[] = [];
  const taken = new Set(Array.from(forms.keys(), termOf));
  const some = (group: readonly string[], is: (word: string) => boolean) =>
    group.some((noun) => [noun, ...forms.get(noun)!].some(is));
  for (const [term, words] of Map.groupBy(forms.keys(), termOf)) {
    const nouns = words.filter(isNoun).sort((a, b) => frequencyOf(b) - frequencyOf(a));
    const groups = groupsOf(nouns, areTwo);
    const elsewhere = groups.filter((group) => some(group, (word) => isElsewhere(word, term)));
    const rather = elsewhere.filter((group) =>
      some(group, (word) => isElsewhere(word, term) && !isMostlyNoun(word)),
    );
    const staying = rather.length > 0 ? rather : [elsewhere[0] ?? groups[0]];
    for (const group of groups) {
      if (staying.includes(group) && !group.every((noun) => isApart(noun, term))) continue;
      const own = [...group, ...group.flatMap((noun) => forms.get(noun)!)].find((form) => !taken.has(form));
      if (own === undefined) continue;
      taken.add(own);
      const following = words.filter((word) => !isNoun(word) && group.some((noun) => areOne?.(word, noun)));
      for (const noun of [...group, ...following]) parted.push([noun, own]);
    }
  }
  return parted.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Nouns that are one word or derived of one ("casa", "casale"), in the order of their first: no two of a group are two words. */
function groupsOf(nouns: readonly string[], areTwo: Nouns['areTwo']): string[][] {
  const groups: string[][] = [];
  for (const noun of nouns) {
    const group = groups.find((some) => !some.some((other) => areTwo(noun, other)));
    if (group) group.push(noun);
    else groups.push([noun]);
  }
  return groups;
}

/** What is left of two words behind the letters that they begin with alike. */
export function endsOf(one: string, other: string): [string, string] {
  let same = 0;
  while (same < Math.min(one.length, other.length) && one[same] === other[same]) same += 1;
  return [one.slice(same), other.slice(same)];
}
