import { VISIBLE } from '../lexicon/fields.ts';
import { readWordNet } from '../lexicon/read-wordnet.ts';
import type { Pair } from './compile-forms.ts';
import { adjectiveForms, verbForms } from './english-inflections.ts';

/** Larger sizes of SCOWL hold words that hardly anybody knows. */
const MOST_RARE = 70;

/** Texts of WordNet's lists of irregular forms, as Debian's package wordnet-base has them. */
export interface Exceptions {
  /** `noun.exc` */
  readonly nouns: string;
  /** `verb.exc` */
  readonly verbs: string;
  /** `adj.exc` */
  readonly adjectives: string;
}

/**
 * English nouns with their plurals, from WordNet; words as British write them with those of Americans, from VarCon. Forms of verbs and
 * adjectives are left to the stemmer, but for their spelling.
 *
 * @param varcon the text of `codegen.rs` of the crate `varcon`, which holds VarCon whole
 */
export function englishPairs(exceptions: Exceptions, varcon: string): Pair[] {
  const { nouns, synsets, tagged, verbs, adjectives } = readWordNet();
  const isWord = (word: string) => /^[a-z]{3,}$/.test(word);
  const usesOf = (noun: string) => nouns.get(noun)?.reduce((sum, sense) => sum + sense.tagged, 0) ?? -1;
  /** How often it was something that a picture can show. */
  const seenUsesOf = (noun: string) =>
    nouns
      .get(noun)
      ?.filter(({ synset }) => VISIBLE.has(synsets.get(synset)!.field))
      .reduce((sum, sense) => sum + sense.tagged, 0) ?? -1;
  const isSameThing = (one: string, other: string) =>
    nouns.get(one)?.some(({ synset }) => nouns.get(other)?.some((sense) => sense.synset === synset)) ?? false;
  const synonyms = new Map<string, Set<string>>();
  for (const same of verbs)
    for (const verb of same) synonyms.set(verb, (synonyms.get(verb) ?? new Set()).union(new Set(same)));
  const isSame = (one: string, other: string) =>
    isSameThing(one, other) || (synonyms.get(one)?.has(other) ?? false);
  const bases = new Map<string, string>();
  const lemmas = new Set([...nouns.keys(), ...tagged.keys()].filter(isWord));
  for (const noun of [...nouns.keys()].filter(isWord)) {
    const plural = pluralOf(noun);
    if (!lemmas.has(plural) && !(usesOf(bases.get(plural) ?? '') > usesOf(noun))) bases.set(plural, noun);
  }
  const irregular = new Set<string>();
  for (const line of exceptions.nouns.trimEnd().split('\n')) {
    const [form, ...ofForm] = asOneWord(line, lemmas).split(' ') as [string, ...string[]];
    const base = ofForm.toSorted((a, b) => seenUsesOf(b) - seenUsesOf(a) || usesOf(b) - usesOf(a))[0]!;
    if (!isWord(form) || !/^[a-z]{2,}$/.test(base) || form === base) continue;
    const regular = bases.get(form);
    if (regular !== undefined && usesOf(regular) > usesOf(base)) continue;
    // What English took for a singular ("data", "cola"), and nouns that only look like a plural ("dive", of "diva").
    if (lemmas.has(form) && (form.endsWith('a') || usesOf(base) < Math.min(1, usesOf(form)))) continue;
    bases.set(form, base);
    irregular.add(form);
  }
  for (const noun of lemmas) {
    const men = noun.replace(/(?<=[a-z])man$/, 'men');
    if (men !== noun && (!lemmas.has(men) || isSameThing(noun, men))) bases.set(men, noun);
    for (const plural of latinPlurals(noun)) if (isSameThing(noun, plural)) bases.set(plural, noun);
  }
  for (const [american, british] of spellings(varcon)) {
    if (!isWord(american) || !isWord(british)) continue;
    // A word of its own ("story", "storey") stays one, unless VarCon's own word is the rarer one; "analyses" are more than what somebody does.
    // Some are written either way in both countries ("disc", "disk"): one leads to the other, and not back.
    if (!irregular.has(british) && bases.get(american) !== british) bases.set(british, american);
  }
  // VarCon has the verbs that are common; WordNet lists both spellings of others.
  for (const word of lemmas) {
    const american = word.replace(/is(?=(e|ing|ation|er)$)/, 'iz');
    if (!bases.has(word) && american !== word && bases.get(american) !== word && isSame(word, american))
      bases.set(word, american);
  }
  const resolve = (word: string) => {
    let base = word;
    const seen = new Set([base]);
    for (let next = bases.get(base); next !== undefined && !seen.has(next); next = bases.get(base))
      seen.add((base = next));
    return base;
  };
  const inflected = [
    ...verbForms(verbs.flat().filter(isWord), exceptions.verbs),
    ...adjectiveForms([...adjectives].filter(isWord), exceptions.adjectives),
  ];
  const ofBases = Map.groupBy(inflected, ({ word, ending }) => `${word} ${ending}`);
  for (const { word, ending, form } of inflected) {
    const base = resolve(word);
    const other = base === word ? undefined : ofBases.get(`${base} ${ending}`)?.[0];
    if (!bases.has(form) && !lemmas.has(form)) bases.set(form, other?.form ?? form);
  }
  return [...new Set([...lemmas, ...bases.keys(), ...bases.values()])]
    .sort()
    .map((word) => [word, resolve(word)]);
}

