import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { listsIn, placesIn, SOURCES, type GoldenName } from '../../golden/segment-sources.ts';

/** A reader in another language that was written from FORMAT.md alone reads what was written, in all versions from 2 on. */

interface Read {
  readonly documents: readonly (readonly [imageId: string, sequencer: string, docLen: number])[];
  readonly lists: Readonly<Record<string, { postings: number[][]; places?: number[][] }>>;
  readonly deleted: readonly number[];
  readonly buckets: readonly (readonly (readonly [prefix: number, docId: number])[])[];
}

const path = (name: string) => new URL(`../../${name}`, import.meta.url).pathname;
// Python is not needed to work on Gloss: where it is not installed, nobody is asked to.
const hasPython = spawnSync('python3', ['--version']).status === 0;

describe.skipIf(!hasPython)('the reader in Python', () => {
  it.each([2, 3, 4, 5, 6])('reads segments of version %i', (version) => {
    const printed = execFileSync('python3', [
      path('format/read_segment.py'),
      path(`golden/segment-v${version}.json`),
    ]);
    const read = JSON.parse(printed.toString()) as Record<GoldenName, Read>;
    for (const name of Object.keys(SOURCES) as GoldenName[]) {
      const { documents, deleted } = SOURCES[name];
      expect(read[name].documents).toEqual(
        documents.map(({ imageId, sequencer, docLen }) => [imageId, sequencer, docLen]),
      );
      expect(read[name].lists).toEqual(
        Object.fromEntries(
          listsIn(SOURCES[name], version).map(([term, rows]) => [
            term,
            { postings: rows, ...(version > 4 && !term.startsWith('=') && { places: rows.map(placesIn) }) },
          ]),
        ),
      );
      expect(read[name].deleted).toEqual(deleted);
      const mapped = read[name].buckets.flat();
      for (const [prefix, docId] of mapped)
        expect(Number.parseInt(documents[docId]!.imageId.slice(0, 8), 16)).toBe(prefix);
      expect(mapped).toHaveLength(name === 'small' ? 0 : documents.length);
    }
  });
});
