import { isParticiple, PARTICIPLE } from '../../text/noun-reading.ts';
import type { Analyzer } from '../../text/analyzer.ts';
import { FEW_TAGGED, secondSense, shownSenses, usesOf, visibleSense } from './choose-sense.ts';
import { COMMON, countWritten } from './count-uses.ts';
import { ANIMAL, ARTIFACT, LEARNED, PERSON, PLANT, THINGS, VISIBLE } from './fields.ts';
import { keyOf } from './key-of.ts';
import { isKindOf } from './kinds.ts';
import { irregularPlurals } from './noun-forms.ts';
import type { Sense, Synset, WordNet } from './read-wordnet.ts';

/** A noun whose meaning is rarer than this among all uses of the word says nothing sure. */
const SURE_SHARE = 0.4;
/** Rarer meanings are no synonyms either. */
const SYNONYM_SHARE = 0.05;
/** Of the uses of a stem, those of a noun that ends like a participle, at least, for the noun to be meant by its own form. */
const OWN_FORM_SHARE = 0.2;
/** Where texts have so many times more of a plural that is a noun of its own, the stem means that. */
const PLURAL_OF_ITS_OWN = 2;
/** A compound that nobody tagged needs a last word as common as this. */
const COMPOUND_USES = 3;

/** Fields of what has a name for each of its kinds. */
const SPECIES = new Set([ANIMAL, PLANT]);

/** What a word or a compound means, as far as it helps finding pictures. Keys are analysed terms joined by spaces. */
export interface Meaning {
  readonly synset: string;
  /** Another meaning that the word has as well about as often, where neither has another name: "glass". */
  readonly also?: string;
  /** Meanings that nouns of the key have besides, and people have in mind now and then: "drink", a beverage; "clothing" beside "clothes". */
  readonly others: readonly string[];
  /** Whether the word mostly means this, so that its wider meanings hold, too. */
  readonly isSure: boolean;
  /** Whether the noun mostly means this, of a word that is not sure because it is a verb as well: "bear". */
  readonly isSureAsNoun: boolean;
  readonly uses: number;
  /** Of a compound: whether it is no kind of what its last word names. */
  readonly isExocentric: boolean;
  /** Whether a noun of the key ends like a participle ("building"). */
  readonly isParticiple: boolean;
}

/** A plural that is a noun of its own: "spectacles". */
const isFormOf = (noun: string, other: string): boolean => noun === `${other}s` || noun === `${other}es`;

