import { answerBytes } from '../answer-size.ts';
import type { ExplanationJson, Hit, HitView } from './schema.ts';

/**
 * Hits that fit into an answer together, all of them. Those that take more than their share lose views, words and terms and say
 * so by `cut`; the image has them whole. What short ones leave goes to the others.
 */
export function fitHits(hits: readonly Hit[], room: number): readonly Hit[] {
  const sizes = hits.map(answerBytes);
  const share = fairShare(sizes, room);
  return hits.map((hit, i) => (sizes[i]! <= share ? hit : cutTo(hit, share)));
}

/** The greatest share at which all sizes, each cut to it, take no more than the room. */
function fairShare(sizes: readonly number[], room: number): number {
  let left = room;
  const ascending = sizes.toSorted((a, b) => a - b);
  for (const [i, size] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - i));
    if (size > share) return share;
    left -= size;
  }
  return Infinity;
}

/** Halves what takes most until the hit fits, or nothing is left to halve. */
function cutTo(hit: Hit, maxBytes: number): Hit {
  let cut: Hit = { ...hit, cut: true };
  while (answerBytes(cut) > maxBytes) {
    const { views, explanation } = cut;
    const terms = explanation?.terms.length ?? 0;
    const termsTakeMost = terms > 1 && answerBytes(explanation) > answerBytes(views);
    if (termsTakeMost) cut = { ...cut, explanation: halfOfTerms(explanation!) };
    else if (views.length > 1) cut = { ...cut, views: views.slice(0, Math.ceil(views.length / 2)) };
    else if (views.some(canBeHalved)) cut = { ...cut, views: views.map(halfOfWords) };
    else if (terms > 1) cut = { ...cut, explanation: halfOfTerms(explanation!) };
    else break;
  }
  return cut;
}

const half = <T>(list: readonly T[]): readonly T[] => list.slice(0, Math.ceil(list.length / 2));

/** The terms that count most. */
function halfOfTerms({ terms, ...rest }: ExplanationJson): ExplanationJson {
  const best = new Set(half(terms.toSorted((a, b) => b.score - a.score)));
  return { ...rest, terms: terms.filter((term) => best.has(term)) };
}

const canBeHalved = ({ words, tags, highlights }: HitView): boolean =>
  [words, tags, highlights].some(({ length }) => length > 1);

function halfOfWords({ words, tags, highlights, ...view }: HitView): HitView {
  const shown = half(tags);
  const places = highlights.filter(({ field, index }) => field !== 'tag' || index < shown.length);
  return { ...view, words: half(words), tags: shown, highlights: half(places) };
}
