import { expect, it } from 'vitest';
import { measureReindex } from '../../../lib/lab/lost-index.ts';
import { SILENT } from '../../support/silent-progress.ts';

it('an index that is lost and made again answers with the scores that it had', async () => {
  const { documents, differences, hits, otherScores, segments, units } = await measureReindex(1_200, SILENT);
  expect({ documents, otherScores, differences }).toEqual({
    documents: 1_200,
    otherScores: 0,
    differences: 0,
  });
  // Of two pages: more than one segment is compared.
  expect(segments).toBe(2);
  expect(hits).toBeGreaterThan(5_000);
  // Each image's record and gloss are read at least once.
  expect(units.readUnits).toBeGreaterThan(1_200);
});
