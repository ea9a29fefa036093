import { textsOf, type Gloss, type ViewGloss } from '../domain/gloss.ts';
import { analyzeWithPlaces } from '../text/analyze.ts';

/** A view that speaks of what was searched for. */
export interface MatchedView {
  readonly gloss: ViewGloss;
  /** Scoring terms of the query that stand in this view. */
  readonly terms: readonly string[];
  /** The words as they stand in the view's texts, each once. */
  readonly words: readonly string[];
}

/**
 * The views that earned a hit, best first: by the weight of the distinct terms they hold, and among equals the
 * smaller one, since it shows more exactly where the thing is.
 * @param weightOf the terms' inverse document frequencies
 */
export function matchedViews(gloss: Gloss, weightOf: ReadonlyMap<string, number>): MatchedView[] {
  return gloss.views
    .map((view) => match(view, weightOf))
    .filter((view) => view.terms.length > 0)
    .sort(
      (a, b) =>
        weight(b, weightOf) - weight(a, weightOf) ||
        area(a) - area(b) ||
        a.gloss.view.index - b.gloss.view.index,
    );
}

function match(gloss: ViewGloss, weightOf: ReadonlyMap<string, number>): MatchedView {
  const terms = new Set<string>();
  const words = new Set<string>();
  for (const text of textsOf(gloss)) {
    for (const { term, start, end } of analyzeWithPlaces(text)) {
      if (!weightOf.has(term)) continue;
      terms.add(term);
      words.add(text.slice(start, end));
    }
  }
  return { gloss, terms: [...terms], words: [...words] };
}

/** Added in the query's order: views with the same terms must weigh the same to the last bit. */
function weight({ terms }: MatchedView, weightOf: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [term, idf] of weightOf) if (terms.includes(term)) sum += idf;
  return sum;
}

function area({ gloss: { view } }: MatchedView): number {
  return view.box ? view.box.width * view.box.height : Number.POSITIVE_INFINITY;
}
