import type { Language } from '../domain/language.ts';
import type { Analyzer } from './analyzer.ts';
import { functionWordsOf, type FunctionWords } from './function-words.ts';
import { stemmerOf } from './stemmer.ts';
import { isReadAsNoun, type Place } from './noun-reading.ts';

/** What stands behind "can" where it is no thing: "can also be seen", "can you". */
const BEHIND_A_VERB =
  /^(?:be|been|have|do|get|see|go|not|also|only|just|still|even|often|always|never|i|you|he|she|it|we|they|\w+ly)$/;
/** What stands behind a thing: "can of beans". */
const BEHIND_A_THING = new Set('and at behind beside by for from in inside near of on or with'.split(' '));
/** Between two words of one phrase nothing else stands. */
const BREAK = /[.,!?;:()"\n]/;

/**
 * Whether an English word of a text that is a function word as well ("can", "mine") names a thing where it stands: "a can of soda",
 * "rusty can", and not "a dog can be seen". What stands in a compound ("tin can") names it anyway.
 *
 * @param isThing whether another word is a noun: behind it and before one more word stands a verb
 */
export function namesThing(
  text: string,
  words: readonly Place[],
  at: number,
  functions: FunctionWords,
  isThing: (at: number) => boolean,
): boolean {
  const { start, end } = words[at]!;
  const said = (i: number) => text.slice(words[i]!.start, words[i]!.end).toLowerCase();
  const before = at > 0 && !BREAK.test(text.slice(words[at - 1]!.end, start)) ? said(at - 1) : undefined;
  const after =
    at + 1 < words.length && !BREAK.test(text.slice(end, words[at + 1]!.start)) ? said(at + 1) : undefined;
  if (after !== undefined && BEHIND_A_VERB.test(after)) return false;
  const isLast = after === undefined || functions.words.has(after);
  // "Can this be art?": what begins a sentence is a thing where nothing follows, or what belongs to one.
  if (before === undefined) return after === undefined || BEHIND_A_THING.has(after);
  if (!functions.words.has(before)) return isLast || (!isThing(at - 1) && !before.endsWith('s') && read());
  return functions.determiners.has(before) && read();

  function read(): boolean {
    return isReadAsNoun(text, words, at, functions, isThing);
  }
}

/**
 * Whether a word of another language than English does: behind a determiner ("un sobre") or, where it stands behind no thing itself, behind
 * another word ("blond haar", "niña nada") if it determines none ("ziet haar hond"). German writes things with a capital.
 */
export function namesThingElsewhere(
  text: string,
  words: readonly Place[],
  at: number,
  { words: functions, determiners, behindThings }: FunctionWords,
  language: Language,
): boolean {
  const said = (i: number) => text.slice(words[i]!.start, words[i]!.end).toLowerCase();
  const isNext = (i: number) =>
    i > 0 && i < words.length && !BREAK.test(text.slice(words[i - 1]!.end, words[i]!.start));
  if (language === 'de') return /^\p{Lu}\p{Ll}/u.test(text.slice(words[at]!.start));
  if (!isNext(at)) return false;
  if (determiners.has(said(at - 1))) return true;
  if (functions.has(said(at - 1)) || behindThings.has(said(at))) return false;
  return !determiners.has(said(at)) || !isNext(at + 1) || functions.has(said(at + 1));
}

/** Languages whose things are told by `namesThingElsewhere`. */
export const hasNamesElsewhere = (language: Language): boolean =>
  language !== 'en' && stemmerOf(language) !== undefined;

type NamingAnalyzer = Pick<Analyzer, 'language' | 'lexicon' | 'terms'>;

const names = new WeakMap<Analyzer['terms'], ReadonlyMap<string, string>>();

/**
 * Of words that are function words as well, and name a thing: the name of its class by their term. In English a class of the lexicon, which not
 * all have; in other languages with endings the term itself, also of a word that is none but in an expression.
 */
export function namesOfBoth({ language, lexicon, terms }: NamingAnalyzer): ReadonlyMap<string, string> {
  let known = names.get(terms);
  if (!known) {
    const { both, ofExpressions } = functionWordsOf(language);
    const words = hasNamesElsewhere(language) ? [...both, ...ofExpressions] : [...both];
    const all = words.map((word) => terms(word)[0]!);
    const nameOf = (term: string) => (language === 'en' ? lexicon.classFor(term)?.name : term);
    known = new Map(
      all.flatMap((term) => {
        const name = nameOf(term);
        return name === undefined ? [] : [[term, name] as const];
      }),
    );
    names.set(terms, known);
  }
  return known;
}
