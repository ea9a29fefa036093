import type { Language } from '../../domain/language.ts';
import { normalize } from '../../text/normalize.ts';
import { stemmerOf } from '../../text/stemmer.ts';
import { functionWordsOf } from '../../text/function-words.ts';
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
    // "Meses" is of "mes".
    [/^[^aeiou]*[aeiou]s$/, '$&es'],
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
    // Before the plurals in -s: "melões" are of "melão", "meses" of "mês"; but "mães" of "mãe".
    [/ão$/, 'ões'],
    [/ês$/, 'eses'],
    [/ás$/, 'ases'],
    [/(?<=[íóú]s)$/, 'es'],
    [/(?<=[aeiouáéíóúâêôãõ])$/, 's'],
    [/ão$/, 'ães', 'ãos'],
    [/al$/, 'ais'],
    [/el$/, 'éis', 'eis'],
    [/ol$/, 'óis', 'ois'],
    [/ul$/, 'uis'],
    [/il$/, 'is', 'eis'],
    [/m$/, 'ns'],
    [/(?<=[rzsn])$/, 'es'],
  ],
};

/** Endings of feminines, of words that the dictionary gives them. */
const GENDERS: Readonly<Partial<Record<Language, Endings>>> = {
  fr: [
    [/$/, 'e', 'es'],
    [/eur$/, 'euse', 'euses', 'rice', 'rices'],
    [/e$/, 'esse', 'esses'],
  ],
  es: [
    [/[oe]$/, 'a', 'as'],
    [/(?<=[dlrz])$/, 'a', 'as'],
    [/án$/, 'ana', 'anas'],
    [/ín$/, 'ina', 'inas'],
    [/ón$/, 'ona', 'onas'],
    [/ós$/, 'osa', 'osas'],
  ],
  pt: [
    [/o$/, 'a', 'as', 'os'],
    [/(?<=[rl])$/, 'a', 'as'],
    [/ão$/, 'ã', 'ãs', 'ona', 'onas', 'oa', 'oas'],
    [/u$/, 'ua', 'uas', 'eia', 'eias', 'ia', 'ias'],
    [/ês$/, 'esa', 'esas'],
  ],
};

/** Forms that no ending gives, as grammars list them. They end compounds, too. */
const IRREGULAR: Readonly<Partial<Record<Language, string>>> = {
  fr:
    'beau bel, nouveau nouvel, vieux vieil, vieux vieille, vieux vieilles, fou fol, fou folle, fou folles, mou mol, mou molle, mou molles, ' +
    'œil yeux, ciel cieux, aïeul aïeux, monsieur messieurs, madame mesdames, mademoiselle mesdemoiselles, bonhomme bonshommes, ' +
    'gentilhomme gentilshommes',
  es: 'ñu ñus, emú emús, yac yacs, grande gran, bueno buen, malo mal, primero primer, tercero tercer, té tés',
  it: 'grande gran, bello bel, bello begli, buono buon, tempio templi, mille mila',
  pt: 'pão pães, bom boa, bom boas, mau má, mau más',
};

/** Feminines that the stemmer leaves apart, of one entry with their word: "petit" and "petite", though a girl is named so as well. */
function* gendered(
  language: Language,
  given: readonly (readonly [form: string, word: string])[],
  isHeard: (form: string) => boolean,
): Generator<Pair> {
  const endings = [...(GENDERS[language] ?? []), ...(language === 'fr' ? ENDINGS.fr! : [])];
  const stem = stemmerOf(language)!;
  const isJoined = (form: string, word: string) =>
    stem(normalize(form, language)) === stem(normalize(word, language));
  for (const [form, pairs] of Map.groupBy(given, ([form]) => form))
    if (isHeard(normalize(form, language)) && !pairs.some(([, word]) => isJoined(form, word)))
      for (const [, word] of pairs)
        if (form !== `${word}s` && isMade(form, word, endings)) yield [form, word];
}

const isMade = (form: string, word: string, by: Endings): boolean =>
  by.some(
    ([singular, ...endings]) =>
      singular.test(word) && endings.some((ending) => word.replace(singular, ending) === form),
  );

const irregular = (language: Language): [word: string, form: string][] =>
  IRREGULAR[language]?.split(', ').map((pair) => pair.split(' ') as [string, string]) ?? [];

/** Irregular forms of nouns and adjectives, as texts are normalized: whatever a dictionary says, they are none of a verb. */
export const irregularForms = (language: Language): Set<string> =>
  new Set(irregular(language).map(([, form]) => normalize(form, language)));

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
 * @param isHeard whether texts have a form; feminines that nobody writes are left out
 */
export function pluralPairs(
  language: Language,
  dictionary: Iterable<readonly [form: string, word: string]>,
  isHeard: (form: string) => boolean = () => true,
): Pair[] {
  const isWord = (word: string) => /^[\p{Ll}\p{Lo}]{2,}$/u.test(word);
  const written = new Set<string>();
  const words = new Set<string>();
  const given: [form: string, word: string][] = [];
  for (const [form, word] of dictionary)
    if (isWord(form) && isWord(word)) {
      written.add(form);
      words.add(word);
      if (form !== word) given.push([form, word]);
    }
  const bases = new Map<string, string>();
  const add = (form: string, base: string) => {
    const [key, to] = [normalize(form, language), normalize(base, language)];
    if (!bases.has(key)) bases.set(key, to);
  };
  for (const [singular, plural] of irregular(language)) {
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
  // "Velhã" is written like "velha" in texts, which is another word.
  const isAlone = (form: string) =>
    normalize(form, language) === form || !written.has(normalize(form, language));
  for (const [form, word] of gendered(language, given, isHeard)) if (isAlone(form)) add(form, word);
  // "Me" has no plural, and is no "mês".
  const closed = functionWordsOf(language).words;
  for (const [singular, ...plurals] of ENDINGS[language] ?? [])
    for (const word of words)
      if (singular.test(word) && !closed.has(word))
        for (const plural of plurals.map((ending) => word.replace(singular, ending)))
          if (isPlural(plural, word)) {
            add(plural, word);
            if (/[áéíóúâêô]s$/.test(word)) add(word, word);
          }
  // The Portuguese dictionary has "ovos", and "ovo" as a form of a verb alone.
  if (language === 'pt')
    for (const plural of words) {
      const word = plural.replace(/(?<=[aeo])s$/, '');
      if (!words.has(word) && written.has(word)) {
        add(plural, word);
        add(word, word);
      }
    }
  if (language === 'es')
    for (const word of words) for (const form of shifted(word)) if (written.has(form)) add(form, word);
  if (language === 'it') for (const [form, word] of given) if (!words.has(form)) add(form, word);
  for (const word of words) add(word, word);
  // "Vives" are "vive", which is "vif".
  for (const [form, base] of bases) bases.set(form, bases.get(base) ?? base);
  return [...bases].sort(([a], [b]) => (a < b ? -1 : 1));
}
