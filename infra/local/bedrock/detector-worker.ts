/** Thread of the detector's pool: loads the network once, then answers one picture at a time. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel, type GraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { COCO_CLASSES } from './coco-classes.ts';
import {
  DISTANCE_BINS,
  INPUT_SIZE_PX,
  STRIDES_PX,
  decodeNanodet,
  type Detection,
  type GridOutput,
} from './nanodet-decode.ts';
import { toNanodetInput, type RgbPixels } from './nanodet-input.ts';

/** One picture to look at. */
export interface DetectorJob {
  readonly pixels: RgbPixels;
  readonly minScore: number;
}

/** The first message says that the network is loaded; each later one answers the job before it. */
export type DetectorAnswer = 'ready' | readonly Detection[];

/** Overlap of two boxes above which they are one object; as in NanoDet's own post-processing. */
const MAX_IOU = 0.6;

const port = parentPort!;
const network = await loadNetwork(join(import.meta.dirname, 'nanodet'));
detect({ widthPx: 0, heightPx: 0, rgb: new Uint8Array() }, 1); // The first run compiles and allocates.
port.on('message', ({ pixels, minScore }: DetectorJob) => answer(detect(pixels, minScore)));
answer('ready');

function answer(message: DetectorAnswer): void {
  port.postMessage(message);
}

/** @param dir that holds the graph and its weights */
async function loadNetwork(dir: string): Promise<GraphModel> {
  setWasmPaths(fileURLToPath(new URL('./', import.meta.resolve('@tensorflow/tfjs-backend-wasm'))));
  // The package's own threads need a browser; throughput comes from several workers instead.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await tf.setBackend('wasm'))) throw new Error('WebAssembly could not be started in this Node');
  const graph = JSON.parse(await readFile(join(dir, 'nanodet.json'), 'utf8')) as {
    readonly modelTopology: object;
    readonly weightsManifest: readonly [{ readonly weights: tf.io.WeightsManifestEntry[] }];
  };
  const weights = await readFile(join(dir, 'nanodet.bin'));
  return loadGraphModel(
    tf.io.fromMemory({
      modelTopology: graph.modelTopology,
      weightSpecs: graph.weightsManifest[0].weights,
      weightData: new Uint8Array(weights).buffer,
    }),
  );
}

function detect(pixels: RgbPixels, minScore: number): Detection[] {
  tf.engine().startScope();
  try {
    const input = tf.tensor4d(toNanodetInput(pixels), [1, 3, INPUT_SIZE_PX, INPUT_SIZE_PX]);
    const outputs = network.predict(input) as tf.Tensor[];
    const grids = STRIDES_PX.map((stridePx) => gridOutput(outputs, stridePx));
    return decodeNanodet(grids, { minScore, maxIou: MAX_IOU });
  } finally {
    tf.engine().endScope(); // Frees the tensors.
  }
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