/** What each noun and compound of WordNet means, by analysed terms; nouns of one stem share one. */
export function findMeanings(
  wordNet: WordNet,
  analyzer: Analyzer,
  uses: ReadonlyMap<string, number>,
): Map<string, Meaning> {
  const { nouns, synsets, tagged, otherParts } = wordNet;
  const stem = (word: string) => analyzer.terms(word).join(' ');
  const written = countWritten(wordNet);
  const taggedStems = new Map<string, number>();
  for (const [word, count] of tagged) taggedStems.set(stem(word), (taggedStems.get(stem(word)) ?? 0) + count);
  const otherStems = new Set(Array.from(otherParts, stem));

  /** All nouns of one stem: an engine is no engineer. */
  const nounsOf = Map.groupBy(nouns.keys(), (noun) => keyOf(noun, analyzer) ?? '');

  const best = new Map<string, Meaning & { readonly total: number; readonly noun: string }>();
  const others = new Map<string, string[]>();
  const participles = new Set(
    Array.from(nouns).flatMap(([noun, senses]) => {
      const key = PARTICIPLE.test(noun) ? keyOf(noun, analyzer) : undefined;
      const canBeSeen = senses.some(({ synset }) => VISIBLE.has(synsets.get(synset)!.field));
      return key !== undefined && endsLikeParticiple(noun, key) && canBeSeen ? [key] : [];
    }),
  );
  for (const [noun, all] of nouns) {
    const key = keyOf(noun, analyzer);
    const senses = shownSenses(noun, all, synsets);
    const sense = visibleSense(noun, senses, synsets);
    if (key === undefined || !sense) continue;
    const nounTotal = usesOf(senses);
    if (nounTotal === 0 && isDescription(noun, sense, wordNet)) continue;
    const ofStem = (taggedStems.get(key) ?? 0) - (usesOf(all) - nounTotal);
    // Verbs of a participle's stem are told apart where texts are read: a building is one, whatever is built. Not so where hardly anything else
    // has the stem of the verb: "filled" is rarely of a filling.
    const isOwnForm =
      participles.has(key) &&
      nounTotal >= COMMON &&
      sense.tagged >= OWN_FORM_SHARE * ofStem &&
      endsLikeParticiple(noun, key);
    const total = Math.max(nounTotal, isOwnForm ? (tagged.get(noun) ?? 0) : ofStem);
    const other = best.get(key);
    const seen = senses.filter(
      ({ synset, tagged: uses }) => uses > 0 && THINGS.has(synsets.get(synset)!.field),
    );
    if (!key.includes(' '))
      others.set(key, [...(others.get(key) ?? []), ...seen.map(({ synset }) => synset)]);
    // "Woods" are not wood, and wood is what most texts have.
    if (other && isFormOf(noun, other.noun) && nounTotal < PLURAL_OF_ITS_OWN * other.total) continue;
    // Two nouns with one stem, of which nothing says that it is the more common one: "moped" is no kind of "mope".
    if (other && other.total === nounTotal && other.synset !== sense.synset && !isFormOf(noun, other.noun))
      best.set(key, { ...other, isSure: false, isSureAsNoun: false });
    // "Jeans" are no jean, and definitions have the plural.
    const isRatherPlural =
      other !== undefined &&
      other.total + nounTotal === 0 &&
      isFormOf(noun, other.noun) &&
      synsets.get(sense.synset)!.field === synsets.get(other.synset)!.field &&
      written(noun) >= PLURAL_OF_ITS_OWN * Math.max(1, written(other.noun));
    if (other && other.total >= nounTotal && !isRatherPlural) continue;
    const isOtherPart = !key.includes(' ') && otherStems.has(key);
    const isSure = isSureOf(sense, total, isOtherPart, senses.length);
    // Where nobody tagged any use, nothing speaks against a meaning either.
    const isSynonym = total === 0 || sense.tagged >= Math.max(1, SYNONYM_SHARE * total);
    const isSureAsNoun =
      !isSure &&
      isVerbToo(noun, sense.synset, wordNet) &&
      isMostly(sense, all, synsets) &&
      nounsOf.get(key)!.every((of) => of === noun || isFormOf(of, noun) || of.endsWith('ing'));
    if (!isSure && !isSynonym && !isSureAsNoun) continue;
    if (!isKnown(key, nounTotal, synsets.get(sense.synset)!, uses)) continue;
    const common = key.includes(' ') ? nounTotal : (uses.get(key) ?? 0);
    const also = secondSense(noun, sense, senses, synsets);
    best.set(key, {
      synset: sense.synset,
      ...(also !== undefined && { also }),
      others: [],
      isSure,
      isSureAsNoun,
      uses: common,
      isExocentric: isExocentric(noun, sense.synset, wordNet),
      isParticiple: participles.has(key),
      total: nounTotal,
      noun,
    });
  }
  for (const [key, meaning] of best) best.set(key, { ...meaning, others: others.get(key) ?? [] });
  const alias = (key: string, of: string) => {
    const meaning = best.get(of);
    if (meaning && !best.has(key)) best.set(key, { ...meaning, isSureAsNoun: false });
  };
  for (const [plural, singular] of irregularPlurals(nouns.keys())) {
    const meaning = best.get(stem(singular));
    if (meaning) best.set(stem(plural), { ...meaning, isSure: true });
  }
  for (const { joined, first, last } of spellings([...nouns.keys()], uses, stem)) {
    const meaning = best.get(stem(joined));
    if (meaning && isSpelledApart(meaning.synset, first, last, wordNet))
      alias(`${stem(first)} ${stem(last)}`, stem(joined));
  }
  // "hot dog" is a "hotdog", in the meaning that has more names.
  const namesOf = (synset: string) => synsets.get(synset)!.lemmas.length;
  for (const noun of nouns.keys()) {
    const together = stem(noun.replaceAll('_', ''));
    const apart = noun.includes('_') ? keyOf(noun, analyzer) : undefined;
    const both = [best.get(together), apart === undefined ? undefined : best.get(apart)];
    const [one, other] = both;
    if (apart === undefined || !one || !other || one.synset === other.synset) continue;
    const isSame = nouns.get(noun)!.some(({ synset }) => synset === one.synset);
    if (!isSame) continue;
    const { synset } = namesOf(other.synset) > namesOf(one.synset) ? other : one;
    best.set(apart, { ...other, synset });
    best.set(together, { ...one, synset });
  }
  for (const verbs of wordNet.verbs) joinDoers(verbs.map(stem), best, synsets);
  return best;
}

