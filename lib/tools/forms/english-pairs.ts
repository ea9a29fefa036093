import { readWordNet } from '../lexicon/read-wordnet.ts';
import type { Pair } from './compile-forms.ts';

/** Larger sizes of SCOWL hold words that hardly anybody knows. */
const MOST_RARE = 70;

/**
 * English nouns with their plurals, from WordNet; words as British write them with those of Americans, from VarCon.
 *
 * @param exceptions the text of `noun.exc` of WordNet, as Debian's package wordnet-base has it
 * @param varcon the text of `codegen.rs` of the crate `varcon`, which holds VarCon whole
 */
export function englishPairs(exceptions: string, varcon: string): Pair[] {
  const { nouns, tagged } = readWordNet();
  const isWord = (word: string) => /^[a-z]{3,}$/.test(word);
  const usesOf = (noun: string) => nouns.get(noun)?.reduce((sum, sense) => sum + sense.tagged, 0) ?? -1;
  const isSameThing = (one: string, other: string) =>
    nouns.get(one)?.some(({ synset }) => nouns.get(other)?.some((sense) => sense.synset === synset)) ?? false;
  const bases = new Map<string, string>();
  const lemmas = new Set([...nouns.keys(), ...tagged.keys()].filter(isWord));
  for (const noun of [...nouns.keys()].filter(isWord)) {
    const plural = pluralOf(noun);
    if (!lemmas.has(plural) && !(usesOf(bases.get(plural) ?? '') > usesOf(noun))) bases.set(plural, noun);
  }
  for (const line of exceptions.trimEnd().split('\n')) {
    const [form, ...ofForm] = line.split(' ') as [string, ...string[]];
    const base = ofForm.toSorted((a, b) => usesOf(b) - usesOf(a))[0]!;
    if (!isWord(form) || !/^[a-z]{2,}$/.test(base) || form === base) continue;
    const regular = bases.get(form);
    if (regular !== undefined && usesOf(regular) > usesOf(base)) continue;
    // What English took for a singular ("data", "cola"), and nouns that only look like a plural ("dive", of "diva").
    if (lemmas.has(form) && (form.endsWith('a') || usesOf(base) < Math.min(1, usesOf(form)))) continue;
    bases.set(form, base);
  }
  for (const noun of lemmas) {
    if (/[a-z]man$/.test(noun)) bases.set(noun.replace(/man$/, 'men'), noun);
    for (const plural of latinPlurals(noun)) if (isSameThing(noun, plural)) bases.set(plural, noun);
  }
  for (const [american, british] of spellings(varcon)) {
    if (!isWord(american) || !isWord(british)) continue;
    // A word of its own ("story", "storey") stays one, unless VarCon's own word is the rarer one.
    bases.set(british, american);
  }
  const resolve = (word: string) => {
    let base = word;
    const seen = new Set([base]);
    for (let next = bases.get(base); next !== undefined && !seen.has(next); next = bases.get(base))
      seen.add((base = next));
    return base;
  };
  return [...new Set([...lemmas, ...bases.keys(), ...bases.values()])]
    .sort()
    .map((word) => [word, resolve(word)]);
}

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
