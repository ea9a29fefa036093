/** Thread of the pool: loads both networks once, then looks at one picture at a time. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel, type GraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { COCO_CLASSES } from './coco-classes.ts';
import { CLASSIFIER_SIDE_PX, toClassifierInput } from './classifier-input.ts';
import {
  DISTANCE_BINS,
  INPUT_SIZE_PX,
  STRIDES_PX,
  decodeNanodet,
  type Detection,
  type GridOutput,
} from './nanodet-decode.ts';
import { toNanodetInput, type RgbPixels } from './nanodet-input.ts';
import type { ViewPixels } from './read-view.ts';

/** One picture to look at. */
export interface LookJob {
  readonly view: Pick<ViewPixels, 'forDetector' | 'forClassifier'>;
  readonly minScore: number;
}

/** What both networks make of one picture. */
export interface Sight {
  /** Objects of the detector, the surest first. */
  readonly detections: readonly Detection[];
  /** Of the classifier's 1,000 classes, in the order of its outputs. */
  readonly probabilities: Float32Array;
}

/** The first message says that the networks are loaded; each later one answers the job before it. */
export type LookAnswer = 'ready' | Sight;

/** Overlap of two boxes above which they are one object; as in NanoDet's own post-processing. */
const MAX_IOU = 0.6;

const port = parentPort!;
setWasmPaths(fileURLToPath(new URL('./', import.meta.resolve('@tensorflow/tfjs-backend-wasm'))));
// The package's own threads need a browser; throughput comes from several workers instead.
tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
if (!(await tf.setBackend('wasm'))) throw new Error('WebAssembly could not be started in this Node');
const detector = await loadNetwork('nanodet');
const classifier = await loadNetwork('efficientnet');
// The first run compiles and allocates.
const nothing = new Uint8Array(3 * CLASSIFIER_SIDE_PX ** 2);
look({
  view: { forDetector: { widthPx: 0, heightPx: 0, rgb: new Uint8Array() }, forClassifier: nothing },
  minScore: 1,
});
port.on('message', (job: LookJob) => answer(look(job)));
answer('ready');

function answer(message: LookAnswer): void {
  port.postMessage(message);
}

/** @param name of the folder, of the graph in it and of its weights */
async function loadNetwork(name: string): Promise<GraphModel> {
  const file = (extension: string) => readFile(join(import.meta.dirname, name, `${name}.${extension}`));
  const graph = JSON.parse((await file('json')).toString('utf8')) as {
    readonly modelTopology: object;
    readonly weightsManifest: readonly [{ readonly weights: tf.io.WeightsManifestEntry[] }];
  };
  return loadGraphModel(
    tf.io.fromMemory({
      modelTopology: graph.modelTopology,
      weightSpecs: graph.weightsManifest[0].weights,
      weightData: new Uint8Array(await file('bin')).buffer,
    }),
  );
}

function look({ view, minScore }: LookJob): Sight {
  tf.engine().startScope();
  try {
    return { detections: detect(view.forDetector, minScore), probabilities: classify(view.forClassifier) };
  } finally {
    tf.engine().endScope(); // Frees the tensors.
  }
}

function detect(pixels: RgbPixels, minScore: number): Detection[] {
  const input = tf.tensor4d(toNanodetInput(pixels), [1, 3, INPUT_SIZE_PX, INPUT_SIZE_PX]);
  const outputs = detector.predict(input) as tf.Tensor[];
  const grids = STRIDES_PX.map((stridePx) => gridOutput(outputs, stridePx));
  return decodeNanodet(grids, { minScore, maxIou: MAX_IOU });
}

function classify(rgb: Uint8Array): Float32Array {
  const input = tf.tensor4d(toClassifierInput(rgb), [1, CLASSIFIER_SIDE_PX, CLASSIFIER_SIDE_PX, 3]);
  return (classifier.predict(input) as tf.Tensor).dataSync<'float32'>().slice();
}

/** The outputs are told apart by shape: [1, cells, 80] scores and [1, cells, 44] distances. */
function gridOutput(outputs: readonly tf.Tensor[], stridePx: number): GridOutput {
  const cells = (INPUT_SIZE_PX / stridePx) ** 2;
  const valuesOf = (width: number) => {
    const output = outputs.find(({ shape }) => shape[1] === cells && shape[2] === width);
    if (!output)
      throw new Error(`the network has no output of ${cells} x ${width}: the weights are of another model`);
    return output.dataSync<'float32'>();
  };
  return { stridePx, scores: valuesOf(COCO_CLASSES.length), distances: valuesOf(4 * DISTANCE_BINS) };
}
