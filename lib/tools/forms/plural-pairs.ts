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
    [/z$/, 'ces'],
    [/(?<=[aeiouáéíóú])$/, 's', 'es'],
    [/(?<=[^aeiouáéíóúzs])$/, 'es', 's'],
    [/(?<=[áéíóú]s)$/, 'es'],
    [/ón$/, 'ones'],
    [/án$/, 'anes'],
    [/ín$/, 'ines'],
    [/és$/, 'eses', 'esa', 'esas'],
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
  sv: [
    [/(?<=[bdfgkmnprstv])e(?<l>[lr])$/, '$<l>ar', '$<l>arna', '$<l>er', '$<l>erna', '$<l>et'],
    [/(?<=\p{L}{2}e[lr])$/u, 'n'],
    [/(?<=\p{L}{2})um$/u, 'et', 'er', 'erna'],
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
  ],
};

/** Forms that no ending gives, as grammars list them. They end compounds, too. */
const IRREGULAR: Readonly<Partial<Record<Language, string>>> = {
  fr:
    'beau bel, nouveau nouvel, vieux vieil, vieux vieille, vieux vieilles, fou fol, fou folle, fou folles, mou mol, mou molle, mou molles, ' +
    'œil yeux, ciel cieux, aïeul aïeux, monsieur messieurs, madame mesdames, mademoiselle mesdemoiselles, bonhomme bonshommes, ' +
    'gentilhomme gentilshommes',
  pt: 'pão pães',
  sv:
    'museum museet, museum museer, grön grönt, blå blått, gul gult, brun brunt, vit vitt, röd rött, grå grått, ' +
    'gammal gamla, gammal gammalt, liten litet, liten lilla, öga ögon, öga ögonen, öga ögat, öra öron, öra öronen, öra örat, man mannen, get getter, and änder, bok böcker, bonde bönder, brand bränder, broder bröder, dotter döttrar, fader fäder, fot fötter, gås gäss, hand händer, ' +
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
  const isPlural = (form: string, word: string): boolean => {
    if (!written.has(form)) return false;
    if (language === 'sv') return form !== word;
    if (language !== 'nl') return !words.has(form);
    return (
      /(ei|d|kalv|lamm|volk)eren$|(?:koei|eë|ië)[eë]?n$|um[as]?$|a$/.test(form) || !written.has(`${word}t`)
    );
  };
  for (const [singular, ...plurals] of ENDINGS[language] ?? [])
    for (const word of words)
      if (singular.test(word))
        for (const plural of plurals.map((ending) => word.replace(singular, ending)))
          if (isPlural(plural, word)) add(plural, word);
  if (language === 'sv') for (const [form, word] of swedishForms(words)) add(form, word);
  if (language === 'nl') for (const [form, word] of dutchAdjectives(words, written)) add(form, word);
  for (const [form, word] of given) if (!words.has(form)) add(form, word);
  for (const word of words) add(word, word);
  if (language === 'nl') keepWords(bases);
  return [...bases].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** "grönt" of "grön", where the dictionary compares it, too; "sjön" and "sjöar" of "sjö", where it has both. */
function* swedishForms(words: ReadonlySet<string>): Generator<Pair> {
  const has = (word: string) => words.has(word);
  for (const word of words) {
    const neuter = /[aeiouyåäö]$/.test(word)
      ? `${word}tt`
      : /d$/.test(word)
        ? word.replace(/d$/, 'tt')
        : `${word}t`;
    const isCompared = ['are', 'aste', 'het'].some((ending) => has(word + ending));
    if (has(neuter) && has(`${word}a`) && isCompared) yield [neuter, word];
    const plurals = ['ar', 'er', 'arna', 'erna'].map((ending) => word + ending).filter(has);
    if (/[^aeiouyåäö][iouyåö]$/.test(word) && has(`${word}n`) && plurals.length > 0)
      for (const form of [`${word}n`, ...plurals]) yield [form, word];
  }
}

/** What has forms of its own is a word of its own: "ouder" (a parent, "ouders") is not "oud", nor "vies" ("vieze") "vie". */
function keepWords(bases: Map<string, string>): void {
  const withForms = new Set(Array.from(bases).flatMap(([form, base]) => (form === base ? [] : [base])));
  for (const form of bases.keys()) if (withForms.has(form)) bases.set(form, form);
}

/** "grote" and "groter" of "groot": a dictionary that has all three degrees of a word has an adjective. */
function* dutchAdjectives(words: Iterable<string>, written: ReadonlySet<string>): Generator<Pair> {
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
