import { join } from 'node:path';
import { openTemporaryIndex, type TemporaryIndex } from '../../../infra/local/temporary-index.ts';
import { cachingSegmentStore } from '../../adapters/caching-segment-store.ts';
import { CapacityMeter } from '../../domain/capacity-meter.ts';
import { GlossError } from '../../domain/errors.ts';
import { parseTenantId, type ImageId } from '../../domain/ids.ts';
import type { CropPolicy } from '../../domain/tenant.ts';
import { openIndex } from '../../steps/index/index-reader.ts';
import { createAnalyzer, ENGLISH, type Analyzer } from '../../text/analyzer.ts';
import { averagePrecision } from '../metrics/average-precision.ts';
import type { JudgedRanking } from '../metrics/judged-ranking.ts';
import { mean } from '../metrics/percentile.ts';
import { pooledCurve } from '../metrics/pooled-curve.ts';
import type { Series } from '../metrics/pr-curve-svg.ts';
import { precisionAtRecall } from '../metrics/precision-at-recall.ts';
import { summarize, type EvalSummary } from '../metrics/summary.ts';
import { describePhotos } from './describe-photos.ts';
import { readPhotoIds, type EvalQueries } from './eval-set.ts';
import { firstFalseHit, spreadOver, type FalseHit } from './false-hits.ts';
import { importSet, readSet, type EvalListeners } from './import-set.ts';
import { measureCost, type CostFigures } from './measure-cost.ts';
import { narrow } from './narrowing.ts';
import { rankFully, readQuery, type RankedImage, type RankingOptions } from './rank-fully.ts';

export interface EvalOptions extends RankingOptions {
  /** False: words as they are written, without lexicon. */
  readonly stemming: boolean;
  /** Related words that are taken, one after the other; 0 for none. */
  readonly narrow: number;
  /** In place of docs.jsonl.gz of the set. */
  readonly docs?: string;
  /** Labels with fewer relevant images are left out. */
  readonly minPositives: number;
  /** Also counts what whole searches read. */
  readonly cost?: boolean;
  /** How many first false hits are told; none when left out. */
  readonly falseHits?: number;
}

const TENANT = parseTenantId('eval');
const CACHE_BYTES = 256 * 2 ** 20;
/** Shares of the relevant images at which narrowing is measured. */
const RECALLS = [0.1, 0.25, 0.5];

/** One evaluation: what was searched, and how well. */
export interface EvalResult extends EvalSummary {
  readonly name: string;
  readonly documents: number;
  readonly averageLength: number;
  /** Of photos: how often the model was asked, on the mean. */
  readonly callsPerPhoto?: number;
  /** With --likely: the matches alone. */
  readonly matches?: EvalSummary;
  /** With --cost: what whole searches read, however they are asked. */
  readonly cost?: readonly CostFigures[];
  /** With --false-hits: what is wrong first, in answers to queries spread evenly. */
  readonly falseHits?: readonly FalseHit[];
  /** With --narrow: what adding related words gains. */
  readonly narrowing?: ReturnType<typeof narrowingOf>;
}

/**
 * Imports (or describes) a set into a fresh tenant of a temporary index and asks its queries through the pipeline of
 * the API.
 * @param policy how photos are cropped; undefined for a set of documents
 */
