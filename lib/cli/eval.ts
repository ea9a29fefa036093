import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { GlossError } from '../domain/errors.ts';
import { parseTenantId, type ImageId } from '../domain/ids.ts';
import type { JudgedRanking } from '../eval/judged-ranking.ts';
import { pooledCurve } from '../eval/pooled-curve.ts';
import { prCurveSvg, type Series } from '../eval/pr-curve-svg.ts';
import { summarize, type EvalSummary } from '../eval/summary.ts';
import { parseQuery, plainQuery } from '../query/parse-query.ts';
import { PAPER_PARAMS } from '../rank/bm25.ts';
import { importDocuments } from '../steps/import-documents.ts';
import { queryTerms } from '../query/query-terms.ts';
import { rankSnapshot } from '../steps/rank-snapshot.ts';
import { CROP_POLICIES, parseCropPolicy, type CropPolicy } from '../views/crop-policy.ts';
import { describePhotos } from './eval-photos.ts';
import { readEvalQueries, readPhotoIds, type EvalQueries } from './eval-set.ts';
import { openPrivateStore, type PrivateStore } from './private-store.ts';
import { showProgress } from './progress.ts';
import { readDocuments } from './read-documents.ts';

interface EvalOptions {
  readonly plain?: true;
  readonly docs?: string;
  readonly queries?: string;
  readonly labels?: string;
  readonly minPositives: number;
  readonly photos?: string;
  readonly svg: string;
  readonly json?: true;
}

const TENANT = parseTenantId('eval');
const IMPORT_BATCH = 100;

/** One evaluation: what was searched, and how well. */
interface EvalResult extends EvalSummary {
  readonly name: string;
  readonly documents: number;
  readonly averageLength: number;
}

export const evalCommand = new Command('eval')
  .description('measures ranking on a labelled set: documents with words, or photos that are described first')
  .argument('<dir>', 'folder with docs.jsonl.gz (or images/), labels.jsonl.gz and queries.tsv')
  .option('--plain', 'BM25 as in the paper: no query syntax, no expansion')
  .option('--docs <file>', 'another file of documents')
  .option('--queries <file>', 'another file of queries')
  .option('--labels <file>', 'another file of labels')
  .option('--min-positives <n>', 'leave out labels with fewer relevant images', Number, 1)
  .option(
    '--photos <policies>',
    `describe DIR/images with the embedded detector, once a crop policy: ${CROP_POLICIES.join(',')}`,
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
  const store = await openPrivateStore();
  try {
    const names = policy
      ? await describePhotos(store, TENANT, join(dir, 'images'), policy, await readPhotoIds(dir))
      : await importAll(store, options.docs ?? join(dir, 'docs.jsonl.gz'));
    const { rankings, documents, averageLength } = await rankAll(store, names, questions, options);
    const name = policy ? `photos, ${policy}` : 'documents';
    const result = { name, documents, averageLength, ...summarize(rankings) };
    const label = `${name}: PR-AUC ${result.microPRAUC.toFixed(4)}`;
    return { result, curve: { name: label, points: pooledCurve(rankings) } };
  } finally {
    await store.close();
  }
}

/** Imports every document of a file; answers the names by image. */
async function importAll(store: PrivateStore, file: string): Promise<Map<ImageId, string>> {
  const { documents, bad } = await readDocuments(file);
  if (bad[0]) throw new GlossError('invalid', 'documents', `${file}, line ${bad[0].line}: ${bad[0].reason}`);
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

async function rankAll(
  store: PrivateStore,
  names: ReadonlyMap<ImageId, string>,
  { queries, relevant }: EvalQueries,
  options: EvalOptions,
) {
  const known = new Set(names.values());
  const rankings: JudgedRanking[] = [];
  for (const [label, text] of queries) {
    const positives = new Set([...(relevant.get(label) ?? [])].filter((name) => known.has(name)));
    if (positives.size < Math.max(1, options.minPositives)) continue;
    const query = options.plain ? plainQuery(text) : parseQuery(text);
    const { ranked } = await rankSnapshot(store.deps, TENANT, queryTerms(query), names.size, PAPER_PARAMS);
    const returned = ranked.map(({ imageId, score }) => ({
      score,
      relevant: positives.has(names.get(imageId)!),
    }));
    rankings.push({ query: text, positives: positives.size, returned });
  }
  if (rankings.length === 0)
    throw new GlossError(
      'invalid',
      'labels',
      'no query has a relevant document: do the ids of labels and documents agree?',
    );
  const { segments } = await store.deps.manifests.read(TENANT);
  const documents = segments.reduce((sum, { docs }) => sum + docs, 0);
  return {
    rankings,
    documents,
    averageLength: segments.reduce((sum, { totalLen }) => sum + totalLen, 0) / documents,
  };
}

function printResult(result: EvalResult): void {
  const row = (name: string, value: number) => console.log(`  ${name.padEnd(16)} ${value.toFixed(4)}`);
  console.log(
    `${result.name}: ${result.documents} documents, ${result.queries} queries, ${result.positives} relevant pairs`,
  );
  row('macro AP', result.macroAP);
  row('micro PR-AUC', result.microPRAUC);
  row('macro recall', result.macroRecall);
  row('macro precision', result.macroPrecision);
  console.log('  lowest AP');
  for (const { query, ap, recall, precision, positives } of result.perQuery.slice(0, 10)) {
    console.log(
      `    ${query.padEnd(18)} AP ${ap.toFixed(2)}  recall ${recall.toFixed(2)}  precision ${precision.toFixed(2)}  of ${positives}`,
    );
  }
}
