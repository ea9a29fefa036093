import { describe, expect, it } from 'vitest';
import {
  decodeNanodet,
  suppressOverlaps,
  type Detection,
  type GridOutput,
} from '../../../../../infra/local/bedrock/nanodet-decode.ts';

const CLASSES = 80;
const BINS = 11;

/** The coarsest grid, 13 x 13 cells of 32 pixels, all scores 0 and all distances even. */
function emptyGrid(): GridOutput {
  return {
    stridePx: 32,
    scores: new Float32Array(169 * CLASSES),
    distances: new Float32Array(169 * 4 * BINS),
  };
}

function detection(name: Detection['name'], score: number, left: number, right: number): Detection {
  return { name, score, box: { left, top: 0, right, bottom: 10 } };
}

describe('decodeNanodet', () => {
  it('places an object around the middle of its cell at the expected distances', () => {
    const grid = emptyGrid();
    const cell = 6 * 13 + 4; // Column 4, row 6: the middle is at (144, 208).
    grid.scores[cell * CLASSES + 15] = 0.9; // Class 15 of COCO, counted from 0, is the cat.
    [1, 2, 3, 0].forEach((bin, side) => {
      grid.distances[(cell * 4 + side) * BINS + bin] = 50; // Nearly all of the distribution.
    });
    const [cat, ...others] = decodeNanodet([grid], { minScore: 0.5, maxIou: 0.6 });
    expect(others).toEqual([]);
    expect(cat!.name).toBe('cat');
    expect(cat!.score).toBeCloseTo(0.9);
    expect(cat!.box.left).toBeCloseTo(144 - 32);
    expect(cat!.box.top).toBeCloseTo(208 - 64);
    expect(cat!.box.right).toBeCloseTo(144 + 96);
    expect(cat!.box.bottom).toBeCloseTo(208);
  });

  it('takes the mean of a distribution: between two equal bins the middle', () => {
    const grid = emptyGrid();
    const cell = 6 * 13 + 6; // The middle of the picture, 208.
    grid.scores[cell * CLASSES] = 0.9;
    for (let side = 0; side < 4; side++) {
      grid.distances[(cell * 4 + side) * BINS + 1] = 50;
      grid.distances[(cell * 4 + side) * BINS + 2] = 50;
    }
    const [person] = decodeNanodet([grid], { minScore: 0.5, maxIou: 0.6 });
    expect(person!.box.left).toBeCloseTo(208 - 1.5 * 32);
    expect(person!.box.right).toBeCloseTo(208 + 1.5 * 32);
  });

  it('cuts boxes at the edges of the picture', () => {
    const grid = emptyGrid();
    grid.scores[0] = 0.9; // Even distances are 5 cells on the mean.
    const [corner] = decodeNanodet([grid], { minScore: 0.5, maxIou: 0.6 });
    expect(corner!.box.left).toBe(0);
    expect(corner!.box.top).toBe(0);
    expect(corner!.box.right).toBeCloseTo(16 + 160);
  });

  it('reports nothing below the lowest score, and the surest of all grids first', () => {
    const coarse = emptyGrid();
    coarse.scores[0] = 0.6;
    coarse.scores[168 * CLASSES + 1] = 0.4;
    const fine: GridOutput = {
      stridePx: 8,
      scores: new Float32Array(2704 * CLASSES),
      distances: new Float32Array(2704 * 4 * BINS),
    };
    fine.scores[2703 * CLASSES + 79] = 0.8;
    const names = decodeNanodet([coarse, fine], { minScore: 0.5, maxIou: 0.6 }).map(({ name }) => name);
    expect(names).toEqual(['toothbrush', 'person']);
  });
});

describe('suppressOverlaps', () => {
  it('keeps the surest of boxes that overlap more than allowed, whatever their class', () => {
    const cat = detection('cat', 0.9, 0, 10);
    const alsoADog = detection('dog', 0.8, 1, 11); // 9 of 11 columns shared.
    const anotherCat = detection('cat', 0.7, 5, 15); // 5 of 15 shared with the first.
    expect(suppressOverlaps([cat, alsoADog, anotherCat], 0.6)).toEqual([cat, anotherCat]);
  });

  it('is not moved by boxes that were dropped themselves', () => {
    const first = detection('cat', 0.9, 0, 10);
    const dropped = detection('cat', 0.8, 2, 12); // 8 of 12 shared with the first.
    const last = detection('cat', 0.7, 4, 14); // 6 of 14 with the first, 8 of 12 with the dropped one.
    expect(suppressOverlaps([first, dropped, last], 0.6)).toEqual([first, last]);
  });
});
