import { VISIBLE } from '../lexicon/fields.ts';
import { readMeanings, type Meaning } from '../lexicon/read-meanings.ts';
import type { Pair } from './compile-forms.ts';
import { adjectiveForms, verbForms } from './english-inflections.ts';
import { pluralOf, type Exceptions } from './english-pairs.ts';

/** English words of one stem that have to do with each other: "decorate", "decoration". "Busy" and "business" are of two families. */
export interface Families {
  /** Whether two words of one stem are of one family. */
  areOne(one: string, other: string): boolean;
  /** Whether a noun's family is to have a term of its own. */
  isApart(noun: string): boolean;
  /** Whether the words of a stem are of more than one family. */
  isShared(stem: string): boolean;
}

/** Pointers between words that one is made of the other: derivation, pertainym, participle, opposite. */
const OF_WORDS = new Set(['+', '\\', '<', '!']);
/** Pointers between meanings: kinds, parts, members, substances, likeness, attributes, causes, groups of verbs. */
const OF_MEANINGS = new Set(['@', '@i', '#p', '%p', '#s', '%s', '#m', '%m', '&', '^', '=', '*', '>', '$']);
/** Endings of adjectives that are made of nouns, which WordNet does not always tie to them: "gloved", "idiotic", "fruitful". */
const OF_NOUNS = ['ed', 'ful', 'ic', 'istic', 'less', 'ous'];
/** Endings that words have beside a noun in -er: "bricklaying", "overachievement", "geographic", "experimental". */
const BESIDE_ER = ['ing', 'ement', 'ed', 'ic', 'al'];

/**
 * Families by WordNet. Words of one stem are tied where they share a meaning, where WordNet derives one from the other, where one is a kind, a
 * part or a form of the other, and where a definition of one has the other. Only leading meanings count: "stock" is hardly ever a stocking. Families of one stem are
 * apart only as far as no tie leads from one to the other through words of the stem.
 *
 * The family that keeps the stem is one that texts have verbs or adjectives of, or else that of the commonest noun. Another is apart if texts have nouns of
 * it, no verbs or adjectives, and a picture can show what its nouns or the commonest word of the stem mean.
 *
 * @param pairs words with their bases
 * @param stem the term of a base
 */
export function englishFamilies(
  pairs: readonly Pair[],
  exceptions: Exceptions,
  stem: (word: string) => string,
): Families {
  const bases = new Map(pairs);
  const baseOf = (word: string) => bases.get(word) ?? word;
  const words = new Set(bases.values());
  const stems = new Map(Array.from(words, (word) => [word, stem(word)]));
  const leaders = new Map<string, string>();
  const leaderOf = (word: string): string => {
    const leader = leaders.get(word);
    return leader === undefined ? word : leaderOf(leader);
  };
  const familyOf = (word: string) => leaderOf(baseOf(word));
  const tie = (one: string, other: string) => {
    const [from, to] = [baseOf(one), baseOf(other)];
    const isOfStem = words.has(from) && stems.get(from) === stems.get(to);
    const [a, b] = [leaderOf(from), leaderOf(to)];
    if (isOfStem && a !== b) leaders.set(a, b);
  };

  const meanings = readMeanings();
  const known = usesIn(meanings.values());
  tieMeanings(meanings, tie);
  for (const { word, form } of verbForms([...known.verb.keys()], exceptions.verbs)) tie(word, form);
  for (const { word, form } of adjectiveForms([...known.adj.keys()], exceptions.adjectives))
    if (!known.noun.has(form)) tie(word, form);
  tieEndings(words, known, tie);

  const apart = new Set<string>();
  const shared = new Set<string>();
  const nounUses = (word: string) => known.noun.get(word)?.tagged ?? 0;
  // Adverbs in -ly are of an adjective, if WordNet has it or not.
  const otherUses = (word: string) =>
    (['verb', 'adj', 'adv'] as const).reduce(
      (sum, part) => sum + (part === 'adv' && word.endsWith('ly') ? 0 : (known[part].get(word)?.tagged ?? 0)),
      0,
    );
  const sumOf = (family: readonly string[], usesOf: (word: string) => number) =>
    family.reduce((sum, word) => sum + usesOf(word), 0);
  const most = (of: readonly string[], usesOf: (word: string) => number) =>
    of.reduce((one, other) => (usesOf(other) > usesOf(one) ? other : one));
  const isSeen = (word: string) => VISIBLE.has(known.noun.get(word)?.field ?? -1);
  for (const [term, ofStem] of Map.groupBy(words, (word) => stems.get(word)!)) {
    const families = [...Map.groupBy(ofStem, familyOf).values()];
    if (families.length === 1) continue;
    const withOthers = families.filter((family) => sumOf(family, otherUses) > 0);
    const commonest = most(ofStem, nounUses);
    const all = (word: string) => nounUses(word) + otherUses(word);
    const [ofOthers] = withOthers.toSorted((one, other) => sumOf(other, all) - sumOf(one, all));
    const keeping = ofOthers ?? families.find((family) => family.includes(commonest))!;
    const first = most(keeping, all);
    for (const family of families) {
      const nouns = family.filter((word) => nounUses(word) > 0);
      if (family === keeping || withOthers.includes(family) || nouns.length === 0) continue;
      // "Grating" is also what somebody does with cheese.
      if (nouns.some((noun) => noun.endsWith('ing')) && family.some((word) => known.verb.has(word))) continue;
      if (!nouns.some(isSeen) && !isSeen(first)) continue;
      apart.add(familyOf(family[0]!));
      shared.add(term);
    }
  }
  return {
    areOne: (one, other) => familyOf(one) === familyOf(other),
    isApart: (noun) => apart.has(familyOf(noun)),
    isShared: (term) => shared.has(term),
  };
}

