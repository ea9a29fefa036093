/**
 * From NanoDet's raw outputs to boxes: distribution-focal regression (Li et al., "Generalized Focal Loss",
 * NeurIPS 2020, section 3.2) over anchor-free cells, then non-maximum suppression.
 */
import { COCO_CLASSES, type CocoClass } from './coco-classes.ts';

/** Side of the square picture that the network sees, in pixels. */
export const INPUT_SIZE_PX = 416;
/** Pixels a cell of each output grid stands for; the grids have 52, 26 and 13 cells a side. */
export const STRIDES_PX = [8, 16, 32] as const;
/** A side's distance is a distribution over 0 to 10 strides. */
export const DISTANCE_BINS = 11;

/** Raw outputs of one grid, row by row: `scores` has 80 probabilities a cell, `distances` 4 x 11 logits. */
export interface GridOutput {
  readonly stridePx: number;
  readonly scores: Float32Array;
  readonly distances: Float32Array;
}

/** Edges in pixels of the network's input. */
interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** One object: class, probability and place. */
export interface Detection {
  readonly name: CocoClass;
  readonly score: number;
  readonly box: PixelBox;
}

/** Objects of at least `minScore`, the surest first, without those that `suppressOverlaps` drops. */
export function decodeNanodet(
  grids: readonly GridOutput[],
  { minScore, maxIou }: { readonly minScore: number; readonly maxIou: number },
): Detection[] {
  const candidates = grids.flatMap((grid) => candidatesOf(grid, minScore));
  candidates.sort((a, b) => b.score - a.score);
  return suppressOverlaps(candidates, maxIou);
}

/**
 * Keeps a detection unless a surer one, kept before it, overlaps it more than `maxIou`: a place has one name, so that a
 * cat is not a dog too (NanoDet itself suppresses class by class; across classes measured 0.01 to 0.05 more F1).
 */
export function suppressOverlaps(surestFirst: readonly Detection[], maxIou: number): Detection[] {
  const kept: Detection[] = [];
  for (const candidate of surestFirst) {
    if (!kept.some(({ box }) => intersectionOverUnion(box, candidate.box) > maxIou)) kept.push(candidate);
  }
  return kept;
}

/** Shared area over joint area, 0 to 1. */
function intersectionOverUnion(a: PixelBox, b: PixelBox): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (areaOf(a) + areaOf(b) - shared);
}

function areaOf(box: PixelBox): number {
  return (box.right - box.left) * (box.bottom - box.top);
}

function candidatesOf({ stridePx, scores, distances }: GridOutput, minScore: number): Detection[] {
  const classCount = COCO_CLASSES.length;
  const found: Detection[] = [];
  for (let i = 0; i < scores.length; i++) {
    if (scores[i]! < minScore) continue;
    const cell = Math.floor(i / classCount);
    found.push({
      name: COCO_CLASSES[i % classCount]!,
      score: scores[i]!,
      box: boxOf(cell, stridePx, distances),
    });
  }
  return found;
}

/** Four distances from the middle of the cell: to the left, top, right and bottom edge. */
function boxOf(cell: number, stridePx: number, distances: Float32Array): PixelBox {
  const cellsPerRow = INPUT_SIZE_PX / stridePx;
  const x = (cell % cellsPerRow) + 0.5;
  const y = Math.floor(cell / cellsPerRow) + 0.5;
  const distance = (side: number) => expectedBin(distances, (cell * 4 + side) * DISTANCE_BINS);
  const pixels = (cells: number) => Math.min(Math.max(cells * stridePx, 0), INPUT_SIZE_PX);
  return {
    left: pixels(x - distance(0)),
    top: pixels(y - distance(1)),
    right: pixels(x + distance(2)),
    bottom: pixels(y + distance(3)),
  };
}

/** Mean of the distribution whose logits start at `offset`. */
function expectedBin(logits: Float32Array, offset: number): number {
  let highest = -Infinity;
  for (let bin = 0; bin < DISTANCE_BINS; bin++) highest = Math.max(highest, logits[offset + bin]!);
  let total = 0;
  let weighted = 0;
  for (let bin = 0; bin < DISTANCE_BINS; bin++) {
    const weight = Math.exp(logits[offset + bin]! - highest);
    total += weight;
    weighted += bin * weight;
  }
  return weighted / total;
}
