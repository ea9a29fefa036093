import { averagePrecision } from './average-precision.ts';
import { relevantReturned, type JudgedRanking } from './judged-ranking.ts';
import { pooledCurve } from './pooled-curve.ts';
import { prAuc } from './pr-auc.ts';
import { precisionAt } from './precision-at.ts';

/** One query's figures. */
interface QueryFigures {
  readonly query: string;
  readonly positives: number;
  readonly returned: number;
  readonly ap: number;
  readonly recall: number;
  /** Of what was returned; 0 when nothing was. */
  readonly precision: number;
}

export interface EvalSummary {
  readonly queries: number;
  readonly positives: number;
  /** Means over queries. */
  readonly macroAP: number;
  readonly macroRecall: number;
  readonly macroPrecision: number;
  /** Of the first images that are shown. */
  readonly macroPrecisionAt: { readonly 1: number; readonly 5: number; readonly 20: number };
  /** Of all pairs pooled by score. */
  readonly microPRAUC: number;
  /** Worst AP first. */
  readonly perQuery: readonly QueryFigures[];
}

/** The figures of an evaluation; queries without a relevant document must be left out before. */
export function summarize(rankings: readonly JudgedRanking[]): EvalSummary {
  const perQuery = rankings.map(figuresOf).toSorted((a, b) => a.ap - b.ap);
  const meanAt = (k: number) =>
    rankings.reduce((sum, ranking) => sum + precisionAt(ranking, k), 0) / rankings.length;
  const mean = (of: (figures: QueryFigures) => number): number =>
    perQuery.reduce((sum, figures) => sum + of(figures), 0) / perQuery.length;
  return {
    queries: perQuery.length,
    positives: perQuery.reduce((sum, { positives }) => sum + positives, 0),
    macroAP: mean(({ ap }) => ap),
    macroRecall: mean(({ recall }) => recall),
    macroPrecision: mean(({ precision }) => precision),
    macroPrecisionAt: { 1: meanAt(1), 5: meanAt(5), 20: meanAt(20) },
    microPRAUC: prAuc(pooledCurve(rankings)),
    perQuery,
  };
}

function figuresOf(ranking: JudgedRanking): QueryFigures {
  const { query, positives, returned } = ranking;
  return {
    query,
    positives,
    returned: returned.length,
    ap: averagePrecision(ranking),
    recall: relevantReturned(ranking) / positives,
    precision: precisionAt(ranking, Infinity),
  };
}
