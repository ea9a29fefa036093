import type { Language } from '../../domain/language.ts';
import { normalize } from '../../text/normalize.ts';
import type { Pair } from './compile-forms.ts';

/** Endings of a noun and of its plurals, as grammars have them. */
type Endings = readonly (readonly [singular: RegExp, ...plurals: string[]])[];

/** A plural is what grammar makes of a word, where a dictionary has it. */
const ENDINGS: Readonly<Partial<Record<Language, Endings>>> = {
  fr: [
    [/ail$/, 'ails', 'aux'],
    [/al$/, 'aux', 'als'],
    [/(?<=[^sxz])$/, 's', 'x'],
  ],
  es: [
    [/z$/, 'ces'],
    [/(?<=[aeiouáéíóú])$/, 's', 'es'],
    [/(?<=[^aeiouáéíóúzs])$/, 'es', 's'],
    [/(?<=[áéíóú]s)$/, 'es'],
    [/ón$/, 'ones'],
    [/án$/, 'anes'],
    [/ín$/, 'ines'],
  ],
  pt: [
    [/ão$/, 'ões', 'ães', 'ãos'],
    [/al$/, 'ais'],
    [/el$/, 'éis', 'eis'],
    [/ol$/, 'óis', 'ois'],
    [/ul$/, 'uis'],
    [/il$/, 'is', 'eis'],
    [/m$/, 'ns'],
    [/ês$/, 'eses'],
    [/(?<=[rzsn])$/, 'es'],
    [/(?<=[aeiouáéíóúâêôãõ])$/, 's'],
  ],
  nl: [
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
    [/(?<=[^aeiou][aeiou])(?<c>[bdfgklmnprst])$/, '$<c>$<c>en'],
    [/(?<v>[aeou])\k<v>(?<c>[bdgklmnprt])$/, '$<v>$<c>en'],
    [/(?<v>[aeou])\k<v>f$/, '$<v>ven'],
    [/(?<v>[aeou])\k<v>s$/, '$<v>zen'],
    [/(?<=ie|oe|eu|ou|ui|ei|ij|au|[lr])f$/, 'ven'],
    [/(?<=ie|oe|eu|ou|ui|ei|ij|au|[lnr])s$/, 'zen'],
    [/(?<=(ie|oe|eu|ou|ui|ei|ij|au|[^aeiou])[^aeiou])$/, 'en'],
    [/(?<=e|el|er|en|em|ie)$/, 's'],
  ],
};

/** Plurals that no ending gives, all there are: grammars list them. They end compounds, too. */
const IRREGULAR: Readonly<Partial<Record<Language, string>>> = {
  fr:
    'œil yeux, ciel cieux, aïeul aïeux, monsieur messieurs, madame mesdames, mademoiselle mesdemoiselles, bonhomme bonshommes, ' +
    'gentilhomme gentilshommes',
  sv:
    'and änder, bok böcker, bonde bönder, brand bränder, broder bröder, dotter döttrar, fader fäder, fot fötter, gås gäss, hand händer, ' +
    'land länder, ledamot ledamöter, lus löss, man män, moder mödrar, mus möss, natt nätter, rand ränder, rot rötter, son söner, ' +
    'spång spänger, stad städer, stand ständer, stång stänger, strand stränder, tand tänder, tång tänger, bror bröder, mor mödrar, far fäder',
};

/**
 * Words with their plurals.
 *
 * @param dictionary each form with its word
 */
export function pluralPairs(
  language: Language,
  dictionary: Iterable<readonly [form: string, word: string]>,
): Pair[] {
  const isWord = (word: string) => /^[\p{Ll}\p{Lo}]{2,}$/u.test(word);
  const written = new Set<string>();
  const words = new Set<string>();
  const given: [form: string, word: string][] = [];
  for (const [form, word] of dictionary)
    if (isWord(form) && isWord(word)) {
      written.add(form);
      words.add(word);
      if (form !== word && language === 'it') given.push([form, word]);
    }
  const bases = new Map<string, string>();
  const add = (form: string, base: string) => {
    const [key, to] = [normalize(form, language), normalize(base, language)];
    if (!bases.has(key)) bases.set(key, to);
  };
  for (const pair of IRREGULAR[language]?.split(', ') ?? []) {
    const [singular, plural] = pair.split(' ') as [string, string];
    add(plural, singular);
    if (language === 'sv') add(`${plural}na`.replace(/rrna$|rna$/, 'rna'), singular);
    add(singular, singular);
  }
  // The Dutch dictionary has plurals as words of their own, beside verbs that are written alike: "loop, loopt, lopen".
  const isPlural = (form: string, word: string) =>
    written.has(form) &&
    (language === 'nl'
      ? /(ei|d|kalv|lamm|volk)eren$/.test(form) || !written.has(`${word}t`)
      : !words.has(form));
  for (const [singular, ...plurals] of ENDINGS[language] ?? [])
    for (const word of words)
      if (singular.test(word))
        for (const plural of plurals.map((ending) => word.replace(singular, ending)))
          if (isPlural(plural, word)) add(plural, word);
  for (const [form, word] of given) if (!words.has(form)) add(form, word);
  for (const word of words) add(word, word);
  return [...bases].sort(([a], [b]) => (a < b ? -1 : 1));
}
