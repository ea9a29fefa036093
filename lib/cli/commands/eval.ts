import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { CapacityMeter } from '../../domain/capacity-meter.ts';
import { GlossError } from '../../domain/errors.ts';
import { parseTenantId, type ImageId } from '../../domain/ids.ts';
import { averagePrecision } from '../../lab/metrics/average-precision.ts';
import type { JudgedRanking } from '../../lab/metrics/judged-ranking.ts';
import { pooledCurve } from '../../lab/metrics/pooled-curve.ts';
import { prCurveSvg, type Series } from '../../lab/metrics/pr-curve-svg.ts';
import { summarize, type EvalSummary } from '../../lab/metrics/summary.ts';
import { precisionAtRecall } from '../../lab/metrics/precision-at-recall.ts';
import { mean } from '../../lab/metrics/percentile.ts';
import { importDocuments } from '../../steps/images/import-documents.ts';
import { createAnalyzer, ENGLISH, type Analyzer } from '../../text/analyzer.ts';
import { parseCropPolicy } from '../../vision/crop-policy.ts';
import { CROP_POLICIES, type CropPolicy } from '../../domain/tenant.ts';
import { describePhotos } from '../../lab/eval/describe-photos.ts';
import { measureCost, type CostFigures } from '../../lab/eval/measure-cost.ts';
import {
  narrow,
  rankFully,
  readQuery,
  type RankedImage,
  type RankingOptions,
} from '../../lab/eval/narrowing.ts';
import { cachingSegmentStore } from '../../adapters/caching-segment-store.ts';
import { readEvalQueries, readPhotoIds, type EvalQueries } from '../../lab/eval/eval-set.ts';
import { openTemporaryIndex, type TemporaryIndex } from '../../../infra/local/temporary-index.ts';
import { showProgress } from '../terminal/progress.ts';
import { readDocuments } from '../../client/read-documents.ts';

interface EvalOptions extends RankingOptions {
  readonly stemming: boolean;
  readonly narrow: number;
  readonly docs?: string;
  readonly queries?: string;
  readonly labels?: string;
  readonly minPositives: number;
  readonly photos?: string;
  readonly cost?: true;
  readonly svg: string;
  readonly json?: true;
}

const TENANT = parseTenantId('eval');
const IMPORT_BATCH = 100;
const CACHE_BYTES = 256 * 2 ** 20;
/** Shares of the relevant images at which narrowing is measured. */
const RECALLS = [0.1, 0.25, 0.5];

/** One evaluation: what was searched, and how well. */
interface EvalResult extends EvalSummary {
  readonly name: string;
  readonly documents: number;
  readonly averageLength: number;
  /** With --likely: the matches alone. */
  readonly matches?: EvalSummary;
  /** With --cost: what whole searches read, however they are asked. */
  readonly cost?: readonly CostFigures[];
  /** With --narrow: what adding related words gains. */
  readonly narrowing?: ReturnType<typeof narrowingOf>;
}

export const evalCommand = new Command('eval')
  .description('measures ranking on a labelled set: documents with words, or photos that are described first')
  .argument('<dir>', 'folder with docs.jsonl.gz (or images/), labels.jsonl.gz and queries.tsv')
  .option('--plain', 'BM25 as in the paper: no query syntax, no expansion')
  .option('--likely', 'also rank what has none of the words, after all matches')
  .option(
    '--narrow <k>',
    'take the most helpful related word k times and report the precision at fixed recall',
    Number,
    0,
  )
  .option('--no-stemming', 'words as they are written; that leaves no lexicon either')
  .option('--no-same-view', 'words together in one view count no more than apart')
  .option('--no-agreement', 'words that more of the views say count no more')
  .option('--no-lexicon', 'without synonyms and kinds')
  .option('--no-compounds', 'without names of several words as one term')
  .option('--docs <file>', 'another file of documents')
  .option('--queries <file>', 'another file of queries')
  .option('--labels <file>', 'another file of labels')
  .option('--min-positives <n>', 'leave out labels with fewer relevant images', Number, 1)
  .option(
    '--photos <policies>',
    `describe DIR/images with the embedded detector, once a crop policy: ${CROP_POLICIES.join(',')}`,
  )
  .option(
    '--cost',
    'also count the read units of whole searches, plain, expanded, with likely and with related ones',
  )
  .option('--svg <folder>', 'where the PR curves go', 'eval')
  .option('--json', 'one object on stdout')
  .action(async (dir: string, options: EvalOptions) => {
    const questions = await readEvalQueries(dir, options);
    const results: EvalResult[] = [];
    const curves: Series[] = [];
    for (const policy of options.photos?.split(',').map(parseCropPolicy) ?? [undefined]) {
      const { result, curve } = await evaluate(dir, policy, questions, options);
      results.push(result);
      curves.push(curve);
    }
    await mkdir(options.svg, { recursive: true });
    const svg = join(options.svg, 'pr-curves.svg');
    await writeFile(svg, prCurveSvg('Precision and recall, all queries pooled', curves));
    if (options.json) {
      console.log(JSON.stringify(options.photos ? { variants: results, svg } : { ...results[0]!, svg }));
    } else {
      for (const result of results) printResult(result);
      console.log(`curves: ${svg}`);
    }
  });

