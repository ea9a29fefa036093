import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  ADMITTING,
  describing,
  INDEX_BYTES,
  INDEXING,
  MEMORY_MB,
  MERGING,
  SEARCH_READ_UNITS,
} from '../../../lib/cost/counts.ts';
import { viewsOfPhoto } from '../../../lib/cost/calls.ts';

/** What `gloss cost` counts with is what tests have counted: whoever changes a baseline changes lib/cost/counts.ts too. */

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

interface Row {
  readonly pictures: number;
  readonly views: number;
  readonly admitting: object;
  readonly describing: object;
  readonly indexing: object;
}
const { perPicture } = JSON.parse(read('test/golden/picture-baseline.json')) as {
  readonly perPicture: readonly Row[];
};

it.each([1, 5])('ten photos that come together, in %i views each', (views) => {
  const row = perPicture.find((one) => one.pictures === 10 && one.views === views)!;
  expect(row.admitting).toMatchObject(ADMITTING);
  expect(row.describing).toMatchObject(describing(views, views));
  // Searched by the words of five views, the index takes a little more.
  expect(row.indexing).toMatchObject({ ...INDEXING, readUnits: views === 5 ? INDEXING.readUnits : 3.4 });
});

/** Cells of the first row of a table that begins so behind some words, without its first. */
function cells(path: string, behind: string, begins: string): string[] {
  const text = read(path);
  expect(text).toContain(behind);
  const row = text
    .slice(text.indexOf(behind))
    .split('\n')
    .find((one) => one.startsWith(`| ${begins} `));
  return row!
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());
}

describe('docs/benchmarks.md', () => {
  const of = (heading: string, begins: string, column: number) =>
    cells('docs/benchmarks.md', `\n${heading}\n`, begins)[column];
  it('has the merging and the bytes of 100,000 images', () => {
    const building = (begins: string) => Number(of('## Building', begins, 1));
    expect(building('write units, merging') + building('write units, dropping what was merged')).toBe(
      MERGING.writeUnits,
    );
    expect(building('read units, merging and dropping')).toBe(MERGING.readUnits);
    expect(building('bytes stored')).toBe(INDEX_BYTES);
  });
  it('has the units of searches', () => {
    const [[, small], [, large]] = SEARCH_READ_UNITS as [[number, number], [number, number]];
    expect(of('## Whole searches', 'two words', 0)).toBe(`${small} / 3`);
    const parts = cells('docs/benchmarks.md', 'Where the units of a cold search go', 'two words');
    const [own, , , , glosses] = parts;
    expect({ own, glosses }).toEqual({ own: '3.5', glosses: '20' });
    const found = Number(of('## Summary', '2 to 4 words, any of them', 4)!.split(' / ')[0]);
    // The manifest is in both.
    expect(large).toBeCloseTo(found + 3.5 - 1 + 20, 9);
  });
});

it('has as many views as docs/relevance.md measured', () => {
  expect(cells('docs/relevance.md', '\n### Photos\n', '`adaptive`')[0]).toBe('4.50');
  expect(viewsOfPhoto('adaptive')).toBe(4.5);
  expect((['none', 'grid-2x2', 'grid-2x2-center', 'grid-3x3'] as const).map(viewsOfPhoto)).toEqual([
    1, 5, 6, 10,
  ]);
});

it('functions have the memory that the template gives them', () => {
  const { Resources } = JSON.parse(read('test/infra/golden-template.json')) as {
    readonly Resources: Readonly<Record<string, { readonly Properties?: { readonly MemorySize?: number } }>>;
  };
  for (const [name, memoryMb] of Object.entries(MEMORY_MB)) {
    const id = `${name[0]!.toUpperCase()}${name.slice(1)}Function`;
    expect({ id, memoryMb: Resources[id]?.Properties?.MemorySize }).toEqual({ id, memoryMb });
  }
});
