import { functionWordsOf } from '../../text/function-words.ts';
import { normalize } from '../../text/normalize.ts';
import { stemmerOf } from '../../text/stemmer.ts';
import type { Pair } from './compile-forms.ts';
import type { DictionaryForm } from './hunspell-forms.ts';

type Endings = readonly (readonly [singular: RegExp, ...plurals: string[]])[];

/** Plurals that no ending alone makes; they end compounds, too. */
const IRREGULAR: Endings = [
  [/kind$/, 'kinderen'],
  [/ei$/, 'eieren'],
  [/kalf$/, 'kalveren'],
  [/lam$/, 'lammeren'],
  [/(?<=lied|blad|rund|hoen|goed|volk)$/, 'eren', 'deren'],
  [/stad$/, 'steden'],
  [/heid$/, 'heden'],
  [/schip$/, 'schepen'],
  [/lid$/, 'leden'],
  [/smid$/, 'smeden'],
  [/(?<=koe|vlo)$/, 'ien', 'oien'],
];

const REGULAR: Endings = [
  [/(?<=ie|ee)$/, 'ën'],
  [/um$/, 'a', 'ums'],
  [/(?<=[^aeiou][aeiou])(?<c>[bdfgklmnprst])$/, '$<c>$<c>en'],
  [/(?<v>[aeou])\k<v>(?<c>[bdgklmnprt])$/, '$<v>$<c>en'],
  [/(?<v>[aeou])\k<v>f$/, '$<v>ven'],
  [/(?<v>[aeou])\k<v>s$/, '$<v>zen'],
  [/(?<=ie|oe|eu|ou|ui|ei|ij|au|[lr])f$/, 'ven'],
  [/(?<=ie|oe|eu|ou|ui|ei|ij|au|[lnr])s$/, 'zen'],
  [/(?<=(ie|oe|eu|ou|ui|ei|ij|au|[^aeiou])[^aeiou])$/, 'en'],
  [/(?<=e|el|er|en|em|ie)$/, 's'],
];

/** Plurals whose vowel is long where the noun's is short: "glas, glazen". */
const LENGTHENED: Endings = [
  [/(?<=[^aeiou][aeo])(?<c>[bdgklmnprt])$/, '$<c>en'],
  [/(?<=[^aeiou][aeo])f$/, 'ven'],
  [/(?<=[^aeiou][aeo])s$/, 'zen'],
];

/** The dictionary's marks of nouns, diminutives among them, and of a plural. */
const NOUN = 'NN';
const PLURAL = 'NN2';
const WORD = /^[\p{Ll}\p{Lo}]{2,}$/u;

/**
 * Dutch nouns with their plurals, adjectives with their forms. What the dictionary marks as a plural is one, though a verb may be written
 * alike ("fietsen"); but where the verb is heard in more words than the noun and the plural has another vowel, it stays with the verb
 * ("spelen", "speelde", not "spel").
 *
 * @param vocabulary words of texts
 */
