import { expect, it } from 'vitest';
import { notAfter, type ObjectVersion } from '../../../lib/adapters/s3-versions.ts';

const version = (versionId: string, storedAtMs: number, isMarker = false): ObjectVersion => ({
  key: 'uploads/acme/a.jpg',
  versionId,
  storedAtMs,
  isMarker,
  isLatest: false,
  bytes: 1,
  eTag: '"1"',
});
const upTo = (versions: readonly ObjectVersion[], versionId: string, storedAtMs: number) =>
  notAfter(versions, { versionId, storedAtMs }).map((one) => one.versionId);

it('of three versions of one second, takes the one that was seen and the one before it', () => {
  const versions = [version('new', 5_000), version('seen', 5_000), version('old', 5_000)];
  expect(upTo(versions, 'seen', 5_000)).toEqual(['seen', 'old']);
});

it('takes a marker of that second along only if nothing later is left', () => {
  const seen = [version('seen', 5_000), version('marker', 5_000, true), version('older', 4_000, true)];
  expect(upTo(seen, 'seen', 5_000)).toEqual(['seen', 'marker', 'older']);
  expect(upTo([version('new', 5_000), ...seen], 'seen', 5_000)).toEqual(['seen', 'older']);
});

it('takes what is older by a second where the one that was seen is gone', () => {
  const versions = [version('new', 6_000), version('other', 5_000), version('old', 4_000)];
  expect(upTo(versions, 'seen', 5_000)).toEqual(['old']);
});

it('leaves a marker that came later', () => {
  expect(upTo([version('seen', 5_000), version('marker', 6_000, true)], 'seen', 5_000)).toEqual(['seen']);
});

it('knows the only version in a bucket without versions, unless another object took its place', () => {
  const of = (storedAtMs: number) => notAfter([version('null', storedAtMs)], { storedAtMs: 5_000 });
  expect(of(5_000)).toHaveLength(1);
  expect(of(6_000)).toEqual([]);
});