async function evaluate(
  dir: string,
  policy: CropPolicy | undefined,
  questions: EvalQueries,
  options: EvalOptions,
): Promise<{ result: EvalResult; curve: Series }> {
  const analyzer = options.stemming ? ENGLISH : createAnalyzer('en', { stem: false });
  const meter = new CapacityMeter();
  const store = await openTemporaryIndex({ analyzer, meter });
  try {
    const names = policy
      ? await describePhotos(
          store,
          TENANT,
          join(dir, 'images'),
          policy,
          await readPhotoIds(dir),
          showProgress(),
        )
      : await importAll(store, options.docs ?? join(dir, 'docs.jsonl.gz'));
    const { rankings, matches, narrowed, ...rest } = await rankAll(
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
      ...summarize(rankings),
      ...(options.likely && { matches: summarize(matches) }),
      ...(cost && { cost }),
      ...(options.narrow > 0 && { narrowing: narrowingOf(narrowed) }),
    };
    const label = `${name}: PR-AUC ${result.microPRAUC.toFixed(4)}`;
    return { result, curve: { name: label, points: pooledCurve(rankings) } };
  } finally {
    await store.close();
  }
}

/** Imports the documents of a file; answers the names by image. Lines that no import would take are told and left out. */
async function importAll(store: TemporaryIndex, file: string): Promise<Map<ImageId, string>> {
  const { documents, bad } = await readDocuments(file);
  for (const { line, reason } of bad) console.error(`gloss: ${file}, line ${line} is left out: ${reason}`);
  const names = new Map<ImageId, string>();
  const progress = showProgress();
  progress.phase('importing', documents.length);
  for (let start = 0; start < documents.length; start += IMPORT_BATCH) {
    const batch = documents.slice(start, start + IMPORT_BATCH).map(({ document }) => document);
    for (const { id, name } of await importDocuments(store.deps, TENANT, batch)) names.set(id, name);
    await store.settle(TENANT);
    progress.update(names.size);
  }
  progress.stop();
  return names;
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
  const ranked: Ranked[] = [];
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
    const { matches, likely } = await rankFully(deps, TENANT, query, names.size, options);
    ranked.push({ matches: judge(text, matches), all: judge(text, [...matches, ...likely]) });
    if (options.narrow === 0) continue;
    const worth = (images: readonly RankedImage[]) => averagePrecision(judge(text, images));
    const states = await narrow(deps, TENANT, text, names.size, options.narrow, worth);
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
  const { segments } = await store.deps.manifests.read(TENANT);
  const documents = segments.reduce((sum, { docs }) => sum + docs, 0);
  return {
    rankings: ranked.map(({ all }) => all),
    matches: ranked.map(({ matches }) => matches),
    narrowed,
    documents,
    averageLength: segments.reduce((sum, { totalLen }) => sum + totalLen, 0) / documents,
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

function printResult(result: EvalResult): void {
  const row = (name: string, value: number) => console.log(`  ${name.padEnd(16)} ${value.toFixed(4)}`);
  console.log(
    `${result.name}: ${result.documents} documents, ${result.queries} queries, ${result.positives} relevant pairs`,
  );
  row('macro AP', result.macroAP);
  row('micro PR-AUC', result.microPRAUC);
  row('macro recall', result.macroRecall);
  row('macro precision', result.macroPrecision);
  if (result.matches) {
    row('matches: AP', result.matches.macroAP);
    row('matches: prec.', result.matches.macroPrecision);
  }
  for (const { way, readUnits, ratio } of result.cost ?? []) {
    const figures = `mean ${readUnits.mean.toFixed(1)}, p50 ${readUnits.p50}, max ${readUnits.max}`;
    console.log(`  read units, ${way}: ${figures}, ${ratio.toFixed(2)} times plain`);
  }
  for (const { added, precisionAtRecall: at } of result.narrowing ?? []) {
    const figures = Object.entries(at).map(([recall, value]) => `${value.toFixed(3)} at recall ${recall}`);
    console.log(`  precision with ${added} related words: ${figures.join(', ')}`);
  }
  console.log('  lowest AP');
  for (const { query, ap, recall, precision, positives } of result.perQuery.slice(0, 10)) {
    console.log(
      `    ${query.padEnd(18)} AP ${ap.toFixed(2)}  recall ${recall.toFixed(2)}  precision ${precision.toFixed(2)}  of ${positives}`,
    );
  }
}
