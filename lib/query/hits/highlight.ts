import type { Gloss, ViewGloss } from '../../domain/gloss.ts';
import { ENGLISH, type Analyzer } from '../../text/analyzer.ts';
import { indexTerms } from '../../text/index-terms.ts';

/** A word of a view's text that matched; start and end count UTF-16 code units of that text. */
export interface Highlight {
  readonly field: 'tag' | 'caption' | 'text';
  /** Index of the tag; 0 for other fields. */
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/** A view that has words of the query. */
export interface MatchedView {
  readonly gloss: ViewGloss;
  /** Scoring terms of the query that this view has. */
  readonly terms: readonly string[];
  /** The words as the view's texts write them, each once. */
  readonly words: readonly string[];
  /** Places of the words, in the order of the texts. */
  readonly highlights: readonly Highlight[];
}

/**
 * The views that earned a hit, best first: by the weight of the distinct terms that they have. Of equal views
 * the smaller one comes first, since it shows more exactly where the thing is.
 * @param weightOf the weight of a term in the score, without repetition and length
 */
export function matchedViews(
  gloss: Gloss,
  weightOf: ReadonlyMap<string, number>,
  analyzer: Analyzer = ENGLISH,
): MatchedView[] {
  return gloss.views
    .map((view) => match(view, weightOf, analyzer))
    .filter((view) => view.terms.length > 0)
    .sort(
      (a, b) =>
        weight(b, weightOf) - weight(a, weightOf) ||
        area(a) - area(b) ||
        a.gloss.view.index - b.gloss.view.index,
    );
}

function match(gloss: ViewGloss, weightOf: ReadonlyMap<string, number>, analyzer: Analyzer): MatchedView {
  const terms = new Set<string>();
  const words = new Set<string>();
  const highlights = new Map<string, Highlight>();
  const texts: [Highlight['field'], number, string][] = [
    ...gloss.tags.map((tag, i): [Highlight['field'], number, string] => ['tag', i, tag]),
    ['caption', 0, gloss.caption],
    ['text', 0, gloss.visibleText],
  ];
  for (const [field, index, text] of texts) {
    for (const { term, start, end } of indexTerms(text, analyzer, analyzer.lexicon)) {
      if (!weightOf.has(term)) continue;
      terms.add(term);
      words.add(text.slice(start, end));
      highlights.set(`${field} ${index} ${start} ${end}`, { field, index, start, end });
    }
  }
  return { gloss, terms: [...terms], words: [...words], highlights: [...highlights.values()] };
}

/** Added in the query's order, so that views with the same terms weigh the same to the last bit. */
function weight({ terms }: MatchedView, weightOf: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [term, idf] of weightOf) if (terms.includes(term)) sum += idf;
  return sum;
}

function area({ gloss: { view } }: MatchedView): number {
  return view.box ? view.box.width * view.box.height : Number.POSITIVE_INFINITY;
}
