/**
 * How well and how fast the detector finds the classes of whole pictures:
 *
 *     node lib/tools/measure-detector.ts DIR [--crops POLICY] [--json]
 *
 * DIR has images/ and labels.jsonl.gz with lines `{"id": "...000000000009", "labels": ["bowl", ...]}`; a picture's file
 * is the last 12 characters of its id. Prints average precision, and precision and recall over thresholds.
 * With a crop policy a picture has the classes of all its views.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';
import { parseCropPolicy, viewsOf } from '../vision/crop-policy.ts';
import { MIN_SCORE, startDetector } from '../../infra/local/bedrock/detector.ts';
import { readView } from '../../infra/local/bedrock/read-view.ts';

/** One class reported for one picture. */
interface Report {
  readonly name: string;
  readonly score: number;
  readonly right: boolean;
}

const THRESHOLDS = [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6];
const LOWEST_SCORE = 0.05;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, crops: { type: 'string', default: 'none' } },
});
const cropPolicy = parseCropPolicy(values.crops);
const dir = positionals[0];
if (cropPolicy === 'adaptive')
  throw new Error(
    'adaptive crops are cut where a decoder finds detail: use gloss eval DIR --photos adaptive',
  );
if (dir === undefined) throw new Error('name the folder with images/ and labels.jsonl.gz');
const truth = gunzipSync(await readFile(join(dir, 'labels.jsonl.gz')))
  .toString('utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as { readonly id: string; readonly labels: readonly string[] });

const detector = await startDetector(1);
const reports: Report[] = [];
const viewMs: number[] = [];
for (const { id, labels } of truth) {
  const photo = sharp(await readFile(join(dir, 'images', `${id.slice(-12)}.jpg`)));
  const { width, height } = await photo.metadata();
  const best = new Map<string, number>();
  for (const { box } of viewsOf(cropPolicy, width, height)) {
    const shown = box ? photo.clone().extract(box) : photo.clone();
    const bytes = await shown.jpeg({ quality: 92 }).toBuffer();
    const startedMs = performance.now();
    const view = await readView({ format: 'jpeg', source: { bytes } });
    const detections = await detector.detect(view.forDetector, LOWEST_SCORE);
    viewMs.push(performance.now() - startedMs);
    for (const { name, score } of detections) best.set(name, Math.max(score, best.get(name) ?? 0));
  }
  for (const [name, score] of best) reports.push({ name, score, right: labels.includes(name) });
}
await detector.close();
reports.sort((a, b) => b.score - a.score);

const positives = new Map<string, number>();
for (const name of truth.flatMap(({ labels }) => labels)) positives.set(name, (positives.get(name) ?? 0) + 1);
const positiveCount = truth.reduce((sum, { labels }) => sum + labels.length, 0);
const perClass = [...positives].map(([name, count]) => {
  const ofClass = reports.filter((report) => report.name === name);
  return {
    name,
    positives: count,
    ap: averagePrecision(ofClass, count),
    ...rates(ofClass, count, MIN_SCORE),
  };
});
viewMs.sort((a, b) => a - b);
const result = {
  images: truth.length,
  positives: positiveCount,
  microAP: averagePrecision(reports, positiveCount),
  macroAP: perClass.reduce((sum, { ap }) => sum + ap, 0) / perClass.length,
  msPerView: { p50: viewMs[viewMs.length >> 1], p95: viewMs[Math.floor(viewMs.length * 0.95)] },
  rssMb: Math.round(process.memoryUsage.rss() / 1e6),
  thresholds: THRESHOLDS.map((minScore) => ({ minScore, ...rates(reports, positiveCount, minScore) })),
  perClass,
};
process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${asText()}\n`);

/** Mean of the precision at each right report; `surestFirst` as it says, missed positives count 0. */
function averagePrecision(surestFirst: readonly Report[], count: number): number {
  let right = 0;
  let sum = 0;
  surestFirst.forEach((report, rank) => {
    if (report.right) sum += ++right / (rank + 1);
  });
  return sum / count;
}

function rates(of: readonly Report[], count: number, minScore: number) {
  const reported = of.filter(({ score }) => score >= minScore);
  const right = reported.filter((report) => report.right).length;
  const precision = reported.length === 0 ? 1 : right / reported.length;
  const recall = right / count;
  return { precision, recall, f1: (2 * right) / (reported.length + count) };
}

function asText(): string {
  const row = (name: string, ...figures: number[]) =>
    [name.padEnd(16), ...figures.map((figure) => figure.toFixed(3).padStart(9))].join(' ');
  const { images, microAP, macroAP, msPerView, rssMb, thresholds } = result;
  return [
    `${images} pictures, ${positiveCount} labels: microAP ${microAP.toFixed(4)}, macroAP ${macroAP.toFixed(4)}`,
    `a view takes ${msPerView.p50!.toFixed(0)} ms (median), ${msPerView.p95!.toFixed(0)} ms (95th percentile), on one thread; ${rssMb} MB`,
    'from score      precision    recall        F1',
    ...thresholds.map(({ minScore, precision, recall, f1 }) =>
      row(minScore.toFixed(2), precision, recall, f1),
    ),
    `class                  AP precision    recall, from score ${MIN_SCORE}`,
    ...perClass.map(({ name, ap, precision, recall }) => row(name, ap, precision, recall)),
  ].join('\n');
}