export async function evaluateSet(
  dir: string,
  policy: CropPolicy | undefined,
  questions: EvalQueries,
  options: EvalOptions,
  listeners: EvalListeners,
): Promise<{ result: EvalResult; curves: readonly Series[] }> {
  const analyzer = options.stemming ? ENGLISH : createAnalyzer('en', { stem: false });
  const meter = new CapacityMeter();
  const store = await openTemporaryIndex({ analyzer, meter });
  try {
    const photos =
      policy &&
      (await describePhotos(
        store,
        TENANT,
        join(dir, 'images'),
        policy,
        await readPhotoIds(dir),
        listeners.progress,
      ));
    const names =
      photos?.names ??
      (await importSet(
        store,
        TENANT,
        await readSet(options.docs ?? join(dir, 'docs.jsonl.gz'), listeners),
        listeners.progress,
      ));
    const { rankings, matches, narrowed, falseHits, ...rest } = await rankAll(
      store,
      analyzer,
      names,
      questions,
      options,
    );
    const cost =
      options.cost &&
      (await measureCost(
        store.deps,
        meter,
        TENANT,
        rankings.map(({ query }) => query),
      ));
    const name = policy ? `photos, ${policy}` : 'documents';
    const result = {
      name,
      ...rest,
      ...(photos && { callsPerPhoto: photos.calls / names.size }),
      ...summarize(rankings),
      ...(options.likely && { matches: summarize(matches) }),
      ...(cost && { cost }),
      ...(options.falseHits && { falseHits: spreadOver(falseHits, options.falseHits) }),
      ...(options.narrow > 0 && { narrowing: narrowingOf(narrowed) }),
    };
    const curve = (what: string, of: readonly JudgedRanking[]): Series => ({
      name: `${what}: PR-AUC ${summarize(of).microPRAUC.toFixed(4)}`,
      points: pooledCurve(of),
    });
    const curves = options.likely
      ? [curve(`${name}, matches`, matches), curve(`${name}, with likely`, rankings)]
      : [curve(options.plain ? `${name}, plain` : name, rankings)];
    return { result, curves };
  } finally {
    await store.close();
  }
}

/** One query's rankings: what matches alone, and with the likely ones after it. */
interface Ranked {
  readonly matches: JudgedRanking;
  readonly all: JudgedRanking;
}

async function rankAll(
  store: TemporaryIndex,
  analyzer: Analyzer,
  names: ReadonlyMap<ImageId, string>,
  { queries, relevant }: EvalQueries,
  options: EvalOptions,
) {
  const known = new Set(names.values());
  const deps = { ...store.deps, segments: cachingSegmentStore(store.deps.segments, CACHE_BYTES) };
  const index = await openIndex(deps, TENANT);
  const ranked: Ranked[] = [];
  const falseHits: FalseHit[] = [];
  const narrowed: JudgedRanking[][] = Array.from({ length: options.narrow + 1 }, () => []);
  for (const [label, text] of queries) {
    const positives = new Set([...(relevant.get(label) ?? [])].filter((name) => known.has(name)));
    if (positives.size < Math.max(1, options.minPositives)) continue;
    const judge = (query: string, images: readonly RankedImage[]): JudgedRanking => ({
      query,
      positives: positives.size,
      returned: images.map(({ imageId, score }) => ({ score, relevant: positives.has(names.get(imageId)!) })),
    });
    const query = readQuery(text, options, analyzer);
    const { matches, likely } = await rankFully(deps, TENANT, index, query, options);
    const wrong = firstFalseHit(
      text,
      matches.map((image) => {
        const id = names.get(image.imageId)!;
        return { ...image, id, relevant: positives.has(id) };
      }),
    );
    if (wrong) falseHits.push(wrong);
    ranked.push({ matches: judge(text, matches), all: judge(text, [...matches, ...likely]) });
    if (options.narrow === 0) continue;
    const worth = (images: readonly RankedImage[]) => averagePrecision(judge(text, images));
    const states = await narrow(deps, TENANT, index, text, options.narrow, worth);
    for (const [added, list] of narrowed.entries()) {
      const state = states[added] ?? states.at(-1)!;
      list.push(judge(state.query, state.matches));
    }
  }
  if (ranked.length === 0)
    throw new GlossError(
      'invalid',
      'labels',
      'no query has a relevant document: do the ids of labels and documents agree?',
    );
  const { docCount, totalLen } = index.collection;
  return {
    rankings: ranked.map(({ all }) => all),
    matches: ranked.map(({ matches }) => matches),
    falseHits,
    narrowed,
    documents: docCount,
    averageLength: totalLen / docCount,
  };
}

/** Means over the queries of the precision at each recall, for 0, 1, ... related words added. */
const narrowingOf = (narrowed: readonly (readonly JudgedRanking[])[]) =>
  narrowed.map((rankings, added) => ({
    added,
    precisionAtRecall: Object.fromEntries(
      RECALLS.map((recall) => [recall, mean(rankings.map((ranking) => precisionAtRecall(ranking, recall)))]),
    ),
    queries: rankings.map(({ query }) => query),
  }));
