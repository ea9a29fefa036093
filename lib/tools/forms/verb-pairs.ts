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
      /(?:mos|is|s|se[ns]?|ses|r[ae]n?|r[áé]n?|réis|rían?|steis|ste|d|[áéíó]|(?<![dn])o|(?:r|ndo|[áéíóú]\p{L}*)(?:se|me|te|le|les|nos|os|l[ao]s?))$/u,
  },
  pt: {
    infinitive: /[aei]r$/,
    sign: /mos$/,
    unseen:
      /(?:mos|[dr]es|eis?|[ai]is|as?te|(?<![dn])o|[ae]rias|dor\p{L}*|[bd]or[ae]s?|inh[oa]s?|on[ao]s?|ões|mentos?|mente|nte|istas?)$/u,
  },
};
const WORD = /^\p{Ll}{2,}$/u;

/** Italian forms of several speakers, of those who are spoken to, and of moods. */
const UNSEEN_ITALIAN = /(?:mo|te|st[ie]|ss[ei]|ssero|rai|r[aò]|ranno|rebbero?)$/;

/**
 * Italian verbs with their forms.
 *
 * @param verbs forms of Morph-it! with their verbs
 * @param others its nouns and adjectives, in all forms
 */
export function italianVerbs(verbs: Readonly<Record<string, string>>, others: Iterable<string>): Inflections {
  const closed = functionWordsOf('it').words;
  const own = new Set(Array.from(others, (word) => normalize(word, 'it')));
  const pairs = Object.entries(verbs).flatMap(([form, verb]): Pair[] => {
    // "Porto" is what I carry, "porti" what you do.
    const isPerson = /[oi]$/.test(form) && verb.slice(0, -3) === form.slice(0, -1);
    if (!WORD.test(form) || isPerson || UNSEEN_ITALIAN.test(form) || closed.has(form) || closed.has(verb))
      return [];
    return [[normalize(form, 'it'), normalize(verb, 'it')]];
  });
  return { pairs, others: own, own };
}

/** Verbs with their forms, and what else the dictionary has. */
export function verbPairs(language: Language, dictionary: Iterable<DictionaryForm>): Inflections {
  const closed = functionWordsOf(language).words;
  const pairs: Pair[] = [];
  const others = new Set<string>();
  const formsOf = new Map<string, string[]>();
  for (const { form, word } of dictionary)
    if (WORD.test(form) && WORD.test(word)) formsOf.set(word, [...(formsOf.get(word) ?? []), form]);
  const verbs = VERBS[language];
  for (const [word, forms] of formsOf) {
    const isVerb = verbs?.infinitive.test(word) === true && forms.some((form) => verbs.sign.test(form));
    for (const form of forms)
      if (!isVerb) others.add(normalize(form, language));
      else if (!verbs.unseen.test(form) && !closed.has(form) && !closed.has(word))
        pairs.push([normalize(form, language), normalize(word, language)]);
  }
  if (language === 'es') pairs.push(...bareVerbs(formsOf, others));
  return { pairs, others, own: others };
}

/** Endings of Spanish verbs in -ar, and in -er and -ir. */
const BARE: readonly (readonly [infinitive: RegExp, endings: readonly string[]])[] = [
  [/ar$/, ['a', 'an', 'ando', 'ado', 'ada', 'ados', 'adas', 'aron', 'aba', 'aban']],
  [/[ei]r$/, ['e', 'en', 'iendo', 'ido', 'ida', 'idos', 'idas', 'ieron', 'ía', 'ían']],
];
const CHANGES: readonly (readonly [vowel: RegExp, diphthong: string])[] = [
  [/[ou](?=[^aeiou]+$)/, 'ue'],
  [/e(?=[^aeiou]+$)/, 'ie'],
  [/e(?=[^aeiou]+$)/, 'i'],
];

/**
 * Verbs that the dictionary has without forms, with those that grammar makes of them and that it lists as words ("jugar", "juega"). They are no
 * words of their own then, but those of which there is a plural ("juego").
 */
function* bareVerbs(formsOf: ReadonlyMap<string, readonly string[]>, others: Set<string>): Generator<Pair> {
  const isBare = (word: string) => formsOf.get(word)?.length === 1;
  for (const verb of formsOf.keys())
    for (const [infinitive, endings] of isBare(verb) ? BARE : []) {
      if (!infinitive.test(verb)) continue;
      const root = verb.replace(infinitive, '');
      const roots = [root, ...CHANGES.map(([vowel, other]) => root.replace(vowel, other))];
      const forms = new Set(roots.flatMap((some) => endings.map((ending) => some + ending)).filter(isBare));
      if (forms.size < FEWEST_BARE) continue;
      for (const form of forms) {
        others.delete(normalize(form, 'es'));
        yield [normalize(form, 'es'), normalize(verb, 'es')];
      }
    }
}

/** Forms of a verb that have to be listed, so that it is one. */
const FEWEST_BARE = 4;
