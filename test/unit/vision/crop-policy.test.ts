import { describe, expect, it } from 'vitest';
import type { Box } from '../../../lib/domain/view.ts';
import type { Detail } from '../../../lib/vision/detail.ts';
import { parseCropPolicy, viewsOf } from '../../../lib/vision/crop-policy.ts';
import { CROP_POLICIES } from '../../../lib/domain/tenant.ts';

const boxes = (policy: Parameters<typeof viewsOf>[0], width: number, height: number) =>
  viewsOf(policy, width, height).map(({ box }) => [box?.left, box?.top, box?.width, box?.height]);

describe('viewsOf', () => {
  it('shows the whole image alone without crops', () => {
    expect(viewsOf('none', 640, 480)).toEqual([
      { index: 0, kind: 'whole', box: { left: 0, top: 0, width: 640, height: 480 } },
    ]);
  });

  it('cuts 2x2 into quarters that share their edges, odd sizes too', () => {
    expect(boxes('grid-2x2', 641, 481)).toEqual([
      [0, 0, 641, 481],
      [0, 0, 321, 241],
      [321, 0, 320, 241],
      [0, 241, 321, 240],
      [321, 241, 320, 240],
    ]);
  });

  it('adds the centre after the quarters', () => {
    expect(boxes('grid-2x2-center', 800, 600)).toEqual([
      [0, 0, 800, 600],
      [0, 0, 400, 300],
      [400, 0, 400, 300],
      [0, 300, 400, 300],
      [400, 300, 400, 300],
      [200, 150, 400, 300],
    ]);
  });

  it('overlaps the tiles of 3x3 by half, row by row', () => {
    expect(boxes('grid-3x3', 800, 400)).toEqual([
      [0, 0, 800, 400],
      [0, 0, 400, 200],
      [200, 0, 400, 200],
      [400, 0, 400, 200],
      [0, 100, 400, 200],
      [200, 100, 400, 200],
      [400, 100, 400, 200],
      [0, 200, 400, 200],
      [200, 200, 400, 200],
      [400, 200, 400, 200],
    ]);
  });

  it.each([
    [255, 400, 1],
    [256, 256, 5],
    [1, 1, 1],
    [10_000, 127, 1],
  ])('gives %i x %i pixels %i views: crops have at least 128 pixels a side', (width, height, count) => {
    expect(viewsOf('grid-2x2', width, height)).toHaveLength(count);
  });

  it('leaves a long picture whole without crops: no more is paid than one call', () => {
    expect(boxes('none', 20_000, 2_000)).toEqual([[0, 0, 20_000, 2_000]]);
  });

  it('cuts a long picture along its length, into about squares', () => {
    expect(boxes('grid-2x2', 3_001, 1_000)).toEqual([
      [0, 0, 3_001, 1_000],
      [0, 0, 1_000, 1_000],
      [1_000, 0, 1_001, 1_000],
      [2_001, 0, 1_000, 1_000],
    ]);
  });

  it('cuts a tall picture from the top down', () => {
    expect(boxes('grid-2x2-center', 1_080, 2_400)).toEqual([
      [0, 0, 1_080, 2_400],
      [0, 0, 1_080, 1_200],
      [0, 1_200, 1_080, 1_200],
    ]);
  });

  it.each([
    // As many crops as the policy has, while they are at most 2:1.
    ['grid-2x2', 2_000, 1_000, 5, [1_000, 500]],
    ['grid-2x2', 2_001, 1_000, 3, [1_001, 1_000]],
    ['grid-2x2', 1_000, 6_000, 5, [1_000, 1_500]],
    ['grid-2x2', 8_000, 1_000, 5, [2_000, 1_000]],
    ['grid-3x3', 8_000, 1_000, 9, [1_000, 1_000]],
    // More where they would be longer, up to nine.
    ['grid-2x2', 10_000, 1_000, 6, [2_000, 1_000]],
    ['grid-2x2', 1_000, 18_000, 10, [1_000, 2_000]],
    ['grid-3x3', 18_000, 1_000, 10, [2_000, 1_000]],
    // However long, nine cover it.
    ['grid-2x2', 27_000, 1_000, 10, [3_000, 1_000]],
    ['grid-2x2', 30_000, 128, 10, [3_333, 128]],
    ['grid-2x2', 30_000, 10, 1, undefined],
    ['grid-2x2', 10, 30_000, 1, undefined],
    ['grid-2x2', 300, 90, 1, undefined],
  ] as const)('%s shows %i x %i pixels in %i views', (policy, width, height, count, first) => {
    const [, crop] = boxes(policy, width, height);
    expect(viewsOf(policy, width, height)).toHaveLength(count);
    expect(crop?.slice(2)).toEqual(first);
  });

  it.each(CROP_POLICIES)('%s covers every pixel and leaves the image nowhere', (policy) => {
    const [width, height] = [517, 389];
    const crops = viewsOf(policy, width, height)
      .filter(({ kind }) => kind === 'crop')
      .map(({ box }) => box!);
    const covers = (x: number, y: number) => (box: Box) =>
      box.left <= x && x < box.left + box.width && box.top <= y && y < box.top + box.height;
    for (const box of crops) {
      expect(Math.min(box.left, box.top)).toBeGreaterThanOrEqual(0);
      expect(box.left + box.width).toBeLessThanOrEqual(width);
      expect(box.top + box.height).toBeLessThanOrEqual(height);
    }
    if (crops.length === 0) return;
    for (let x = 0; x < width; x += 4) {
      for (let y = 0; y < height; y += 4) expect(crops.some(covers(x, y))).toBe(true);
    }
  });
});

