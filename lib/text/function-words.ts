import type { Language } from '../domain/language.ts';
import type { ClosedClasses } from './closed-classes/closed-classes.ts';
import { GERMAN } from './closed-classes/de.ts';
import { ENGLISH } from './closed-classes/en.ts';
import { SPANISH } from './closed-classes/es.ts';
import { FRENCH } from './closed-classes/fr.ts';
import { ITALIAN } from './closed-classes/it.ts';
import { JAPANESE } from './closed-classes/ja.ts';
import { DUTCH } from './closed-classes/nl.ts';
import { PORTUGUESE } from './closed-classes/pt.ts';
import { SWEDISH } from './closed-classes/sv.ts';
import { THAI } from './closed-classes/th.ts';
import { CHINESE } from './closed-classes/zh.ts';
import { normalize } from './normalize.ts';

const CLOSED_CLASSES: Readonly<Partial<Record<string, ClosedClasses>>> = {
  en: ENGLISH,
  de: GERMAN,
  fr: FRENCH,
  es: SPANISH,
  it: ITALIAN,
  pt: PORTUGUESE,
  nl: DUTCH,
  sv: SWEDISH,
  ja: JAPANESE,
  zh: CHINESE,
  th: THAI,
} satisfies Record<Language, ClosedClasses>;

/** The closed classes of a language as sets of words in lower case. They are in the index like all words; what they decide is said where queries are read. */
export interface FunctionWords {
  readonly words: ReadonlySet<string>;
  readonly determiners: ReadonlySet<string>;
  readonly both: ReadonlySet<string>;
  /** Words that are none but in an expression: "été" of "a été". */
  readonly ofExpressions: ReadonlySet<string>;
  readonly negators: ReadonlySet<string>;
  /** Prepositions and auxiliaries, which stand behind things: "carta sobre", "hond kan". */
  readonly behindThings: ReadonlySet<string>;
  /** Whether a word says nothing beside the words before and behind it, where other words than it are looked up so. */
  readonly isInExpression: (word: string, before: string | undefined, after: string | undefined) => boolean;
  /** A word of the lists that is typed without its accents ("apres"), as they have it; undefined for all others. */
  readonly accented: (word: string) => string | undefined;
  /** The function word that an English word is with an "s" behind it ("ups" of "push-ups"), where it names nothing. */
  readonly withoutS: (word: string) => string | undefined;
}

const known = new Map<string, FunctionWords>();

/** @param language of ISO 639-1; of one without lists all sets are empty */
export function functionWordsOf(language: string): FunctionWords {
  let found = known.get(language);
  if (!found) known.set(language, (found = readLists(language)));
  return found;
}

const EMPTY: ClosedClasses = { determiners: '', both: '', negators: '' };

function readLists(language: string): FunctionWords {
  const lists = CLOSED_CLASSES[language] ?? EMPTY;
  const said = (lists.expressions ?? []).map(({ words: own, behind = '', before = '' }) => ({
    own: setOf(own),
    behind: setOf(behind),
    before: setOf(before),
  }));
  const {
    determiners,
    pronouns,
    prepositions = '',
    conjunctions,
    auxiliaries = '',
    adverbs,
    particles,
  } = lists;
  const classes = [determiners, pronouns, prepositions, conjunctions, auxiliaries, adverbs, particles];
  const words = setOf(classes.filter((list) => list !== undefined).join(' '));
  const both = setOf(lists.both);
  const ofExpressions = new Set(said.flatMap(({ own }) => [...own]));
  const plain = new Map(
    [...words, ...ofExpressions]
      .map((word) => [normalize(word, language as Language), word] as const)
      .filter(([typed]) => /^[a-z]+$/.test(typed) && !words.has(typed)),
  );
  return {
    words,
    determiners: setOf(determiners),
    both,
    ofExpressions,
    negators: setOf(lists.negators),
    behindThings: setOf(`${prepositions} ${auxiliaries}`),
    isInExpression: (word, last = '', next = '') =>
      said.some(({ own, behind, before }) => own.has(word) && (behind.has(last) || before.has(next))),
    accented: (word) => plain.get(word),
    withoutS: (word) => {
      const one = language === 'en' && word.endsWith('s') ? word.slice(0, -1) : '';
      return words.has(one) && !both.has(one) ? one : undefined;
    },
  };
}

const setOf = (list: string): ReadonlySet<string> => new Set(list.split(' ').filter((word) => word !== ''));

/** Of a word, in the form in which the lists have it. */
export const listedForm = (word: string): string => word.toLowerCase().normalize('NFC');
