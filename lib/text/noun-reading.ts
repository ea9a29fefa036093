import type { TermAt } from './analyzer.ts';
import type { FunctionWords } from './function-words.ts';

/** A word of a text by its place there. */
export type Place = Pick<TermAt, 'start' | 'end'>;

/** Endings of English participles. */
export const PARTICIPLE = /(?:ing|ed)$/i;

/** Whether a word has an ending of English participles that its term lacks: "smoking" and "ringing", but not "ring". */
export const isParticiple = (word: string, term: string): boolean =>
  PARTICIPLE.test(word) && term.length < word.length && !word.toLowerCase().endsWith(term);

/** So many words between an article and its noun are looked through. */
const MOST_BETWEEN = 3;
const PLURALS = new Set('children men people women'.split(' '));
/** Behind them stand several things. */
export const COUNTS = new Set(
  'all few many several some these those two three four five six seven eight nine ten twelve'.split(' '),
);
/** What several things are joined by. */
const JOINING = new Set(['and', 'or']);
/** Behind them stands no verb but a participle. */
const PREPOSITIONS = new Set(
  (
    'about above across after against along amid among around at before behind below beneath beside besides between by despite during except for from in ' +
    'inside into like near of off on onto outside over per through throughout toward towards under underneath until upon via with within without'
  ).split(' '),
);

/**
 * Whether an English word that is a verb as well is read as a noun by what stands before it: "a brown bear", "two ducks", "Bears in a field", and
 * not "a man bears" or "to duck".
 *
 * @param isThing whether a word before it is a noun itself: then a form in -s is rather its verb
 */
export function isReadAsNoun(
  text: string,
  words: readonly Place[],
  at: number,
  { words: functions, determiners }: FunctionWords,
  isThing: (at: number) => boolean,
): boolean {
  const word = textOf(text, words[at]!);
  if (PARTICIPLE.test(word)) return false;
  const isPlural = word.endsWith('s');
  let things = false;
  for (let i = at - 1; i >= at - 1 - MOST_BETWEEN; i -= 1) {
    const next = words[i + 1]!;
    const before = words[i];
    // "Bear left": what a sentence begins with is a noun in its plural, or behind another word.
    if (!before || /[.,!?;:()"\n]/.test(text.slice(before.end, next.start)))
      return isPlural ? !things : i < at - 1;
    const said = textOf(text, before);
    // Of several men who hammer the hammer is none.
    if (COUNTS.has(said) || /^\d+$/.test(said)) return isPlural || !things;
    if (determiners.has(said) || said.endsWith("'s") || said.endsWith('’s')) return !things || !isPlural;
    if (isPlural && i === at - 1) {
      // "Feeding ducks", "dogs and bears": behind a participle several stand, and beside several.
      if (said.endsWith('ing') && !isThing(i)) return true;
      if (JOINING.has(said)) return i > 0 && textOf(text, words[i - 1]!).endsWith('s') && isThing(i - 1);
    }
    if (functions.has(said)) return PREPOSITIONS.has(said) && (!things || !isPlural);
    // "Two dogs bear": behind a plural stands a verb.
    if (!isPlural && i === at - 1 && (said.endsWith('s') ? isThing(i) : PLURALS.has(said))) return false;
    if (isThing(i)) things = true;
  }
  return false;
}

const textOf = (text: string, { start, end }: Place): string => text.slice(start, end).toLowerCase();
