import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaleBox } from '../../../lib/vision/scale-box.ts';

describe('scaleBox', () => {
  it('maps a quarter of the source to a quarter of its copy', () => {
    const box = { left: 400, top: 300, width: 400, height: 300 };
    expect(scaleBox(box, [800, 600], [200, 150])).toEqual({ left: 100, top: 75, width: 100, height: 75 });
  });

  it('leaves one pixel of what gets smaller than a pixel', () => {
    const box = { left: 999, top: 0, width: 1, height: 1 };
    expect(scaleBox(box, [1000, 1000], [10, 10])).toEqual({ left: 9, top: 0, width: 1, height: 1 });
  });

  it('maps the whole to the whole and stays inside, whatever the sizes', () => {
    const side = fc.integer({ min: 1, max: 12_000 });
    const span = fc.tuple(
      side,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(span, side, ([from, a, b], to) => {
        const left = Math.floor(a * (from - 1));
        const width = 1 + Math.floor(b * (from - left - 1));
        const scaled = scaleBox({ left, top: 0, width, height: from }, [from, from], [to, to]);
        expect(scaled.left).toBeGreaterThanOrEqual(0);
        expect(scaled.width).toBeGreaterThanOrEqual(1);
        expect(scaled.left + scaled.width).toBeLessThanOrEqual(to);
        expect([scaled.top, scaled.height]).toEqual([0, to]);
      }),
    );
  });
});
