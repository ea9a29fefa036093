/**
 * How much of what the embedded model's two networks say of photos is true, and how fast they are:
 *
 *     node lib/tools/measure-detector.ts DIR [--crops POLICY] [--json]
 *
 * DIR has images/ and labels.jsonl.gz with lines `{"id": "...000000000009", "labels": ["bowl", ...]}`; a picture's file
 * is the last 12 characters of its id. Each network is measured over thresholds, on whole pictures and on crops; then what is said at the
 * thresholds that are set. A class of the classifier is judged where it is a kind of a label, by the terms that searches match.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';
import { claimsOf, THRESHOLDS, type Shown } from '../../infra/local/bedrock/claims.ts';
import { readClassTree } from '../../infra/local/bedrock/class-tree.ts';
import { COCO_CLASSES } from '../../infra/local/bedrock/coco-classes.ts';
import { startNetworks } from '../../infra/local/bedrock/networks.ts';
import { readView } from '../../infra/local/bedrock/read-view.ts';
import type { Sight } from '../../infra/local/bedrock/networks-worker.ts';
import { ENGLISH } from '../text/analyzer.ts';
import { indexTerms } from '../text/index-terms.ts';
import { parseCropPolicy, viewsOf } from '../vision/crop-policy.ts';

/** One thing said of one view. */
interface Report {
  readonly photo: string;
  readonly name: string;
  readonly score: number;
  readonly right: boolean;
}

const SCORES = [0.22, 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7];
const PROBABILITIES = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const LOWEST_SCORE = 0.05;
const SHOWN = ['whole', 'crop'] as const satisfies Shown[];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, crops: { type: 'string', default: 'grid-2x2' } },
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
const labelCount = truth.reduce((sum, { labels }) => sum + labels.length, 0);

const tree = readClassTree();
const labelsOf = labelsByName();
const networks = await startNetworks(1);
const looks: { readonly shown: Shown; readonly photo: string; readonly sight: Sight }[] = [];
const viewMs: number[] = [];
for (const { id } of truth) {
  const photo = sharp(await readFile(join(dir, 'images', `${id.slice(-12)}.jpg`)));
  const { width, height } = await photo.metadata();
  for (const { box, kind } of viewsOf(cropPolicy, width, height)) {
    const shown = box ? photo.clone().extract(box) : photo.clone();
    const bytes = await shown.jpeg({ quality: 92 }).toBuffer();
    const startedMs = performance.now();
    const sight = await networks.look(await readView({ format: 'jpeg', source: { bytes } }), LOWEST_SCORE);
    viewMs.push(performance.now() - startedMs);
    looks.push({ shown: kind === 'crop' ? 'crop' : 'whole', photo: id, sight });
  }
}
await networks.close();
viewMs.sort((a, b) => a - b);