/** Whether the last word of a noun is a participle of the last term of its key. */
const endsLikeParticiple = (noun: string, key: string): boolean =>
  isParticiple(noun.slice(noun.lastIndexOf('_') + 1), key.slice(key.lastIndexOf(' ') + 1));

/** Whether a thing or a person goes by a noun first that is a verb as well. Adjectives stand where nouns do: an orange cat is no fruit. */
function isVerbToo(noun: string, synset: string, { otherParts, adjectives, synsets }: WordNet): boolean {
  const { field, lemmas } = synsets.get(synset)!;
  const isSeen = field === PERSON || THINGS.has(field);
  return isSeen && lemmas[0]!.toLowerCase() === noun && otherParts.has(noun) && !adjectives.has(noun);
}

/**
 * Whether a noun mostly means this: by several tagged uses, or by fewer where it names no other thing. A bat may be another thing. What grows or lives needs
 * no tags if it is the noun's first meaning.
 */
function isMostly(sense: Sense, all: readonly Sense[], synsets: WordNet['synsets']): boolean {
  const fieldOf = ({ synset }: Sense) => synsets.get(synset)!.field;
  const total = usesOf(all);
  if (total > 0 && sense.tagged <= total / 2) return false;
  if (sense.tagged >= FEW_TAGGED) return true;
  const isAlone = all.every((other) => other.synset === sense.synset || !THINGS.has(fieldOf(other)));
  return isAlone && (sense.tagged > 0 || (LEARNED.has(fieldOf(sense)) && all[0]!.synset === sense.synset));
}

/** Leaves out what hardly anybody would write about a picture. */
function isKnown(key: string, tagged: number, { field }: Synset, uses: ReadonlyMap<string, number>): boolean {
  if (tagged > 0) return true;
  const last = uses.get(key.slice(key.lastIndexOf(' ') + 1)) ?? 0;
  return key.includes(' ') ? last >= COMPOUND_USES : !LEARNED.has(field) || last > 0;
}

/**
 * A noun with one meaning that is a verb as well, while nobody tagged either, lends its meaning to the verb: to motorcycle
 * is to ride one.
 */
const isSureOf = ({ tagged }: Sense, total: number, isOtherPart: boolean, senses: number): boolean =>
  total < FEW_TAGGED
    ? tagged > 0 || !isOtherPart || (total === 0 && senses === 1)
    : tagged / total >= SURE_SHARE;

/**
 * Whether a compound is rather read word by word: it begins with an adjective and is nothing of what its last word names, as the butterfly
 * "small white" and the crest of a wave "white horse". A species goes by a name of its own: what most call a fisher is no black cat, and a red
 * bat is as well one to play with.
 */
