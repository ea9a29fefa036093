import type { Language } from '../../domain/language.ts';
import { normalize } from '../../text/normalize.ts';
import type { Pair } from './compile-forms.ts';

/** Endings of a noun and of its plurals, as grammars have them. */
type Endings = readonly (readonly [singular: RegExp, ...plurals: string[]])[];

/** Languages whose plurals look like no form of a verb: a plural is what grammar makes of a word, where a dictionary has it. */
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
};

/** Others: forms that end so, of words that do not look like verbs. */
const FORMS: Readonly<
  Partial<Record<Language, { readonly form: RegExp; readonly verb: RegExp; readonly sure?: RegExp }>>
> = {
  it: { form: /[aei]$/, verb: /r(e|si)$/ },
  nl: { form: /(s|n|eren)$/, verb: /en$/ },
  sv: { form: /(ar|er|r|n|en|et|na|s)$/, verb: /a$/, sure: /or(na)?s?$/ },
};

/** Plurals that change the vowel, all there are: grammars list them. They end compounds, too. */
const UMLAUTS: Readonly<Partial<Record<Language, string>>> = {
  sv:
    'and änder, bok böcker, bonde bönder, brand bränder, broder bröder, dotter döttrar, fader fäder, fot fötter, gås gäss, hand händer, ' +
    'land länder, ledamot ledamöter, lus löss, man män, moder mödrar, mus möss, natt nätter, rand ränder, rot rötter, son söner, ' +
    'spång spänger, stad städer, stand ständer, stång stänger, strand stränder, tand tänder, tång tänger, bror bröder, mor mödrar, far fäder',
};

/**
 * Words with their plurals.
 *
 * @param dictionary lines of a form and its lemma, as dump-simplemma.py writes them
 */
export function pluralPairs(language: Language, dictionary: string): Pair[] {
  const isWord = (word: string | undefined) => /^[\p{Ll}\p{Lo}]{2,}$/u.test(word ?? '');
  const lemmaOf = new Map(
    dictionary
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t') as [string, string])
      .filter(([form, lemma]) => isWord(form) && isWord(lemma)),
  );
  const lemmas = new Set(lemmaOf.values());
  const bases = new Map<string, string>();
  const add = (form: string, base: string) => {
    const [key, to] = [normalize(form, language), normalize(base, language)];
    if (!bases.has(key)) bases.set(key, to);
  };
  for (const pair of UMLAUTS[language]?.split(', ') ?? []) {
    const [singular, plural] = pair.split(' ') as [string, string];
    for (const form of language === 'sv' ? [plural, `${plural}na`.replace(/rrna$|rna$/, 'rna')] : [plural])
      add(form, singular);
    add(singular, singular);
  }
  const endings = ENDINGS[language];
  for (const lemma of lemmas) if (!lemmaOf.has(lemma) || lemmaOf.get(lemma) === lemma) add(lemma, lemma);
  if (endings) {
    for (const [singular, ...plurals] of endings)
      for (const lemma of lemmas)
        if (singular.test(lemma))
          for (const plural of plurals.map((ending) => lemma.replace(singular, ending)))
            if (lemmaOf.has(plural) && !lemmas.has(plural)) add(plural, lemma);
    // What no rule gives: "yeux".
    for (const [form, lemma] of lemmaOf)
      if (
        language === 'fr' &&
        /[sx]$/.test(form) &&
        !/(r|re)$/.test(lemma) &&
        !lemmas.has(form) &&
        !lemmaOf.has(form.slice(0, -1))
      )
        add(form, lemma);
  } else {
    const { form: isForm, verb, sure } = FORMS[language]!;
    for (const [form, lemma] of lemmaOf)
      if (
        (sure?.test(form) || (isForm.test(form) && !verb.test(lemma))) &&
        !lemmas.has(form) &&
        Math.abs(form.length - lemma.length) <= 4
      )
        add(form, lemma);
  }
  return [...bases].sort(([a], [b]) => (a < b ? -1 : 1));
}
