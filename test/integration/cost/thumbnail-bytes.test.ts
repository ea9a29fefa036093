import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decodeWithSharp } from '../../../lib/adapters/sharp-decode.ts';
import { THUMBNAIL_BYTES } from '../../../lib/cost/counts.ts';

const samples = new URL('../../../infra/local/samples/', import.meta.url);

/** Encoders differ a little from one version to the next. */
it('thumbnails of the sample photos weigh what gloss cost counts, give or take a tenth', async () => {
  const sizes: { whole: number[]; crop: number[] } = { whole: [], crop: [] };
  for (const name of globSync('*.jpg', { cwd: samples })) {
    const wish = { cropPolicy: 'grid-2x2', maxPixels: 1e8, readsPlace: false } as const;
    const { views } = await decodeWithSharp(readFileSync(new URL(name, samples)), wish);
    for (const { view, thumbnail } of views)
      sizes[view.kind === 'whole' ? 'whole' : 'crop'].push(thumbnail.length);
  }
  expect(sizes.whole.length).toBeGreaterThan(10);
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  for (const kind of ['whole', 'crop'] as const)
    expect(Math.abs(mean(sizes[kind]) / THUMBNAIL_BYTES[kind] - 1)).toBeLessThan(0.1);
});
