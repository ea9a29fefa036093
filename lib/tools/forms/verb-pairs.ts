import type { Language } from '../../domain/language.ts';
import { functionWordsOf } from '../../text/function-words.ts';
import { normalize } from '../../text/normalize.ts';
import type { Pair } from './compile-forms.ts';
import type { DictionaryForm } from './hunspell-forms.ts';
import type { Inflections } from './mend-stems.ts';

interface Verbs {
  /** How a verb ends. */
  readonly infinitive: RegExp;
  /** A form that no other word has, by which dictionaries show that a word is a verb. */
  readonly sign: RegExp;
  /** Forms of one who speaks of himself or to others, and of moods: nobody says with them what a picture shows. */
  readonly unseen: RegExp;
}

const VERBS: Readonly<Partial<Record<Language, Verbs>>> = {
  fr: {
    infinitive: /(?:er|ir|re|ïr)$/,
    sign: /ons$/,
    unseen: /(?:ons|ez|ss(?:e|es|ent)|[âîûïû](?:mes|tes|t)|rai[st]?|ras?|raient|rent|[aiu]s|ai)$/,
  },
  es: {
    infinitive: /[aei]r$/,
    sign: /mos$/,
    unseen:
      /(?:mos|is|s|se[ns]?|ses|r[ae]n?|r[áé]n?|réis|rían?|steis|ste|d|[áéíó]|(?:se|me|te|le|les|nos|os|l[ao]s?))$/,
  },
};
/** The dictionary's mark of forms of Dutch verbs, which it makes of the verb without its ending. */
const FORM_OF_VERB = /^VB/;
const WORD = /^\p{Ll}{2,}$/u;

/** Verbs with their forms, and what else the dictionary has. */
export function verbPairs(language: Language, dictionary: Iterable<DictionaryForm>): Inflections {
  const closed = functionWordsOf(language).words;
  const pairs: Pair[] = [];
  const others = new Set<string>();
  const formsOf = new Map<string, string[]>();
  for (const { form, word, tag } of dictionary) {
    if (!WORD.test(form) || !WORD.test(word)) continue;
    if (language === 'nl') {
      if (tag === undefined) others.add(normalize(form, language));
      else if (FORM_OF_VERB.test(tag) && !closed.has(form))
        pairs.push([normalize(form, language), normalize(word, language)]);
    } else formsOf.set(word, [...(formsOf.get(word) ?? []), form]);
  }
  const verbs = VERBS[language];
  for (const [word, forms] of formsOf) {
    const isVerb = verbs?.infinitive.test(word) === true && forms.some((form) => verbs.sign.test(form));
    for (const form of forms)
      if (!isVerb) others.add(normalize(form, language));
      else if (!verbs.unseen.test(form) && !closed.has(form) && !closed.has(word))
        pairs.push([normalize(form, language), normalize(word, language)]);
  }
  return { pairs, others };
}
