import { textsOf, type Gloss } from '../domain/gloss.ts';
import { weightOfView } from '../domain/view-weight.ts';
import { ENGLISH, type Analyzer } from './analyzer.ts';
import { factTerms } from './fact-terms.ts';
import { fileTexts, timesSaid } from './file-texts.ts';
import { functionWordsOf } from './function-words.ts';
import { byNameAlone, indexTerms, isClass } from './index-terms.ts';
import { nameTerms } from './name-terms.ts';

/** The mentions of a term in a document. */
export interface Mentions {
  /** How many there are. */
  readonly termFreq: number;
  /** The mean of how early their texts say them: from 1 at the start of a text to 0 at its end, and what is said of a crop, a quarter of that. */
  readonly earliness: number;
  /**
   * Where a word stands: the words of all views are numbered through, and one number is left out between two texts. Absent where it also
   * stands elsewhere, in what the file says, or as a part of another word; and for function words, which stand beside everything.
   */
  readonly places?: readonly number[];
}

/** The analysed terms of one gloss. */
export interface DocumentTerms {
  /** By term, over all views of the gloss, and what its file adds (`timesSaid`). */
  readonly mentions: ReadonlyMap<string, Mentions>;
  /** Number of words with repetitions; compounds and classes stand for words that are counted already. */
  readonly docLen: number;
}

/**
 * All views of a gloss as one document, as Nakata et al. concatenate the captions of crops (section 3). What the file says adds terms and
 * no length; a person wrote it, so that it is as early as can be.
 */
export const documentTermsBy = (analyzer: Analyzer) => {
  let functionTerms: ReadonlySet<string> | undefined;
  return (gloss: Gloss): DocumentTerms => {
    const silent = (functionTerms ??= termsOfFunctionWords(analyzer));
    const mentions = new Map<string, Mentions>();
    const places = new Map<string, number[]>();
    const mention = (term: string, times: number, earliness: number) => {
      const known = mentions.get(term) ?? { termFreq: 0, earliness: 0 };
      const termFreq = known.termFreq + times;
      const sum = known.earliness * known.termFreq + earliness * times;
      mentions.set(term, { termFreq, earliness: sum / termFreq });
    };
    const elsewhere = new Set<string>();
    let docLen = 0;
    let place = 0;
    for (const view of gloss.views) {
      const weight = weightOfView(view.view);
      for (const text of textsOf(view)) {
        for (const { term, isWord, start, isOther } of indexTerms(text, analyzer, analyzer.lexicon)) {
          mention(term, 1, earlinessAt(start, text.length) * weight * (isOther ? WEIGHT_OF_OTHER : 1));
          if (isWord) {
            docLen += 1;
            const known = places.get(term);
            if (known) known.push(place);
            else places.set(term, [place]);
            place += 1;
          } else elsewhere.add(term);
        }
        place += 1;
      }
    }
    for (const [term, times] of fileTerms(gloss, analyzer)) {
      elsewhere.add(term);
      const isByNameAlone = times === 0 && !mentions.has(term);
      if (times > 0 || isByNameAlone) mention(term, Math.max(1, times), 1);
      if (isByNameAlone && isClass(term)) mention(byNameAlone(term), 1, 1);
    }
    for (const { term } of nameTerms(gloss.file?.name ?? '', analyzer))
      mentions.set(term, { termFreq: 1, earliness: 1 });
    for (const term of factTerms(gloss.file, analyzer)) mentions.set(term, { termFreq: 1, earliness: 1 });
    // Of a gloss of before glosses had cards, the record may know a name in which words stand, too.
    const isAll = gloss.card !== undefined || gloss.file !== undefined;
    for (const [term, at] of isAll ? places : [])
      if (!elsewhere.has(term) && !silent.has(term))
        mentions.set(term, { ...mentions.get(term)!, places: at });
    return { mentions, docLen };
  };
};

const termsOfFunctionWords = (analyzer: Analyzer): ReadonlySet<string> =>
  new Set(Array.from(functionWordsOf(analyzer.language).words).flatMap((word) => analyzer.termsOfWord(word)));

/** A text of fewer characters is over before its writer begins to guess: its words are as early as in one of so many. */
const SHORTEST_TEXT = 300;

/** What a mention counts that is part of the name of something else. */
const WEIGHT_OF_OTHER = 1 / 4;

const earlinessAt = (start: number, length: number): number => 1 - start / Math.max(SHORTEST_TEXT, length);

/** term -> how often it counts for what the file says; 0 where it counts once if nothing else says it. */
function fileTerms({ file, views }: Gloss, analyzer: Analyzer): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { field, text, placeOf, source, tells } of fileTexts(file)) {
    const times = timesSaid(field, views.length);
    for (const { term, isWord: _, isOther: _other, ...place } of indexTerms(
      text,
      analyzer,
      analyzer.lexicon,
    )) {
      const { start, end } = placeOf(place);
      if (tells(source.slice(start, end))) found.set(term, Math.max(times, found.get(term) ?? 0));
    }
  }
  return found;
}

export const documentTerms = documentTermsBy(ENGLISH);