describe('viewsOf, where there is something to see', () => {
  /** Detail in some places of a map of 80 x 80 pixels, drawn as 8 x 8 signs. */
  const detailAt = (...rows: readonly string[]): Detail => ({
    widthPx: 80,
    heightPx: 80,
    pixels: Uint8Array.from({ length: 6_400 }, (_, i) =>
      rows[Math.floor(i / 800)]![Math.floor((i % 80) / 10)] === '#' ? 1 : 0,
    ),
  });
  const crops = (detail: Detail, width = 800, height = 800) =>
    viewsOf('adaptive', width, height, detail)
      .slice(1)
      .map(({ index, box }) => [index, box!.left, box!.top, box!.width, box!.height]);
  const nothing = Array<string>(8).fill('........');
  const full = Array<string>(8).fill('########');

  it('shows an even picture whole alone', () => {
    expect(viewsOf('adaptive', 800, 800, detailAt(...nothing))).toEqual(viewsOf('none', 800, 800));
  });

  it('shows all quarters of one that is busy all over, and where nobody knows', () => {
    expect(viewsOf('adaptive', 800, 800, detailAt(...full))).toEqual(viewsOf('grid-2x2', 800, 800));
    expect(viewsOf('adaptive', 800, 800)).toEqual(viewsOf('grid-2x2', 800, 800));
  });

  it('shows the busy half in two', () => {
    expect(crops(detailAt(...Array<string>(8).fill('####....')))).toEqual([
      [1, 0, 0, 400, 400],
      [2, 0, 400, 400, 400],
    ]);
    expect(crops(detailAt(...nothing.slice(4), ...full.slice(4)))).toEqual([
      [1, 0, 400, 400, 400],
      [2, 400, 400, 400, 400],
    ]);
  });

  it('shows what stands in the middle uncut', () => {
    const middle = [...nothing.slice(5), '...##...', '...##...', ...nothing.slice(5)];
    expect(crops(detailAt(...middle))).toEqual([[1, 200, 200, 400, 400]]);
  });

  it('leaves off a quarter with less than half of what an even one would have', () => {
    const three = ['########', '########', '########', '########'];
    // 16 + 16 + 16 places with detail, and 6 or 7 of 54 or 55 in the last quarter: an eighth is 6.75 or 6.875.
    expect(crops(detailAt(...three, '####....', '####....', '####.###', '####.###'))).toHaveLength(3);
    expect(crops(detailAt(...three, '####....', '####...#', '####.###', '####.###'))).toHaveLength(4);
  });

  it('shows the parts of a long picture that have detail', () => {
    const ends = detailAt(...Array<string>(8).fill('##....##'));
    expect(crops(ends, 4_000, 1_000)).toEqual([
      [1, 0, 0, 1_000, 1_000],
      [2, 3_000, 0, 1_000, 1_000],
    ]);
    expect(viewsOf('adaptive', 1_000, 4_000, detailAt(...full))).toEqual(viewsOf('grid-2x2', 1_000, 4_000));
    expect(viewsOf('adaptive', 4_000, 1_000, detailAt(...nothing))).toHaveLength(1);
  });
});

describe('parseCropPolicy', () => {
  it('knows its policies and names them to whoever asks for another', () => {
    expect(CROP_POLICIES.map(parseCropPolicy)).toEqual([
      'none',
      'grid-2x2',
      'grid-3x3',
      'grid-2x2-center',
      'adaptive',
    ]);
    expect(() => parseCropPolicy('grid-4x4')).toThrow(/none, grid-2x2, grid-3x3, grid-2x2-center/);
    expect(() => parseCropPolicy('toString')).toThrow(/no crop policy/);
  });
});
