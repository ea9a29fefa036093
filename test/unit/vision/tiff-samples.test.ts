import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tiffSamplesOf, withNumbersFor16Bits } from '../../../lib/vision/tiff-samples.ts';
import { tiffOfSamples, type SampleKind } from '../../support/tiff-of-samples.ts';

const samples = [0, 1, 2, 3];

it('a TIFF says whether zero is white, and which number stands for none', () => {
  const said = (noData?: string) =>
    tiffSamplesOf(
      tiffOfSamples('float', 2, 2, samples, { isWhiteZero: true, ...(noData !== undefined && { noData }) }),
    );
  expect(said()).toEqual({ isWhiteZero: true });
  expect(said('-9999')).toEqual({ isWhiteZero: true, noData: -9_999 });
  expect(said(' 1e-1 ')).toEqual({ isWhiteZero: true, noData: Math.fround(0.1) });
  for (const none of ['nan', '', 'no data']) expect(said(none)).toEqual({ isWhiteZero: true });
  expect(tiffSamplesOf(tiffOfSamples('float', 2, 2, samples))).toEqual({ isWhiteZero: false });
});

it.each<[SampleKind, boolean]>([
  ['half', true],
  ['short', true],
  ['float', false],
  ['uint', false],
])('of grey in %ss two bytes at most are others', (kind, isOther) => {
  const file = tiffOfSamples(kind, 2, 2, samples);
  const read = withNumbersFor16Bits(file);
  expect(read.filter((byte, i) => byte !== file[i]).length).toBe(isOther ? 1 : 0);
  const colours = tiffOfSamples(kind, 1, 1, [0, 1, 2]);
  expect(withNumbersFor16Bits(colours)).toBe(colours);
});

it('any bytes are read within their size', () => {
  const sound = tiffOfSamples('half', 2, 2, samples, { noData: '-9999' });
  const damaged = fc
    .array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 12 })
    .map((changes) => Uint8Array.from(sound, (byte, i) => changes.find(([at]) => at === i)?.[1] ?? byte))
    .chain((bytes) => fc.nat(bytes.length).map((length) => bytes.subarray(0, length)));
  fc.assert(
    fc.property(damaged, (bytes) => {
      const { noData = 0 } = tiffSamplesOf(bytes);
      expect(noData).not.toBeNaN();
      expect(withNumbersFor16Bits(bytes)).toHaveLength(bytes.length);
    }),
    { numRuns: 2_000 },
  );
});
