import { isParticiple } from '../../text/index-terms.ts';
import { tokenize } from '../../text/tokenize.ts';
import type { Analyzer } from '../../text/analyzer.ts';
import { FEW_TAGGED, secondSense, shownSenses, usesOf, visibleSense } from './choose-sense.ts';
import { ARTIFACT, LEARNED, PERSON, THINGS, TOPS, VISIBLE } from './fields.ts';
import { flowersOf } from './flowers.ts';
import { countKinds, isKindOf, kindsBelow } from './kinds.ts';
import { irregularPlurals } from './noun-forms.ts';
import type { Sense, Synset, WordNet } from './read-wordnet.ts';

/** A noun whose meaning is rarer than this among all uses of the word says nothing sure. */
const SURE_SHARE = 0.4;
/** Rarer meanings are no synonyms either. */
const SYNONYM_SHARE = 0.05;
/** Of the uses of a stem, those of a noun that ends like a participle, at least, for the noun to be meant by its own form. */
const OWN_FORM_SHARE = 0.2;
/** Wider meanings are worth a term when people use their name: uses in WordNet's own definitions and tagged texts. */
const COMMON = 20;
/** Meanings with more kinds than this (object, artifact, organism) tell nothing apart. */
const MOST_KINDS = 9_000;
/** The file has room for no more. */
const MOST_WIDER = 3;
const LONGEST_COMPOUND = 3;
/** Where texts have so many times more of a plural that is a noun of its own, the stem means that. */
const PLURAL_OF_ITS_OWN = 2;
/** So many kinds of things, and so many times more, make a second meaning the one that a class is of. */
const MANY_KINDS = 100;
const FAR_MORE_KINDS = 10;
/** Of the kinds of a meaning those of one of them, at least, for that to stand for it. */
const NEARLY_ALL = 0.9;
/** A compound that nobody tagged needs a last word as common as this. */
const COMPOUND_USES = 3;
/** A compound that begins or ends so is a verb with its particle, or half of something. */
const FUNCTION_WORDS = new Set(
  'a about an and as at away been by down for from has in of off on or out over the through to up with'.split(
    ' ',
  ),
);

