import type { Language } from '../../domain/language.ts';
import { normalize } from '../../text/normalize.ts';
import type { Pair } from './compile-forms.ts';

/** Endings of a noun and of its plurals, and of an adjective and of its feminine, as grammars have them. */
type Endings = readonly (readonly [singular: RegExp, ...plurals: string[]])[];

/** A form is what grammar makes of a word, where a dictionary has it. */
const ENDINGS: Readonly<Partial<Record<Language, Endings>>> = {
  fr: [
    [/ail$/, 'ails', 'aux'],
    [/al$/, 'aux', 'als'],
    [/(?<=[^sxz])$/, 's', 'x'],
    [/eau$/, 'elle', 'elles'],
    [/c$/, 'che', 'ches', 'que', 'ques'],
    [/ec$/, 'èche', 'èches', 'ecque', 'ecques'],
    [/f$/, 've', 'ves'],
    [/ef$/, 'ève', 'èves'],
    [/(?<=[aeo]u)x$/, 'se', 'ses', 'ce', 'ces', 'sse', 'sses'],
    [/er$/, 'ère', 'ères'],
    [/(?<c>[lnst])$/, '$<c>$<c>e', '$<c>$<c>es'],
    [/et$/, 'ète', 'ètes'],
    [/ais$/, 'aîche', 'aîches'],
    [/g$/, 'gue', 'gues'],
  ],
  es: [
    // Before the plurals: "ingleses" is of "inglés", whatever "ingles" are.
    [/és$/, 'eses', 'esa', 'esas'],
    [/z$/, 'ces'],
    [/(?<=[aeiouáéíóú])$/, 's'],
    [/(?<=[áéíóú])$/, 'es'],
    [/(?<=[^aeiouáéíóúzs])$/, 'es', 's'],
    [/(?<=[áéíóú]s)$/, 'es'],
    [/ón$/, 'ones'],
    [/án$/, 'anes'],
    [/ín$/, 'ines'],
  ],
  pt: [
    [/(?<=[aeiouáéíóúâêôãõ])$/, 's'],
    [/ão$/, 'ões', 'ães', 'ãos'],
    [/al$/, 'ais'],
    [/el$/, 'éis', 'eis'],
    [/ol$/, 'óis', 'ois'],
    [/ul$/, 'uis'],
    [/il$/, 'is', 'eis'],
    [/m$/, 'ns'],
    [/ês$/, 'eses'],
    [/(?<=[rzsn])$/, 'es'],
  ],
};

/** Forms that no ending gives, as grammars list them. They end compounds, too. */
const IRREGULAR: Readonly<Partial<Record<Language, string>>> = {
  fr:
    'beau bel, nouveau nouvel, vieux vieil, vieux vieille, vieux vieilles, fou fol, fou folle, fou folles, mou mol, mou molle, mou molles, ' +
    'œil yeux, ciel cieux, aïeul aïeux, monsieur messieurs, madame mesdames, mademoiselle mesdemoiselles, bonhomme bonshommes, ' +
    'gentilhomme gentilshommes',
  es: 'ñu ñus, emú emús, yac yacs',
  pt: 'pão pães',
};

/** Spanish words whose plurals dictionaries mostly leave out: "té", "iglú". */
const isShort = (word: string): boolean => /^\p{L}{1,2}[aeiouáéíóú]$|[áéíóú]$/u.test(word);

const ACCENTS: Readonly<Record<string, string>> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú' };

/** Spanish plurals in -es in which another letter has the accent: "jóvenes" of "joven", "caracteres" of "carácter". */
function shifted(word: string): string[] {
  if (!/[aeiou][nrs]$/.test(word)) return [];
  const plain = `${normalize(word, 'es')}es`;
  const all = Array.from(plain.matchAll(/[aeiou]/g), ({ 0: vowel, index }) =>
    [plain.slice(0, index), ACCENTS[vowel], plain.slice(index + 1)].join(''),
  );
  return [plain, ...all].filter((form) => form !== `${word}es`);
}

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
    add(singular, singular);
  }
  const spelt = new Set(Array.from(words, (word) => normalize(word, language)));
  const isPlural = (form: string, word: string): boolean =>
    words.has(form)
      ? isPluralToo(form, word)
      : written.has(form) || (language === 'es' && isShort(word) && !spelt.has(normalize(form, language)));
  /** Of "cruz" and "club", though "cruces" is also of a verb, and "clubes" is written, too. */
  const isPluralToo = (form: string, word: string): boolean =>
    language === 'es' &&
    (/z$/.test(word) || (/[^aeiouáéíóú]$/.test(word) && form === `${word}s` && written.has(`${word}es`)));
  for (const [singular, ...plurals] of ENDINGS[language] ?? [])
    for (const word of words)
      if (singular.test(word))
        for (const plural of plurals.map((ending) => word.replace(singular, ending)))
          if (isPlural(plural, word)) {
            add(plural, word);
            if (/[áéíóú]s$/.test(word)) add(word, word);
          }
  if (language === 'es')
    for (const word of words) for (const form of shifted(word)) if (written.has(form)) add(form, word);
  for (const [form, word] of given) if (!words.has(form)) add(form, word);
  for (const word of words) add(word, word);
  return [...bases].sort(([a], [b]) => (a < b ? -1 : 1));
}