type Tie = (one: string, other: string) => void;
/** How often texts have a word as a part of speech, and the field of its first meaning. */
type Known = Readonly<Record<Meaning['part'], Map<string, { tagged: number; readonly field: number }>>>;

function usesIn(meanings: Iterable<Meaning>): Known {
  const known: Known = { noun: new Map(), verb: new Map(), adj: new Map(), adv: new Map() };
  const firsts = new Map<string, number>();
  for (const { part, uses, field } of meanings)
    for (const { word, tagged } of uses) {
      const so = known[part].get(word);
      // The most frequent meaning is the first.
      const best = firsts.get(`${part} ${word}`) ?? -1;
      if (tagged > best) firsts.set(`${part} ${word}`, tagged);
      known[part].set(word, {
        tagged: (so?.tagged ?? 0) + tagged,
        field: so === undefined || tagged > best ? field : so.field,
      });
    }
  return known;
}

function tieMeanings(meanings: ReadonlyMap<string, Meaning>, tie: Tie): void {
  const leading = (meaning: Meaning) => meaning.uses.filter(({ leads }) => leads).map(({ word }) => word);
  /** By verbs, the words that are derived of each: "apply" has "applicant" and "application". */
  const siblings = new Map<string, string[]>();
  const tieAll = (some: readonly string[], others: readonly string[]) => {
    for (const one of some) for (const other of others) tie(one, other);
  };
  for (const meaning of meanings.values()) {
    const words = leading(meaning);
    tieAll(words, words);
    const defined = meaning.uses.filter(({ isFirst }) => isFirst).map(({ word }) => word);
    tieAll(defined, meaning.definition.toLowerCase().match(/[a-z]+/g) ?? []);
    for (const pointer of meaning.pointers) {
      const other = meanings.get(pointer.to)!;
      if (pointer.words === undefined) {
        if (!OF_MEANINGS.has(pointer.kind)) continue;
        tieAll(words, leading(other));
        if (pointer.kind === '@')
          for (const { kind, to } of other.pointers)
            if (kind === '@') tieAll(words, leading(meanings.get(to)!));
      } else if (OF_WORDS.has(pointer.kind)) {
        const [from, to] = [meaning.uses[pointer.words[0]]!, other.uses[pointer.words[1]]!];
        if (!from.leads && !to.leads) continue;
        tie(from.word, to.word);
        if (pointer.kind === '+' && meaning.part === 'verb')
          siblings.set(from.word, [...(siblings.get(from.word) ?? []), to.word]);
      }
    }
  }
  for (const words of siblings.values()) tieAll(words, words);
}

/** Ties that the form of a word tells. */
function tieEndings(words: Iterable<string>, known: Known, tie: Tie): void {
  const isUsed = (adjective: string) => (known.adj.get(adjective)?.tagged ?? 0) > 0;
  for (const word of words) {
    const isNoun = known.noun.has(word);
    // "Goods" are mostly more than one good.
    if (isNoun && known.noun.has(pluralOf(word))) tie(word, pluralOf(word));
    for (const ending of known.adj.has(word) ? OF_NOUNS.filter((some) => word.endsWith(some)) : []) {
      const root = word.slice(0, -ending.length);
      for (const noun of [root, `${root}e`, `${root}y`, `${root}ist`])
        if (known.noun.has(noun)) tie(word, noun);
    }
    // "Vertebral" is of a vertebra, and of vertebrates.
    if (known.adj.has(word) && word.endsWith('al'))
      for (const ending of ['a', 'ate'])
        if (known.noun.has(word.slice(0, -2) + ending)) tie(word, word.slice(0, -2) + ending);
    if (!isNoun || !word.endsWith('er')) continue;
    // Who lives in the north is a northerner, who is in prison a prisoner. An officer is in no office.
    const [root, withE] = [word.slice(0, -2), word.slice(0, -1)];
    if (known.noun.has(root) || isUsed(root)) tie(word, root);
    if (isUsed(withE)) tie(word, withE);
    for (const ending of BESIDE_ER) tie(word, root + ending);
  }
}