export function dutchPairs(dictionary: Iterable<DictionaryForm>, vocabulary: readonly string[]): Pair[] {
  const written = new Set<string>();
  const words = new Set<string>();
  /** Forms that are no verb alone. */
  const named = new Set<string>();
  const nouns = new Set<string>();
  const marked: [form: string, word: string][] = [];
  const pluralsOf = new Map<string, Set<string>>();
  for (const { form, word, tag, flags } of dictionary) {
    if (!WORD.test(form) || !WORD.test(word)) continue;
    written.add(form);
    words.add(word);
    const isVerb = flags.some((flag) => flag.startsWith('V'));
    if (form === word && !isVerb) named.add(form);
    if (tag?.startsWith(NOUN)) nouns.add(word);
    if (tag !== PLURAL) continue;
    marked.push([form, word]);
    pluralsOf.set(word, (pluralsOf.get(word) ?? new Set()).add(form));
  }
  const texts = textsOf(vocabulary);
  // "Open" is no plural of "op".
  const closed = functionWordsOf('nl').words;
  const bases = new Map<string, string>();
  const add = (form: string, base: string) => {
    const [key, to] = [normalize(form, 'nl'), normalize(base, 'nl')];
    if (!bases.has(key)) bases.set(key, to);
  };
  const addBy = (endings: Endings, isPlural: (form: string, word: string) => boolean) => {
    for (const [singular, ...plurals] of endings)
      for (const word of words)
        if (singular.test(word) && !closed.has(normalize(word, 'nl')) && !bases.has(normalize(word, 'nl')))
          for (const plural of plurals.map((ending) => word.replace(singular, ending)))
            if (isPlural(plural, word)) add(plural, word);
  };
  addBy(IRREGULAR, (form) => named.has(form));
  const irregular = new Set(bases.keys());
  // A noun with a long vowel of which the dictionary tells no plural may have the one that it tells of another: "benen" is of "been", not of "ben".
  const compounds = (noun: string) => Array.from(nouns).filter((other) => other.endsWith(noun)).length;
  const longerOf = (form: string, noun: string): string | undefined => {
    const long = form === `${noun}en` ? lengthened(noun) : undefined;
    return long !== undefined && nouns.has(long) && !pluralsOf.has(long) && compounds(long) > compounds(noun)
      ? long
      : undefined;
  };
  for (const [form, sharing] of Map.groupBy(marked, ([form]) => form)) {
    const sharers = [...new Set(sharing.map(([, noun]) => noun))];
    const word = longerOf(form, sharers[0]!) ?? wordOf(form, sharers, { pluralsOf, ...texts });
    if (!isOfVerb(form, word, written, texts) && !irregular.has(word)) add(form, word);
  }
  // A noun of which the dictionary tells no plural may have one that is written like a verb.
  const isOf = (form: string, word: string) =>
    !pluralsOf.has(form) &&
    (named.has(form) || (nouns.has(word) && !pluralsOf.has(word) && written.has(form))) &&
    !isOfVerb(form, word, written, texts);
  addBy(REGULAR, isOf);
  addBy(LENGTHENED, (form, word) => isOf(form, word) && (!pluralsOf.has(word) || /[fs]$/.test(word)));
  for (const [form, word] of adjectives(words, written)) add(form, word);
  for (const word of words) add(word, word);
  keepWords(bases, irregular);
  for (const [form, base] of bases) bases.set(form, bases.get(base) ?? base);
  return wholeStems(bases).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The stemmer takes the last letter of "fiets" for a plural's, and so joins "dans" with "dan": such nouns are led to the plural. */
function wholeStems(bases: ReadonlyMap<string, string>): Pair[] {
  const stem = stemmerOf('nl')!;
  const isCut = (noun: string) => noun.endsWith('s') && stem(noun) === noun.slice(0, -1);
  const plurals = new Map(
    Array.from(bases).flatMap(([form, base]) =>
      isCut(base) && stem(form) === base ? [[base, form] as const] : [],
    ),
  );
  return Array.from(bases, ([form, base]) => [form, plurals.get(base) ?? base] as const);
}

interface Texts {
  /** How many words of texts end in one of these. */
  readonly endingIn: (...endings: string[]) => number;
}

function textsOf(vocabulary: readonly string[]): Texts {
  return {
    endingIn: (...endings) =>
      vocabulary.filter((word) => endings.some((ending) => word.endsWith(ending))).length,
  };
}

/** The noun whose vowel is long, of one with a short vowel: "boom" of "bom". */
const lengthened = (word: string): string | undefined =>
  /[^aeiou][aeo][bdfgklmnprst]$/.test(word) ? word.replace(/(.)(.)$/, '$1$1$2') : undefined;

/** Of nouns that are marked to have one plural the one that it is: where the other has a plural of its own, or is heard in fewer words. */
function wordOf(
  form: string,
  sharing: readonly string[],
  { pluralsOf, endingIn }: Texts & { readonly pluralsOf: ReadonlyMap<string, ReadonlySet<string>> },
): string {
  const short = sharing.find((word) => sharing.includes(lengthened(word) ?? ''));
  if (short === undefined) return sharing[0]!;
  const long = lengthened(short)!;
  const isLong = pluralsOf.get(short)!.size > 1 || /[fs]$/.test(short) || endingIn(long) > endingIn(short);
  return isLong ? long : short;
}

/** Whether a form with a long vowel is rather one of a verb than of a noun with a short one: more words of texts end like the verb. */
function isOfVerb(form: string, word: string, written: ReadonlySet<string>, { endingIn }: Texts): boolean {
  const verb = lengthened(word);
  if (verb === undefined || form.length !== word.length + 'en'.length || !written.has(`${verb}t`))
    return false;
  const ofVerb = ['t', 'd', 'de', 'den', 'te', 'ten'].map((ending) => verb + ending);
  return endingIn(...ofVerb) > endingIn(word);
}

/** What has forms of its own is a word of its own: "ouder" (a parent, "ouders") is not "oud", nor "vies" ("vieze") "vie". Not so who is "de grotere", of "de groteren". */
function keepWords(bases: Map<string, string>, irregular: ReadonlySet<string>): void {
  const withForms = new Set(
    Array.from(bases).flatMap(([form, base]) => (form === base || form === `${base}n` ? [] : [base])),
  );
  for (const form of bases.keys()) if (withForms.has(form) && !irregular.has(form)) bases.set(form, form);
}

/** "grote" and "groter" of "groot": a dictionary that has all three degrees of a word has an adjective. */
function* adjectives(words: Iterable<string>, written: ReadonlySet<string>): Generator<Pair> {
  for (const word of words) {
    const stems = [
      word,
      word.replace(/([^aeiou][aeiou])([bdfgklmnprst])$/, '$1$2$2'),
      word.replace(/([aeou])\1([bdgklmnprt])$/, '$1$2'),
      word.replace(/([aeou])\1f$/, '$1v').replace(/(?<=ie|oe|eu|ou|ui|ei|ij|au|[lr])f$/, 'v'),
      word.replace(/([aeou])\1s$/, '$1z').replace(/(?<=ie|oe|eu|ou|ui|ei|ij|au|[lnr])s$/, 'z'),
    ];
    const superlative = word.endsWith('s') ? `${word}t` : `${word}st`;
    if (word.length < 3 || !written.has(superlative)) continue;
    for (const stem of new Set(stems)) {
      const comparative = stem.endsWith('r') ? `${stem}der` : `${stem}er`;
      if (written.has(`${stem}e`) && written.has(comparative))
        yield* [
          [`${stem}e`, word] as const,
          // "lekker" is compared itself, and no comparative of "lek".
          ...(written.has(`${comparative}st`)
            ? []
            : ([
                [comparative, word],
                [`${comparative}e`, word],
              ] as const)),
        ];
    }
  }
}
