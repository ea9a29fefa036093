import type { ViewGloss } from '../../domain/gloss.ts';
import type { TermAt } from '../../text/analyzer.ts';
import type { FileField } from '../../text/file-fields.ts';
import type { AnalysedGloss, AnalysedText, AnalysedView, TextField } from './gloss-analysis.ts';

/** A word of a text that matched; start and end count UTF-16 code units of that text. */
export interface Highlight<Field extends string = TextField> {
  readonly field: Field;
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
  /** The words as the texts about the view write them, each once. */
  readonly words: readonly string[];
  /** Places of the words in `gloss`, in the order of its texts. */
  readonly highlights: readonly Highlight[];
}

/**
 * What answers about views earned a hit with, best first: by the weight of the distinct terms that they have. Of equal views
 * the smaller one comes first, since it shows more exactly where the thing is.
 * @param weightOf the weight of a term in the score, without repetition and length
 */
export function matchedViews(gloss: AnalysedGloss, weightOf: ReadonlyMap<string, number>): MatchedView[] {
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

/** Each picture that the model was shown once, by the answer that tells most, with the words of all answers about it. */
export function oncePerPicture(views: readonly MatchedView[]): MatchedView[] {
  const shown = new Map<number, MatchedView>();
  for (const view of views) {
    const { index } = view.gloss.view;
    const best = shown.get(index);
    const union = (key: 'terms' | 'words') => [...new Set([...(best?.[key] ?? []), ...view[key]])];
    shown.set(index, { ...(best ?? view), terms: union('terms'), words: union('words') });
  }
  return [...shown.values()];
}

/** What the file says of itself, where that has words of the query. */
export interface MatchedFile {
  /** Scoring terms that a person wrote into the file. */
  readonly terms: readonly string[];
  readonly words: readonly string[];
  readonly highlights: readonly Highlight<FileField>[];
}

/** The words of the file that matched; undefined where none did. */
export function matchedFile(
  { file }: AnalysedGloss,
  weightOf: ReadonlyMap<string, number>,
): MatchedFile | undefined {
  const { words, highlights } = found(file, weightOf);
  const written = file.filter(({ field }) => field !== 'name');
  return words.length > 0 ? { terms: found(written, weightOf).terms, words, highlights } : undefined;
}

const match = ({ gloss, texts }: AnalysedView, weightOf: ReadonlyMap<string, number>): MatchedView => ({
  gloss,
  ...found(texts, weightOf),
});

function found<Field extends string>(
  texts: readonly AnalysedText<Field>[],
  weightOf: ReadonlyMap<string, number>,
) {
  const terms = new Set<string>();
  const words = new Set<string>();
  const highlights: Highlight<Field>[] = [];
  const marked = new Map<string, Set<number>>();
  for (const { field, index, text, words: own, derived } of texts) {
    const mark = ({ term, start, end }: TermAt) => {
      if (!weightOf.has(term)) return;
      terms.add(term);
      words.add(text.slice(start, end));
      const key = `${field} ${index} ${start}`;
      const ends = marked.get(key) ?? new Set();
      if (ends.has(end)) return;
      marked.set(key, ends.add(end));
      highlights.push({ field, index, start, end });
    };
    own.forEach(mark);
    derived.forEach(mark);
  }
  return { terms: [...terms], words: [...words], highlights };
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
