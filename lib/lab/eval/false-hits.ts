import { textsOf } from '../../domain/gloss.ts';
import type { RankedImage } from './rank-fully.ts';

/** The first image of an answer that is not relevant, for people who want to know why. */
export interface FalseHit {
  readonly query: string;
  /** Of the set's documents. */
  readonly id: string;
  /** Its place in the answer, from 1. */
  readonly place: number;
  /** Words of its texts that matched. */
  readonly words: readonly string[];
  /** What stands around the first of them. */
  readonly said: string;
}

/** Characters that are shown on each side of a word. */
const AROUND = 60;

/**
 * The first image of an answer that is not relevant; undefined where none of the first page is.
 * @param images best first; only those that were reranked say what matched
 */
export function firstFalseHit(
  query: string,
  images: readonly (RankedImage & { readonly relevant: boolean; readonly id: string })[],
): FalseHit | undefined {
  const at = images.findIndex(({ relevant }) => !relevant);
  const image = images[at];
  const view = image?.found?.views[0];
  if (!image || !view) return undefined;
  const { words, highlights, gloss } = view;
  const first = highlights[0];
  const text =
    first === undefined ? '' : first.field === 'tag' ? gloss.tags.join(', ') : textsOf(gloss).join(' ');
  const start =
    first === undefined ? 0 : Math.max(0, text.toLowerCase().indexOf((words[0] ?? '').toLowerCase()));
  const said = text.slice(Math.max(0, start - AROUND), start + AROUND).replaceAll(/\s+/g, ' ');
  return { query, id: image.id, place: at + 1, words, said };
}

/** So many of all, spread evenly over the queries. */
export function spreadOver(hits: readonly FalseHit[], wanted: number): FalseHit[] {
  const count = Math.min(wanted, hits.length);
  return Array.from({ length: count }, (_, i) => hits[Math.floor((i * hits.length) / count)]!);
}
