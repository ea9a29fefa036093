import { expect, it } from 'vitest';
import { lruMap } from '../../../lib/adapters/lru-map.ts';

it('forgets what was used longest ago once it is full', () => {
  const map = lruMap<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  map.get('a');
  map.set('c', 3);
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([1, undefined, 3]);
});

it('takes no room before it is filled, however much it may hold', () => {
  const map = lruMap<string, number>(2 ** 40);
  map.set('a', 1);
  expect(map.get('a')).toBe(1);
});