const isTrue = new Set(truth.flatMap(({ id, labels }) => labels.map((label) => `${id} ${label}`)));
const wholeScores = new Map(
  reports('whole', objectsOf).map(({ photo, name, score }) => [`${photo} ${name}`, score]),
);
const result = {
  images: truth.length,
  labels: labelCount,
  msPerView: { p50: viewMs[viewMs.length >> 1]!, p95: viewMs[Math.floor(viewMs.length * 0.95)]! },
  rssMb: Math.round(process.memoryUsage.rss() / 1e6),
  detector: SHOWN.map((shown) => ({
    shown,
    thresholds: SCORES.map((min) => ({ min, ...rates(reports(shown, objectsOf), min) })),
  })),
  classifier: SHOWN.map((shown) => ({
    shown,
    thresholds: PROBABILITIES.map((min) => ({
      min,
      ...rates(
        reports(shown, (sight) => subjectsOf(sight, min)),
        min,
      ),
    })),
  })),
  said: SHOWN.flatMap((shown) =>
    [
      { what: 'objects', of: (sight: Sight) => claimsOf(sight, shown, tree).objects },
      { what: 'subject', of: (sight: Sight) => named(claimsOf(sight, shown, tree).subject.slice(0, 1)) },
      { what: 'guesses', of: (sight: Sight) => named(claimsOf(sight, shown, tree).guesses) },
    ].map(({ what, of }) => ({ shown, what, ...rates(reports(shown, of), 0) })),
  ),
  ofCropsAlone: rates(
    reports('crop', (sight) => claimsOf(sight, 'crop', tree).objects).filter(
      ({ photo, name }) => (wholeScores.get(`${photo} ${name}`) ?? 0) < THRESHOLDS.whole.guess,
    ),
    0,
  ),
};
process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${asText()}\n`);

type Scored = { readonly name: string; readonly score: number };

function objectsOf({ detections }: Sight): readonly Scored[] {
  return detections;
}

function subjectsOf({ probabilities }: Sight, min: number): readonly Scored[] {
  const sums = tree.sums(probabilities);
  const place = tree.mostSpecific(sums, min);
  return place === undefined ? [] : [{ name: tree.names[place]!, score: sums[place]! }];
}

function named(names: readonly string[]): readonly Scored[] {
  return names.map((name) => ({ name, score: 1 }));
}

/** What is said of the labels' classes in views of a kind: once a photo, with its best score. */
function reports(shown: Shown, of: (sight: Sight) => readonly Scored[]): Report[] {
  const best = new Map<string, Report>();
  for (const look of looks) {
    if (look.shown !== shown) continue;
    for (const { name, score } of of(look.sight)) {
      const labels = labelsOf.get(name) ?? [];
      const key = `${look.photo} ${name}`;
      if (labels.length === 0 || (best.get(key)?.score ?? 0) >= score) continue;
      const right = labels.some((label) => isTrue.has(`${look.photo} ${label}`));
      best.set(key, { photo: look.photo, name, score, right });
    }
  }
  return [...best.values()];
}

function rates(of: readonly Report[], min: number) {
  const said = of.filter(({ score }) => score >= min);
  const right = said.filter((report) => report.right).length;
  return {
    said: said.length,
    precision: said.length === 0 ? 1 : right / said.length,
    recall: right / labelCount,
  };
}

/** The labels that a name of either network is a kind of. */
function labelsByName(): ReadonlyMap<string, readonly string[]> {
  const phrase = (name: string) => ENGLISH.terms(name).join(' ');
  const own = tree.names.map((name) => {
    const terms = new Set(Array.from(indexTerms(name, ENGLISH, ENGLISH.lexicon), ({ term }) => term));
    return COCO_CLASSES.filter((label) => phrase(label) === phrase(name) || terms.has(`=${phrase(label)}`));
  });
  const labels = new Map<string, readonly string[]>();
  for (const [place, name] of tree.names.entries())
    labels.set(name, [...new Set(own.flatMap((some, wider) => (tree.isKindOf(place, wider) ? some : [])))]);
  for (const name of COCO_CLASSES) labels.set(name, [name]);
  return labels;
}

function asText(): string {
  const row = (head: string, { said, precision, recall }: ReturnType<typeof rates>) =>
    [
      head.padEnd(24),
      String(said).padStart(6),
      precision.toFixed(3).padStart(10),
      recall.toFixed(3).padStart(8),
    ].join(' ');
  const { images, labels, msPerView, rssMb, detector, classifier, said, ofCropsAlone } = result;
  const network = (name: string, measured: typeof detector) =>
    measured.flatMap(({ shown, thresholds }) =>
      thresholds.map(({ min, ...figures }) => row(`${name}, ${shown}, ${min.toFixed(2)}`, figures)),
    );
  return [
    `${images} pictures, ${labels} labels`,
    `a view takes ${msPerView.p50.toFixed(0)} ms (median), ${msPerView.p95.toFixed(0)} ms (95th percentile), on one thread; ${rssMb} MB`,
    'from                        said precision   recall',
    ...network('detector', detector),
    ...network('classifier', classifier),
    ...said.map(({ shown, what, ...figures }) => row(`said: ${what}, ${shown}`, figures)),
    row('said: of crops alone', ofCropsAlone),
  ].join('\n');
}