/** What a word or a compound means, as far as it helps finding pictures. Keys are analysed terms joined by spaces. */
interface Meaning {
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

/**
 * The lexicon as lines, one a class, in order:
 *
 *     name;wider,wider;synonym,~synonym
 *
 * `~` marks a word that often means something else, so that it stands for the class but not for what is wider; `!`
 * marks a name whose mentions are counted in its own class, because compounds end in it that mean something else; `^` marks such a
 * compound, `%` a key of which a noun ends like a participle, and `+` a word that is a verb as well: where it is read as a noun, it stands for what is
 * wider, too. The same WordNet and analyzer give the same lines. encode-lexicon.ts makes the file of them.
 */
export function compileLexicon(wordNet: WordNet, analyzer: Analyzer): string[] {
  const uses = countUses(wordNet, analyzer);
  const kinds = countKinds(wordNet.synsets);
  const things = countKinds(wordNet.synsets, ({ field }) => THINGS.has(field));
  const meanings = new Map<string, Meaning>(
    Array.from(findMeanings(wordNet, analyzer, uses), ([key, { also, ...meaning }]): [string, Meaning] => {
      // A class is there for its kinds: of a plant those that grow, of a drink all beverages.
      const [most] = [also ?? [], ...meaning.others].flat().toSorted((a, b) => things(b) - things(a));
      const isThing = most === also || THINGS.has(wordNet.synsets.get(meaning.synset)!.field);
      const isRather =
        most !== undefined &&
        isThing &&
        things(most) > Math.max(MANY_KINDS, FAR_MORE_KINDS * things(meaning.synset));
      if (isRather) return [key, { ...meaning, synset: most }];
      if (also === undefined) return [key, meaning];
      // A girl stays another word for a young woman.
      const hasOtherNames = wordNet.synsets.get(meaning.synset)!.lemmas.length > 1;
      return [key, hasOtherNames ? meaning : { ...meaning, also }];
    }),
  );
  const [twofold, simple] = [true, false].map((isTwofold) =>
    Array.from(meanings.keys()).filter((key) => (meanings.get(key)!.also !== undefined) === isTwofold),
  ) as [string[], string[]];
  const keysOf = Map.groupBy(simple, (key) => meanings.get(key)!.synset);

  /** The key that a meaning goes by: its first lemma that means just this. */
  const names = new Map<string, string>();
  for (const [synset, keys] of keysOf) {
    const lemmaKeys = wordNet.synsets.get(synset)!.lemmas.map((lemma) => keyOf(lemma, analyzer));
    names.set(synset, lemmaKeys.find((key) => key !== undefined && keys.includes(key)) ?? keys[0]!);
  }
  const isCommon = (synset: string) => {
    const name = meanings.get(names.get(synset) ?? '');
    return (
      name !== undefined &&
      kinds(synset) <= MOST_KINDS &&
      (name.isSure || name.isSureAsNoun) &&
      name.uses >= COMMON
    );
  };
  const narrower = kindsBelow(wordNet.synsets);
  const heads = exocentricHeads(meanings, wordNet.synsets);
  const marked = (key: string, marks = '') =>
    [
      meanings.get(key)!.isSure ? '' : '~',
      meanings.get(key)!.isSureAsNoun ? '+' : '',
      marks,
      meanings.get(key)!.isExocentric ? '^' : '',
      meanings.get(key)!.isParticiple ? '%' : '',
      key,
    ].join('');

  /** Whom a person is named after with an adjective before: a girl, "female child", is a child. */
  const namedAfter = (synset: string): string[] => {
    const { field, lemmas } = wordNet.synsets.get(synset)!;
    return field !== PERSON
      ? []
      : lemmas.flatMap((lemma) => {
          const [first, last, ...more] = lemma.split('_') as [string, string?, ...string[]];
          const of =
            last === undefined || more.length > 0 ? undefined : meanings.get(keyOf(last, analyzer) ?? '');
          const isPerson = of !== undefined && wordNet.synsets.get(of.synset)!.field === PERSON;
          return isPerson && wordNet.adjectives.has(first) && of.synset !== synset ? [of.synset] : [];
        });
  };
  /**
   * What things of many kinds are called for short: a musical instrument is an instrument, and solid food is food. Of others that says little: a
   * gravy boat is no boat.
   */
  const shortFor = (synset: string): string[] => {
    const { field, lemmas } = wordNet.synsets.get(synset)!;
    if (!THINGS.has(field) || things(synset) < MANY_KINDS) return [];
    return lemmas.flatMap((lemma) => {
      const last = lemma.split('_').at(-1)!;
      const of =
        last !== lemma && lemmas.includes(last)
          ? meanings.get(keyOf(last, analyzer) ?? '')?.synset
          : undefined;
      if (of === undefined || of === synset) return [];
      return [field, TOPS].includes(wordNet.synsets.get(of)!.field) ? [of] : [];
    });
  };
  /** What has no name but "something" in its definition goes by its one kind that has nearly all kinds of it: a conveyance is a vehicle. */
  const knownAs = (synset: string): string[] => {
    if (isCommon(synset) || !/^(?:some|any)thing\b/.test(wordNet.synsets.get(synset)!.definition)) return [];
    return (narrower.get(synset) ?? []).filter((kind) => kinds(kind) >= NEARLY_ALL * kinds(synset));
  };
  const [flower, tree] = ['flower', 'tree'].map((word) => meanings.get(keyOf(word, analyzer)!)?.synset);
  const flowers = tree === undefined ? new Set<string>() : flowersOf(wordNet.synsets, tree);
  /** Nearest wider meanings that are worth a term. */
  const widerOf = (synset: string): string[] => {
    const found = new Set<string>();
    const seen = new Set<string>();
    const visit = (at: string) => {
      for (const wider of [...shortFor(at), ...widerOfThing(at, wordNet.synsets), ...knownAs(at)]) {
        if (wider === synset || seen.has(wider)) continue;
        seen.add(wider);
        if (isCommon(wider)) found.add(wider);
        else visit(wider);
      }
    };
    if (flowers.has(synset) && flower !== undefined && !isKindOf(wordNet.synsets, synset, flower))
      found.add(flower);
    for (const of of namedAfter(synset)) if (isCommon(of)) found.add(of);
    visit(synset);
    return [...found].slice(0, MOST_WIDER);
  };

  const classes = [
    ...Array.from(keysOf, ([synset, keys]) => {
      const name = names.get(synset)!;
      const members = keys.filter((key) => key !== name);
      return { synset, name, members, wider: widerOf(synset), isHead: heads.has(name) };
    }),
    // What has two meanings is a kind of what is wider than either, and no other word for one of them.
    ...twofold.map((name) => {
      const { synset, also } = meanings.get(name)!;
      const wider = [...new Set([...widerOf(synset), ...widerOf(also!)])].slice(0, MOST_WIDER);
      return { synset: name, name, members: [], wider, isHead: heads.has(name) };
    }),
  ];
  const isWider = new Set(classes.flatMap(({ wider }) => wider));
  return classes
    .filter(
      ({ synset, members, wider, name, isHead }) =>
        members.length > 0 || wider.length > 0 || isHead || name.includes(' ') || isWider.has(synset),
    )
    .map(({ name, members, wider, isHead }) =>
      [
        marked(name, isHead ? '!' : ''),
        wider
          .map((synset) => names.get(synset)!)
          .sort()
          .join(','),
        members
          .map((key) => marked(key))
          .sort()
          .join(','),
      ]
        .join(';')
        .replace(/;+$/, ''),
    )
    .sort();
}

/** Fields of what lives, grows or is eaten: that is no artifact, whatever it is used for. */
const NATURAL = new Set([5, 13, 20]);

/** The wider meanings that say what a thing is: wine is a drink, and not taken for a drug. */
function widerOfThing(synset: string, synsets: WordNet['synsets']): readonly string[] {
  const { wider, field } = synsets.get(synset)!;
  const natural = wider.filter((of) => synsets.get(of)!.field !== ARTIFACT);
  return NATURAL.has(field) && natural.length > 0 ? natural : wider;
}

/** How often each stem stands in WordNet's definitions and in the texts that its authors tagged. */
export function countUses({ definitions, tagged }: WordNet, analyzer: Analyzer): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  const add = (term: string, count: number) => uses.set(term, (uses.get(term) ?? 0) + count);
  for (const text of definitions) for (const term of analyzer.terms(text)) add(term, 1);
  for (const [word, count] of tagged) for (const term of analyzer.terms(word)) add(term, count);
  return uses;
}

