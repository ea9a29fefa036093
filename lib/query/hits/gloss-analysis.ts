import type { Gloss, ViewGloss } from '../../domain/gloss.ts';
import type { Analyzer, TermAt } from '../../text/analyzer.ts';
import type { FileField } from '../../text/file-fields.ts';
import { factTerms } from '../../text/fact-terms.ts';
import { fileTexts, type FileText } from '../../text/file-texts.ts';
import { derivedTerms, type TextLexicon } from '../../text/index-terms.ts';
import { nameTerms } from '../../text/name-terms.ts';

export type TextField = 'tag' | 'caption' | 'text';

/** A text of a view, or of a file, with the terms that the index has for it. */
export interface AnalysedText<Field extends string = TextField | FileField> {
  readonly field: Field;
  /** Index of the tag; 0 for other fields. */
  readonly index: number;
  readonly text: string;
  /** In order, with repetitions. */
  readonly words: readonly TermAt[];
  /** Compounds and classes. */
  readonly derived: readonly TermAt[];
}

export interface AnalysedView {
  readonly gloss: ViewGloss;
  readonly texts: readonly AnalysedText<TextField>[];
}

export interface AnalysedGloss {
  readonly views: readonly AnalysedView[];
  /** What the file says of itself. */
  readonly file: readonly AnalysedText<FileField>[];
  /** The terms of its dates and its camera. */
  readonly facts: ReadonlySet<string>;
}

/** All texts of a gloss: those of its views, then those of its file. */
export const textsOfGloss = ({ views, file }: AnalysedGloss): readonly AnalysedText[] => [
  ...views.flatMap(({ texts }) => texts),
  ...file,
];

/** What one request may analyse. The gloss that passes a bound is analysed to its end, and no further one. */
export interface AnalysisBounds {
  readonly words: number;
  /** Words that are spelt in different ways: each is stemmed, which costs ten times what its repetition costs. */
  readonly spellings: number;
}

/** The words of a hundred glosses of 30 KB. docs/security.md has what the worst queries take. */
export const ANALYSIS_BOUNDS: AnalysisBounds = { words: 500_000, spellings: 50_000 };

/**
 * The glosses of one request, each analysed once, whoever asks: matching, scoring, highlighting and counting. The work is bounded by
 * counts, so that a request is answered alike by an instance that knows the words and by one that does not.
 */
export class GlossAnalysis {
  readonly #analyzer: Analyzer;
  /** The same, where parts of words are looked up, too. */
  readonly #counted: Analyzer;
  readonly #bounds: AnalysisBounds;
  readonly #glosses = new Map<Gloss, AnalysedGloss>();
  readonly #termsBySpelling = new Map<string, readonly string[]>();
  readonly #lexicon: TextLexicon;
  #words = 0;

  constructor(analyzer: Analyzer, bounds: AnalysisBounds = ANALYSIS_BOUNDS) {
    this.#analyzer = analyzer;
    this.#counted = { ...analyzer, termsOfWord: (spelling) => this.#termsOf(spelling) };
    this.#bounds = bounds;
    this.#lexicon = remembering(analyzer);
  }

  /** Whether no further gloss is analysed. */
  get isSpent(): boolean {
    return this.#words > this.#bounds.words || this.#termsBySpelling.size > this.#bounds.spellings;
  }

  /** What was analysed so far. */
  get counts(): AnalysisBounds & { readonly glosses: number } {
    return { glosses: this.#glosses.size, words: this.#words, spellings: this.#termsBySpelling.size };
  }

  /** Undefined above the bounds, for a gloss that was not asked for before. */
  of(gloss: Gloss): AnalysedGloss | undefined {
    const known = this.#glosses.get(gloss);
    if (known || this.isSpent) return known;
    const analysed = {
      views: gloss.views.map((view) => this.#view(view)),
      file: [...fileTexts(gloss.file).map((text) => this.#fileText(text)), ...this.#nameOf(gloss.file?.name)],
      facts: factTerms(gloss.file, this.#analyzer),
    };
    this.#glosses.set(gloss, analysed);
    return analysed;
  }

  #view(gloss: ViewGloss): AnalysedView {
    return {
      gloss,
      texts: [
        ...gloss.tags.map((tag, i) => this.#text('tag', i, tag)),
        this.#text('caption', 0, gloss.caption),
        this.#text('text', 0, gloss.visibleText),
      ],
    };
  }

  /** Its places are those in the source. */
  #fileText({ field, index, source, text, placeOf, tells }: FileText): AnalysedText<FileField> {
    const { words, derived } = this.#text(field, index, text);
    const inSource = (terms: readonly TermAt[]) =>
      terms
        .map(({ term, ...place }) => ({ term, ...placeOf(place) }))
        .filter(({ start, end }) => tells(source.slice(start, end)));
    return { field, index, text: source, words: inSource(words), derived: inSource(derived) };
  }

  /** The name once more, as what it is found by exactly. */
  #nameOf(name = ''): AnalysedText<FileField>[] {
    const derived = nameTerms(name, this.#analyzer);
    return derived.length === 0 ? [] : [{ field: 'name', index: 0, text: name, words: [], derived }];
  }

  #text<Field extends string>(field: Field, index: number, text: string): AnalysedText<Field> {
    const words: TermAt[] = [];
    for (const { word, start, end } of this.#analyzer.words(text))
      for (const term of this.#termsOf(word)) words.push({ term, start, end });
    this.#words += words.length;
    return {
      field,
      index,
      text,
      words,
      derived: Array.from(derivedTerms(words, text, this.#counted, this.#lexicon)),
    };
  }

  #termsOf(spelling: string): readonly string[] {
    let terms = this.#termsBySpelling.get(spelling);
    if (!terms) {
      terms = this.#analyzer.termsOfWord(spelling);
      this.#termsBySpelling.set(spelling, terms);
    }
    return terms;
  }
}

/** Asks the lexicon once for each term. */
function remembering(analyzer: Analyzer): TextLexicon {
  const begins = new Map<string, boolean>();
  const classes = new Map<string, readonly string[]>();
  return {
    isCompound: (key) => analyzer.lexicon.isCompound(key),
    hasParticiple: (key) => analyzer.lexicon.hasParticiple(key),
    isNoun: (key) => analyzer.lexicon.isNoun(key),
    isEntry: (key) => analyzer.lexicon.isEntry(key),
    beginsCompound: (term) => begins.get(term) ?? keep(begins, term, analyzer.lexicon.beginsCompound(term)),
    classesOf: (key, asNoun) =>
      asNoun
        ? analyzer.lexicon.classesOf(key, asNoun)
        : (classes.get(key) ?? keep(classes, key, analyzer.lexicon.classesOf(key))),
  };
}

function keep<T>(map: Map<string, T>, key: string, value: T): T {
  map.set(key, value);
  return value;
}
