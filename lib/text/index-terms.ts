import type { Analyzer, TermAt } from './analyzer.ts';
import { isNameInText, units } from './compounds.ts';
import { isFact } from './fact-terms.ts';
import { functionWordsOf, listedForm } from './function-words.ts';
import { wordsOfCutHiragana } from './cut-hiragana.ts';
import { joinedTerms, partTerms } from './joined-words.ts';
import { hasNamesElsewhere, namesOfBoth, namesThing, namesThingElsewhere } from './named-things.ts';
import { isParticiple, isReadAsNoun } from './noun-reading.ts';
import { simplified } from './simplified.ts';
import { wordsAcross } from './sub-words.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';

/** What of a lexicon texts are looked up in. */
export type TextLexicon = Pick<
  Lexicon,
  'beginsCompound' | 'isCompound' | 'classesOf' | 'hasParticiple' | 'isNoun' | 'isEntry'
>;

/** Words with spaces between: no single term can look so. */
export const compoundTerm = (key: string): string => key;
/** `=` is no letter, so no word of a text is spelled so. */
export const classTerm = (name: string): string => `=${name}`;
/** Whether a term is a class: synonyms and kinds of a thing. */
export const isClass = (term: string): boolean => term.startsWith('=');
/** The term of documents that have a class by the name of their file alone: what a file is called says less of what a picture shows. */
export const byNameAlone = (classOf: string): string => `${classOf}!`;
/** Terms that are no words: compounds, classes, and facts such as dates. */
export const isDerived = (term: string): boolean => isClass(term) || isFact(term) || term.includes(' ');

/** A term that a text is found by; derived ones stand where the words stand that they come from. */
interface IndexTerm extends TermAt {
  readonly isWord: boolean;
  /** Whether it is the last word of a name of something else: a teddy bear is no bear. */
  readonly isOther?: true;
}

/**
 * Every term of a text: its words, the compounds among them, the classes of what it speaks of, and what its words are written together.
 * Words inside a compound count as words and give no class: a hot dog is no dog.
 */
export function* indexTerms(text: string, analyzer: Analyzer, lexicon: Lexicon): Generator<IndexTerm> {
  const words = analyzer.termsWithPlaces(text);
  const others = new Set<number>();
  for (const { key, first, last } of unitsOf(words, text, analyzer, lexicon))
    if (first < last && lexicon.isExocentric(key)) others.add(last);
  for (const [i, word] of words.entries())
    yield { ...word, isWord: true, ...(others.has(i) && { isOther: true as const }) };
  for (const term of derivedTerms(words, text, analyzer, lexicon)) yield { ...term, isWord: false };
}

/** The compounds among words, the classes of what they speak of, and what they are written together or apart. */
export function* derivedTerms(
  words: readonly TermAt[],
  text: string,
  analyzer: Analyzer,
  lexicon: TextLexicon,
): Generator<TermAt> {
  const functions = functionWordsOf(analyzer.language);
  const wordAt = (at: number) => text.slice(words[at]!.start, words[at]!.end);
  const isThing = (at: number) => {
    const { term } = words[at]!;
    return lexicon.isEntry(term) && !isVerb(wordAt(at), term, analyzer, lexicon);
  };
  const isElsewhere = hasNamesElsewhere(analyzer.language);
  const isNamed = (at: number) =>
    isElsewhere
      ? namesThingElsewhere(text, words, at, functions, analyzer.language)
      : namesThing(text, words, at, functions, isThing);
  const isInExpression = (at: number) =>
    functions.isInExpression(
      listedForm(wordAt(at)),
      at > 0 ? listedForm(wordAt(at - 1)) : undefined,
      at + 1 < words.length ? listedForm(wordAt(at + 1)) : undefined,
    );
  for (const { key, first, last } of unitsOf(words, text, analyzer, lexicon)) {
    const { start } = words[first]!;
    const { end } = words[last]!;
    if (first < last) {
      yield { term: compoundTerm(key), start, end };
      // Cans are told from what can be seen by their class alone, so a trash can is one of them.
      const named = namesOfBoth(analyzer).get(words[last]!.term);
      if (named !== undefined && !lexicon.classesOf(key).includes(named))
        yield { term: classTerm(named), start: words[last]!.start, end };
    }
    const word = first === last ? wordAt(first) : '';
    // "An" is no ANS, what somebody does no deer, and what can be seen no can.
    const form = listedForm(word);
    if (functions.both.has(form) ? !isNamed(first) : functions.words.has(form)) continue;
    const named = isElsewhere ? namesOfBoth(analyzer).get(key) : undefined;
    if (named !== undefined && !isInExpression(first)) yield { term: classTerm(named), start, end };
    const asNoun = lexicon.isNoun(key) && isReadAsNoun(text, words, first, functions, isThing);
    const names = lexicon.classesOf(key, asNoun);
    if (names.length === 0 || isVerb(word, key, analyzer, lexicon)) continue;
    for (const name of names) yield { term: classTerm(name), start, end };
  }
  if (analyzer.language === 'ja') {
    yield* termsAcross(words, text);
    for (const { word, start, end } of wordsOfCutHiragana(words, text))
      yield { term: classTerm(word), start, end };
  }
  if (analyzer.language === 'zh') yield* termsAcross(words, simplified(text));
  yield* joinedTerms(words, text, analyzer);
  yield* partTerms(words, text, analyzer);
}

/** Words across the borders of those that a dictionary cut: of neighbours without anything between. */
function* termsAcross(words: readonly TermAt[], text: string): Generator<TermAt> {
  for (const [i, two] of words.entries()) {
    const one = words[i - 1];
    if (one?.end !== two.start) continue;
    for (const { word, before } of wordsAcross(
      text.slice(one.start, one.end),
      text.slice(two.start, two.end),
    )) {
      const start = two.start - before;
      yield { term: classTerm(word), start, end: start + word.length };
    }
  }
}

/** Whether a word is a form of a verb, and no mention of the noun that has its term: "smoking" is no smoke, and "flown" no fly. */
export const isVerb = (
  word: string,
  term: string,
  analyzer: Pick<Analyzer, 'isLed'>,
  lexicon: Pick<Lexicon, 'hasParticiple'>,
): boolean => (isParticiple(word, term) && !lexicon.hasParticiple(term)) || analyzer.isLed(word);

/** The words and compounds of a text. */
function unitsOf(words: readonly TermAt[], text: string, analyzer: Analyzer, lexicon: TextLexicon) {
  const { words: functions } = functionWordsOf(analyzer.language);
  return units(words, lexicon, (unit) => isNameInText(text, words, unit, functions, analyzer, lexicon));
}
