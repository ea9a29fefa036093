import { NO_BACKGROUND } from '../../lexicon/background-table.ts';
import { RERANK_ALL } from '../../query/hits/score-views.ts';
import type { EvalQueries } from './eval-set.ts';
import { evaluateSet, type EvalOptions } from './evaluate-set.ts';
import type { EvalListeners } from './import-set.ts';

/** How well a set is ranked without one part of the search. */
export interface Ablation {
  readonly leftOut: string;
  /** Macro AP of the matches alone. */
  readonly matches: number;
  /** Macro AP with the likely tier; plain BM25 has none. */
  readonly withLikely?: number;
}

type Parts = Pick<
  EvalOptions,
  'rerank' | 'expand' | 'places' | 'stemming' | 'plain' | 'likely' | 'background'
>;

const WITHOUT: Readonly<Record<string, Partial<Parts>>> = {
  nothing: {},
  places: { places: false },
  agreement: { rerank: { ...RERANK_ALL, agreement: false } },
  proximity: { rerank: { ...RERANK_ALL, proximity: false } },
  'compound terms': { expand: { compounds: false } },
  lexicon: { expand: { lexicon: false } },
  'stemming and lexicon': { stemming: false },
  'associations of elsewhere': { background: NO_BACKGROUND },
  everything: { plain: true, likely: false },
};

/** Measures everything together, then without each part in turn, each time on an index of its own. */
export async function ablate(
  dir: string,
  questions: EvalQueries,
  options: EvalOptions,
  listeners: EvalListeners,
): Promise<Ablation[]> {
  const found: Ablation[] = [];
  for (const [leftOut, parts] of Object.entries(WITHOUT)) {
    listeners.progress.note(`without ${leftOut}`);
    const all = {
      ...options,
      rerank: RERANK_ALL,
      expand: {},
      places: true,
      stemming: true,
      plain: false,
      likely: true,
    };
    const { result } = await evaluateSet(dir, undefined, questions, { ...all, ...parts }, listeners);
    found.push({
      leftOut,
      matches: (result.matches ?? result).macroAP,
      ...(result.matches && { withLikely: result.macroAP }),
    });
  }
  return found;
}
