import { expect, it } from 'vitest';
import { cameAfter, isSameObject, type SeenObject } from '../../../lib/domain/seen-object.ts';

const seen = (second: number, rest: Partial<SeenObject> = {}): SeenObject => ({
  storedAtMs: second * 1000,
  eTag: 'a',
  ...rest,
});

it.each<[string, SeenObject, SeenObject, boolean]>([
  [
    'the version decides, whatever the second',
    seen(5, { versionId: 'v' }),
    seen(1, { versionId: 'v' }),
    true,
  ],
  ['two versions of one second and content', seen(1, { versionId: 'w' }), seen(1, { versionId: 'v' }), false],
  ['without versions, the same second and content', seen(1), { ...seen(1), storedAtMs: 1_999 }, true],
  ['without versions, another second', seen(2), seen(1), false],
  ['without versions, another content', seen(1, { eTag: 'b' }), seen(1), false],
  ['a record that knows a time alone, and an older object', seen(1), { storedAtMs: 2_500 }, true],
  ['a record that knows a time alone, and an object of its second', seen(2), { storedAtMs: 2_500 }, true],
  ['a record that knows a time alone, and a younger object', seen(3), { storedAtMs: 2_500 }, false],
])('%s', (_what, now, before, isSame) => {
  expect(isSameObject(now, before)).toBe(isSame);
});

it('nothing came before an object that nobody saw; an older version did', () => {
  expect(cameAfter(seen(1), null)).toBe(true);
  expect(cameAfter(seen(1, { versionId: 'v' }), seen(2, { versionId: 'w' }))).toBe(false);
  expect(cameAfter(seen(2, { versionId: 'v' }), seen(2, { versionId: 'w' }))).toBe(true);
  expect(cameAfter(seen(2, { versionId: 'v' }), seen(2, { versionId: 'v' }))).toBe(false);
});
