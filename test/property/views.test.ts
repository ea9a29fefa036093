import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CROP_POLICIES } from '../../lib/domain/tenant.ts';
import type { Box } from '../../lib/domain/view.ts';
import { copySideOf } from '../../lib/vision/copy-side.ts';
import { viewsOf } from '../../lib/vision/crop-policy.ts';

/** Views of pictures of every shape: those of lengths from 2:1 on are what is special. */

const side = fc.oneof(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 1, max: 600 }));
const picture = fc.record({
  policy: fc.constantFrom(...CROP_POLICIES),
  width: side,
  height: side,
});
const ratioOf = ({ width, height }: Pick<Box, 'width' | 'height'>) =>
  Math.max(width, height) / Math.min(width, height);

function cropsOf({
  policy,
  width,
  height,
}: {
  policy: (typeof CROP_POLICIES)[number];
  width: number;
  height: number;
}) {
  const [whole, ...crops] = viewsOf(policy, width, height).map(({ box }) => box!);
  expect(whole).toEqual({ left: 0, top: 0, width, height });
  return crops;
}

it('lie within the picture, have 128 pixels a side, and are at most ten', () => {
  fc.assert(
    fc.property(picture, (of) => {
      const crops = cropsOf(of);
      expect(crops.length).toBeLessThanOrEqual(9);
      for (const { left, top, width, height } of crops) {
        expect([left, top].every((at) => Number.isInteger(at) && at >= 0)).toBe(true);
        expect(left + width).toBeLessThanOrEqual(of.width);
        expect(top + height).toBeLessThanOrEqual(of.height);
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(128);
      }
    }),
  );
});

it('cover the length of a long picture without a gap, at its whole breadth', () => {
  fc.assert(
    fc.property(picture, (of) => {
      const crops = cropsOf(of);
      if (crops.length === 0 || ratioOf(of) <= 2) return;
      const isWide = of.width > of.height;
      let end = 0;
      for (const { left, top, width, height } of crops) {
        expect(isWide ? [left, top, height] : [top, left, width]).toEqual([
          end,
          0,
          isWide ? of.height : of.width,
        ]);
        end += isWide ? width : height;
      }
      expect(end).toBe(isWide ? of.width : of.height);
    }),
    // An edge at half a pixel, which a sum of fractions rounds to the other side.
    { examples: [[{ policy: 'grid-3x3', width: 510, height: 3309 }]] },
  );
});

it('are at most 2:1, unless nine of them cannot be', () => {
  fc.assert(
    fc.property(picture, (of) => {
      if (ratioOf(of) > 18) return;
      // A pixel more or less: edges are rounded.
      for (const crop of cropsOf(of)) expect(ratioOf(crop)).toBeLessThanOrEqual(2 * (1 + 1 / 128));
    }),
  );
});

it('reach the model at full detail or at 1,024 pixels, from a copy of at most 9 x 1,024 x 1,024 pixels', () => {
  fc.assert(
    fc.property(picture, (of) => {
      const views = viewsOf(of.policy, of.width, of.height);
      const scale = Math.min(1, copySideOf(views, 1_024) / Math.max(of.width, of.height));
      expect(of.width * scale * of.height * scale).toBeLessThanOrEqual(9 * 1_024 ** 2 * 1.01);
      const smallest = Math.min(...views.map(({ box }) => Math.max(box!.width, box!.height)));
      expect(Math.ceil(smallest * scale)).toBeGreaterThanOrEqual(Math.min(smallest, 1_024));
    }),
  );
});

it('of a policy that looks for detail are as few as others or fewer, and leave the picture nowhere', () => {
  const detail = fc
    .integer({ min: 1, max: 40 })
    .chain((widthPx) =>
      fc
        .integer({ min: 1, max: 40 })
        .chain((heightPx) =>
          fc
            .uint8Array({ minLength: widthPx * heightPx, maxLength: widthPx * heightPx, max: 1 })
            .map((pixels) => ({ widthPx, heightPx, pixels })),
        ),
    );
  fc.assert(
    fc.property(picture, detail, ({ width, height }, seen) => {
      const views = viewsOf('adaptive', width, height, seen);
      expect(views.length).toBeLessThanOrEqual(viewsOf('grid-2x2', width, height).length);
      expect(views.map(({ index }) => index)).toEqual(views.map((_, i) => i));
      for (const { box } of views) {
        expect(box!.left + box!.width).toBeLessThanOrEqual(width);
        expect(box!.top + box!.height).toBeLessThanOrEqual(height);
      }
      const places = views.map(({ box }) => JSON.stringify(box));
      expect(new Set(places).size).toBe(places.length);
    }),
  );
});