function isDescription(noun: string, { synset }: Sense, wordNet: WordNet): boolean {
  const { field, lemmas } = wordNet.synsets.get(synset)!;
  // Boys and girls are no herb.
  if (/[_-]and[_-]/.test(noun) && SPECIES.has(field)) return true;
  const words = noun.split('_');
  if (words.length === 1 || !wordNet.adjectives.has(words[0]!)) return false;
  const ends = words.slice(1).map((_, i) => words.slice(i + 1).join('_'));
  const isNamed = ends.some((end) => isNamedBy(end, synset, wordNet));
  if (!SPECIES.has(field)) return !isNamed && !ends.some((end) => isLike(synset, end, wordNet, 1));
  const isMade = (wordNet.nouns.get(words.at(-1)!) ?? []).some(
    (sense) => wordNet.synsets.get(sense.synset)!.field === ARTIFACT,
  );
  if (isNamed) return isMade;
  return lemmas[0]!.toLowerCase() !== noun || !ends.some((end) => isLike(synset, end, wordNet, 1));
}

/** Whether a noun of two nouns together means the same where they stand apart. A whitetail is a deer, and a white tail none. */
function isSpelledApart(synset: string, first: string, last: string, wordNet: WordNet): boolean {
  const isSpecies = LEARNED.has(wordNet.synsets.get(synset)!.field);
  return isSpecies && wordNet.adjectives.has(first)
    ? isNamedBy(last, synset, wordNet)
    : isLike(synset, last, wordNet);
}

/** Whether a meaning is of a kind that a noun names, in any of its meanings. */
const isNamedBy = (noun: string, synset: string, { nouns, synsets }: WordNet): boolean =>
  (nouns.get(noun) ?? []).some((sense) => isKindOf(synsets, synset, sense.synset));

/** Whether a meaning is of a field that one of the first meanings of a noun is of: a "leather jacket" is no fish. */
const isLike = (synset: string, noun: string, { nouns, synsets }: WordNet, most = Infinity): boolean =>
  (nouns.get(noun) ?? [])
    .slice(0, most)
    .some((sense) => synsets.get(sense.synset)!.field === synsets.get(synset)!.field);

/** Nouns that are one verb, of which one is a kind of the other, are the same in pictures: to motorbike is to motorcycle. */
function joinDoers(keys: readonly string[], best: Map<string, Meaning>, synsets: WordNet['synsets']): void {
  for (const kind of keys) {
    const meaning = best.get(kind);
    const wider = keys
      .map((key) => best.get(key))
      .find(
        (of) => of && meaning && isKindOf(synsets, meaning.synset, of.synset) && of.synset !== meaning.synset,
      );
    if (wider && meaning!.uses < wider.uses) best.set(kind, { ...meaning!, synset: wider.synset });
  }
}

/** Nouns that are two nouns written together ("wineglass"), with the two apart, as many write them. */
function* spellings(
  nouns: readonly string[],
  uses: ReadonlyMap<string, number>,
  stem: (word: string) => string,
): Generator<{ joined: string; first: string; last: string }> {
  const known = new Set(nouns);
  const isPart = (word: string) => known.has(word) && (uses.get(stem(word)) ?? 0) >= COMMON;
  for (const noun of nouns) {
    if (noun.includes('_')) continue;
    for (let cut = 3; cut <= noun.length - 3; cut += 1) {
      const [first, last] = [noun.slice(0, cut), noun.slice(cut)];
      if (isPart(first) && isPart(last)) yield { joined: noun, first, last };
    }
  }
}

/** Whether a compound is no kind of anything that its last word names: a teddy bear is no bear. */
function isExocentric(noun: string, synset: string, { nouns, synsets }: WordNet): boolean {
  const words = noun.split('_');
  const senses = nouns.get(words.at(-1)!) ?? [];
  if (words.length === 1 || senses.length === 0) return false;
  return !senses.some((sense) => sense.synset !== synset && isKindOf(synsets, synset, sense.synset));
}
