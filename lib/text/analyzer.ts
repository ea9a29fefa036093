import type { Language } from '../domain/language.ts';
import { openEnglishLexicon } from '../lexicon/english.ts';
import { NO_FORMS, openForms, type Forms } from '../lexicon/forms.ts';
import { knownWordsOf } from '../lexicon/known-words.ts';
import { NO_LEXICON, type Lexicon } from '../lexicon/lexicon.ts';
import { functionWordsOf, listedForm } from './function-words.ts';
import { normalize } from './normalize.ts';
import { simplified } from './simplified.ts';
import { stemmerOf } from './stemmer.ts';
import { SUB_WORDS } from './sub-words.ts';
import { tokenize, type Token } from './tokenize.ts';
import { withUmlauts } from './umlauts.ts';

/** A term with the place in the text that it comes from. */
export interface TermAt {
  readonly term: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The one chain for glosses and for queries of a language: tokenize, normalize, lead to the base form, stem. No stop words are dropped, so
 * that every word a person types can be found.
 */
export interface Analyzer {
  readonly language: Language;
  /** Synonyms, kinds and compounds of the language, by this analyzer's terms. */
  readonly lexicon: Lexicon;
  /** The words of a text with their places; Chinese ones in simplified letters. */
  words(text: string): Token[];
  /** The terms of a text in order, with repetitions. */
  terms(text: string): string[];
  /** The same with their places, in UTF-16 code units. */
  termsWithPlaces(text: string): TermAt[];
  /** The terms of one word of a text: one, but for compatibility forms and names that are written together ("carpark"). */
  termsOfWord(word: string): readonly string[];
  /** The one term of words that are written together; a sign between digits stays ("24/7"). */
  joinedTerm(words: string): string;
  /** Whether a word is a form of another that no ending tells of: "ran" of "run". */
  isLed(word: string): boolean;
  /** Whether a term is that of a word that texts have, by the lexicon and the list of known words. */
  isKnown(term: string): boolean;
  /** A word as it is before it is stemmed. */
  normalize(word: string): string;
}

/** Longer terms are cut: they are noise, and a term is part of a sort key of at most 1,024 bytes. */
const MAX_TERM_CHARS = 64;
/**
 * Of a word, before and after it is normalized: one character may become 18. Counted in NFC, so that all spellings of a word that are
 * equal are cut alike. More than any language has.
 */
const MAX_WORD_CHARS = 256;
/**
 * Words repeat endlessly while their terms never change; the bound keeps a hostile vocabulary from filling memory. When so many are known,
 * they become the older ones, and those that are not asked for until the next time are forgotten.
 */
const MAX_RECENT_WORDS = 50_000;
/** Letters of either part of a name that is written together. */
export const SHORTEST_PART = 2;
/** Words share beginnings; the bound keeps a hostile vocabulary from filling memory. */
const MAX_BEGINNINGS = 20_000;
/** `~` is no letter, so no word is stemmed to this. */
const APART = '~';
/** In capitals all through. */
const INITIALS = /^\p{Lu}{2,}$/u;
const PARTICIPLES = /(?:ed|ing)$/;
/** Words of which it is known whether they are led to another. */
const MAX_LED = 20_000;
/** Looked for in no longer word. */
export const LONGEST_NAME = 24;

interface AnalyzerOptions {
  /** False leaves words as they are written, but for case and accents. */
  readonly stem?: boolean;
  /** Instead of the language's own; read when it is first asked for. */
  readonly lexicon?: () => Lexicon;
}

export function createAnalyzer(language: Language, options: AnalyzerOptions = {}): Analyzer {
  const stem = options.stem === false ? undefined : stemmerOf(language);
  let forms: Forms | undefined;
  let functions: ReturnType<typeof functionStems> | undefined;
  let lexicon: Lexicon | undefined;
  let recent = new Map<string, readonly string[]>();
  let older = recent;
  const led = new Map<string, boolean>();
  const beginnings = new Map<string, string | undefined>();

  function termsOfWord(word: string): readonly string[] {
    const known = recent.get(word);
    if (known) return known;
    const terms = older.get(word) ?? analyse(word);
    if (word.length > MAX_TERM_CHARS) return terms;
    if (recent.size >= MAX_RECENT_WORDS) {
      older = recent;
      recent = new Map();
    }
    recent.set(word, terms);
    return terms;
  }

  const words = (text: string): Token[] => tokenize(language === 'zh' ? simplified(text) : text);

  const normalized = (word: string) => bounded(normalize(bounded(word.normalize('NFC')), language));

  // Tokenized again, since a compatibility form may turn into several words ("½" into "1⁄2").
  const analyse = (word: string): string[] => {
    const terms = tokenize(normalized(word)).map((part) => termOf(part.word, bounded(word)));
    return terms.length === 1 ? (nameIn(normalized(word), terms[0]!) ?? terms) : terms;
  };

  const formsNow = (): Forms => (forms ??= formsOf(language));

  /** The stem of a word, and the one that it is led to. */
  function stemsOf(word: string, stemmed: (word: string) => string): [stem: string, led: string] {
    const base = formsNow().baseOf(word);
    if (formsNow().isWhole(base)) return [base, base];
    const before = language === 'de' ? withUmlauts(stemmed(base), base) : stemmed(base);
    return [before, formsNow().stemOf(before)];
  }

  /** @param written the word as a text has it; of what is joined the word itself */
  const termOf = (word: string, written: string = word): string =>
    cut(stem ? apart(word, written, stemsOf(word, stem)[1], stem) : word);

  /**
   * The stem of a word that says something, where a function word has the same: "comida" is no "como", and "maïs" no "mais". A function
   * word with an "s" stays with it: "push-ups" are push-ups, and UPS has vans. What is canned or mined is no "can" and no "mine".
   */
  function apart(word: string, written: string, term: string, stemmed: (word: string) => string): string {
    functions ??= functionStems(language, (word) => stemsOf(word, stemmed)[1]);
    if (language === 'en' && PARTICIPLES.test(word) && functions.ofBoth.has(term)) return `${term}${APART}`;
    if (!functions.stems.has(term)) return term;
    const isMore = !INITIALS.test(written) && functionWordsOf(language).withoutS(word) !== undefined;
    const isOne = isMore || functions.isOne(word, listedForm(written));
    return isOne ? term : `${term}${APART}`;
  }

  function isLed(word: string): boolean {
    if (!stem) return false;
    let is = led.get(word);
    if (is === undefined) {
      const [before, after] = stemsOf(normalized(word), stem);
      if (led.size >= MAX_LED) led.clear();
      led.set(word, (is = after !== before));
    }
    return is;
  }

  /** The words of a name of the lexicon that is written as one word, and is none of its own. */
  function nameIn(word: string, term: string): string[] | undefined {
    const names = lexiconNow();
    if (language !== 'en' || word.length > LONGEST_NAME || !/^[a-z]+$/.test(word) || names.isEntry(term))
      return undefined;
    for (let at = SHORTEST_PART; at <= word.length - SHORTEST_PART; at += 1) {
      const first = beginningOf(word.slice(0, at), names);
      if (first === undefined) continue;
      const second = termOf(word.slice(at));
      if (names.isCompound(`${first} ${second}`)) return [first, second];
    }
    return undefined;
  }

  /** The term of a word that names begin with. */
  function beginningOf(word: string, names: Lexicon): string | undefined {
    if (!beginnings.has(word)) {
      if (beginnings.size >= MAX_BEGINNINGS) beginnings.clear();
      const term = termOf(word);
      // As it is written: "buttre" is no butter, as "centre" is a center.
      const isWritten = formsNow().baseOf(word) === word;
      beginnings.set(word, isWritten && names.beginsCompound(term) ? term : undefined);
    }
    return beginnings.get(word);
  }

  const lexiconNow = (): Lexicon => (lexicon ??= (options.lexicon ?? lexiconOf(language, options))());

  return {
    language,
    get lexicon() {
      return lexiconNow();
    },
    termsOfWord,
    words,
    terms: (text) => words(text).flatMap(({ word }) => termsOfWord(word)),
    termsWithPlaces: (text) =>
      words(text).flatMap(({ word, start, end }) => termsOfWord(word).map((term) => ({ term, start, end }))),
    joinedTerm: (words) => termOf(normalized(words).replaceAll(/\s/g, '')),
    isLed,
    isKnown: (term) => lexiconNow().isEntry(term) || knownWordsOf(language).has(term),
    normalize: normalized,
  };
}

/** The stems of function words that name nothing, and of the others. */
function functionStems(language: Language, stemOf: (word: string) => string) {
  const { words, both } = functionWordsOf(language);
  const normalized = new Set(
    Array.from(words)
      .filter((word) => !both.has(word))
      .map((word) => normalize(word, language)),
  );
  return {
    stems: new Set(Array.from(normalized, stemOf)),
    ofBoth: new Set(Array.from(both, (word) => stemOf(normalize(word, language)))),
    /** Whether a word is one of them. Accents may be left out, but not others be there: "té" is no "te". */
    isOne: (word: string, own: string) =>
      normalized.has(word) && (own === word || words.has(own) || !isAccented(own)),
  };
}

const isAccented = (word: string): boolean => /\p{M}/u.test(word.normalize('NFD'));

const bounded = (word: string): string => word.slice(0, MAX_WORD_CHARS);
const cut = (term: string): string => term.slice(0, MAX_TERM_CHARS).toWellFormed();

const formsOf = (language: Language): Forms => (stemmerOf(language) ? openForms(language) : NO_FORMS);

/** The English table knows stems, so it serves no analyzer that does not stem. */
const lexiconOf =
  (language: Language, { stem }: AnalyzerOptions) =>
  (): Lexicon => {
    if (language === 'ja' || language === 'zh' || language === 'th') return SUB_WORDS;
    return language === 'en' && stem !== false ? openEnglishLexicon() : NO_LEXICON;
  };

const analyzers = new Map<Language, Analyzer>();

/** The analyzer of a language, made when it is first asked for: who indexes and who searches share the one. */
export function analyzerOf(language: Language): Analyzer {
  const known = analyzers.get(language) ?? createAnalyzer(language);
  analyzers.set(language, known);
  return known;
}

export const ENGLISH = analyzerOf('en');