/** "passersby passerby" of "passers-by passer-by", where the noun is also written so. */
const asOneWord = (line: string, nouns: ReadonlySet<string>): string => {
  const [, ...written] = line.replaceAll('-', '').split(' ');
  return line.includes('-') && written.every((noun) => nouns.has(noun)) ? line.replaceAll('-', '') : line;
};

/** Of "bacterium". */
const latinPlurals = (noun: string): string[] =>
  [noun.replace(/(um|on)$/, 'a'), noun.replace(/us$/, 'i'), noun.replace(/a$/, 'ae')].filter(
    (plural) => plural !== noun,
  );

/** As grammars have it: "boxes", "berries", "dogs". */
export function pluralOf(noun: string): string {
  if (/(s|x|z|ch|sh)$/.test(noun)) return `${noun}es`;
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return `${noun}s`;
}

/** [American, British] of VarCon's words that are written so in one country and otherwise in the other. */
function* spellings(varcon: string): Generator<[string, string]> {
  for (const cluster of varcon.split(/^Cluster \{/m).slice(1)) {
    if (Number(/level: (\d+)/.exec(cluster)?.[1] ?? 100) > MOST_RARE) continue;
    for (const entry of cluster.split(/^ {2}Entry \{/m).slice(1)) {
      if (entry.includes('archaic: true')) continue;
      const variants = entry
        .split(/Variant \{/)
        .slice(1)
        .map((variant) => ({
          word: /word: "([^"]*)"/.exec(variant)![1]!,
          american: rankIn(variant, /Category::American, tag: (\w+)(?:\((?:Tag::)?(\w+)\))?/g),
          british: rankIn(variant, /Category::British\w+, tag: (\w+)(?:\((?:Tag::)?(\w+)\))?/g),
        }));
      const american = variants.find((variant) => variant.american === 0)?.word;
      if (american === undefined) continue;
      for (const { word, british } of variants) if (word !== american && british <= 1) yield [american, word];
    }
  }
}

/** 0 for what is usual, 1 for what is as good, 2 for what is seen, 3 for what is not. */
function rankIn(variant: string, pattern: RegExp): number {
  const RANKS: Readonly<Record<string, number>> = { None: 0, Eq: 1, Variant: 1 };
  return Math.min(3, ...Array.from(variant.matchAll(pattern), ([, none, tag]) => RANKS[tag ?? none!] ?? 2));
}