/** How often each word stands in WordNet's definitions, as it is written there. */
function countWritten({ definitions }: WordNet): (word: string) => number {
  const counts = new Map<string, number>();
  for (const definition of definitions)
    for (const word of definition.toLowerCase().match(/[a-z]+/g) ?? [])
      counts.set(word, (counts.get(word) ?? 0) + 1);
  return (word) => counts.get(word) ?? 0;
}

/** The terms of a lemma, or undefined for what is no name of a thing in a picture. */
function keyOf(lemma: string, analyzer: Analyzer): string | undefined {
  const words = lemma.toLowerCase().replace(/[.']/g, '').split('_').flatMap(partsOf);
  if (words.length > LONGEST_COMPOUND || !words.every((word) => /^[a-z0-9-]+$/.test(word))) return undefined;
  if (words.length > 1 && (FUNCTION_WORDS.has(words[0]!) || FUNCTION_WORDS.has(words.at(-1)!)))
    return undefined;
  return words.flatMap((word) => analyzer.terms(word)).join(' ');
}

/** Words that a hyphen joins, but for those that are one word ("t-shirt"). */
const partsOf = (word: string): string[] => (tokenize(word).length === 1 ? [word] : word.split('-'));

/** A plural that is a noun of its own: "spectacles". */
const isFormOf = (noun: string, other: string): boolean => noun === `${other}s` || noun === `${other}es`;

function findMeanings(
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

  const best = new Map<string, Meaning & { readonly total: number; readonly noun: string }>();
  const others = new Map<string, string[]>();
  const participles = new Set(
    Array.from(nouns).flatMap(([noun, senses]) => {
      const key = isParticiple(noun, '') ? keyOf(noun, analyzer) : undefined;
      const canBeSeen = senses.some(({ synset }) => VISIBLE.has(synsets.get(synset)!.field));
      return key !== undefined && isParticiple(noun, key) && canBeSeen ? [key] : [];
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
      isParticiple(noun, key);
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
      !isSure && isVerbToo(noun, sense.synset, wordNet) && isSureOf(sense, nounTotal, false, senses.length);
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
    if (meaning && isLike(meaning.synset, last, wordNet)) alias(`${stem(first)} ${stem(last)}`, stem(joined));
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

/** Whether a thing or a person goes by a noun first that is a verb as well. Adjectives stand where nouns do: an orange cat is no fruit. */
function isVerbToo(noun: string, synset: string, { otherParts, adjectives, synsets }: WordNet): boolean {
  const { field, lemmas } = synsets.get(synset)!;
  const isSeen = field === PERSON || THINGS.has(field);
  return isSeen && lemmas[0]!.toLowerCase() === noun && otherParts.has(noun) && !adjectives.has(noun);
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
 * "small white" and the crest of a wave "white horse".
 */
function isDescription(noun: string, { synset }: Sense, wordNet: WordNet): boolean {
  const words = noun.split('_');
  if (words.length === 1 || !wordNet.adjectives.has(words[0]!)) return false;
  const ends = words.slice(1).map((_, i) => words.slice(i + 1).join('_'));
  return !ends.some((noun) => isNamedBy(noun, synset, wordNet) || isLike(synset, noun, wordNet, 1));
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

/** Last words of compounds that are no kind of them: a hot dog is no dog. */
function exocentricHeads(
  meanings: ReadonlyMap<string, Meaning>,
  synsets: ReadonlyMap<string, Synset>,
): ReadonlySet<string> {
  const heads = new Set<string>();
  for (const [key, { synset }] of meanings) {
    const head = key.includes(' ') ? meanings.get(key.slice(key.lastIndexOf(' ') + 1)) : undefined;
    if (head && !isKindOf(synsets, synset, head.synset)) heads.add(key.slice(key.lastIndexOf(' ') + 1));
  }
  return heads;
}

/** Whether a compound is no kind of anything that its last word names: a teddy bear is no bear. */
function isExocentric(noun: string, synset: string, { nouns, synsets }: WordNet): boolean {
  const words = noun.split('_');
  const senses = nouns.get(words.at(-1)!) ?? [];
  if (words.length === 1 || senses.length === 0) return false;
  return !senses.some((sense) => sense.synset !== synset && isKindOf(synsets, synset, sense.synset));
}
