import type { Analyzer } from '../../text/analyzer.ts';
import { COMMON, countUses } from './count-uses.ts';
import { ARTIFACT, PERSON, THINGS, TOPS } from './fields.ts';
import { findMeanings, type Meaning } from './find-meanings.ts';
import { flowersOf } from './flowers.ts';
import { keyOf } from './key-of.ts';
import { countKinds, isKindOf, kindsBelow } from './kinds.ts';
import type { Synset, WordNet } from './read-wordnet.ts';

/** Meanings with more kinds than this (object, artifact, organism) tell nothing apart. */
const MOST_KINDS = 9_000;
/** The file has room for no more. */
const MOST_WIDER = 3;
/** So many kinds of things, and so many times more, make a second meaning the one that a class is of. */
const MANY_KINDS = 100;
const FAR_MORE_KINDS = 10;
/** Of the kinds of a meaning those of one of them, at least, for that to stand for it. */
const NEARLY_ALL = 0.9;

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
  /** What goes by its last word alone, too, is written in full where that may mean another thing: "musical instrument". */
  const writtenInFull = (synset: string) =>
    shortFor(synset).length > 0 ? (uses.get(names.get(synset)!) ?? 0) : 0;
  const isCommon = (synset: string) => {
    const name = meanings.get(names.get(synset) ?? '');
    return (
      name !== undefined &&
      kinds(synset) <= MOST_KINDS &&
      (name.isSure || name.isSureAsNoun) &&
      Math.max(name.uses, writtenInFull(synset)) >= COMMON
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
