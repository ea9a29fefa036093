import type { Analyzer } from './analyzer.ts';
import { COUNTS, isParticiple, type Place } from './noun-reading.ts';
import { LONGEST_COMPOUND, type Lexicon } from '../lexicon/lexicon.ts';

type CompoundLexicon = Pick<Lexicon, 'beginsCompound' | 'isCompound' | 'hasParticiple'>;

/** A word, or the words of a compound, by their positions. */
interface Unit {
  readonly key: string;
  readonly first: number;
  readonly last: number;
}

/**
 * Words from left to right, as many together as make one name.
 *
 * @param isName whether words whose terms make a compound are one where they stand
 */
export function* units(
  words: readonly { readonly term: string }[],
  lexicon: CompoundLexicon,
  isName: (unit: Unit) => boolean,
): Generator<Unit> {
  for (let first = 0; first < words.length;) {
    let key = words[first]!.term;
    let last = first;
    const most = lexicon.beginsCompound(key) ? LONGEST_COMPOUND : 1;
    for (let end = Math.min(words.length, first + most); end > first + 1; end -= 1) {
      const joined = words
        .slice(first, end)
        .map(({ term }) => term)
        .join(' ');
      if (!lexicon.isCompound(joined) || !isName({ key: joined, first, last: end - 1 })) continue;
      key = joined;
      last = end - 1;
      break;
    }
    yield { key, first, last };
    first = last + 1;
  }
}

/**
 * Whether a compound ends in a form of a verb that its name lacks: "a car parked" is no car park, and "fly fishing" no flying fish. Names end in
 * -ing ("office building"), and none that is seen every day in a participle in -ed.
 */
export const endsInVerb = (
  word: string,
  { key, term }: { readonly key: string; readonly term: string },
  { isLed }: Pick<Analyzer, 'isLed'>,
  lexicon: Pick<Lexicon, 'hasParticiple'>,
): boolean => (isParticiple(word, term) && (/ed$/i.test(word) || !lexicon.hasParticiple(key))) || isLed(word);

/** Behind them stands one thing. */
const ONE = new Set('a an another each every one that this'.split(' '));
/** Behind a name stands none of them, and behind a verb what it is done to. */
const OBJECTS = new Set('a an each her him his it its most my our the their them your'.split(' '));
/** Their ending is none of a plural. */
const SINGULARS = new Set('bellows gallows headquarters lens series species'.split(' '));
/** Between a thing and what counts it stand so many words at most. */
const MOST_BETWEEN = 3;
/** What stands between two sentences, or two things of a list. */
const BREAK = /[,!?;:()\n]/;
/** The end of a sentence, and not of an abbreviation as in "St. Bernard". */
const END = /[^.\s]{3}\.\s/;

/**
 * Whether words of an English text that make a compound by their terms are a name where they stand, and no sentence: neither "a bus stopped",
 * "a red coat stands", "the bed covers a wall" nor "two dogs race", no number of things as "two pieces" is, and no two things of a list.
 */
export function isNameInText(
  text: string,
  words: readonly (Place & { readonly term: string })[],
  { key, first, last }: Unit,
  functions: ReadonlySet<string>,
  analyzer: Pick<Analyzer, 'isLed'>,
  lexicon: Pick<Lexicon, 'hasParticiple'>,
): boolean {
  if (!areTogether(first, last)) return false;
  const lastWord = said(last);
  if (endsInVerb(lastWord, { key, term: words[last]!.term }, analyzer, lexicon)) return false;
  // "A pair of scissors": its first word is what is counted.
  if (last - first > 1 && functions.has(said(first + 1))) return true;
  if (!isPlural(last)) return !isPlural(first) || !isBehind(COUNTS);
  if (COUNTS.has(said(first))) return false;
  const isDone = last + 1 < words.length && areTogether(last, last + 1) && OBJECTS.has(said(last + 1));
  return !isDone && !isBehind(ONE);

  function said(i: number): string {
    return text.slice(words[i]!.start, words[i]!.end).toLowerCase();
  }

  function areTogether(from: number, to: number): boolean {
    for (let i = from; i < to; i += 1) {
      const [one, two] = [words[i]!, words[i + 1]!];
      if (one.end >= two.start) continue;
      if (BREAK.test(text.slice(one.end, two.start))) return false;
      if (END.test(text.slice(Math.max(0, one.end - 3), two.start))) return false;
    }
    return true;
  }

  function isPlural(i: number): boolean {
    const word = said(i);
    return /[^s]s$/.test(word) && !word.endsWith(words[i]!.term) && !SINGULARS.has(word);
  }

  /** Whether one of these words stands before the compound, with nothing but what describes it between. */
  function isBehind(these: ReadonlySet<string>): boolean {
    for (let i = first - 1; i >= Math.max(0, first - 1 - MOST_BETWEEN) && areTogether(i, i + 1); i -= 1) {
      const word = said(i);
      if (these.has(word)) return true;
      // "A boy throws tennis balls", "a woman wearing blue jeans".
      if (functions.has(word) || /(?:ing|[^s]s)$/.test(word)) return false;
    }
    return false;
  }
}
