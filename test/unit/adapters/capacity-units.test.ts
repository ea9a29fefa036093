import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { itemBytes, readUnits, writeUnits } from '../../../lib/adapters/capacity-units.ts';

describe('the size of an item', () => {
  it('counts the UTF-8 bytes of names and strings', () => {
    // pk 2 + 1, sk 2 + 1, café 5 + 4 of an emoji.
    expect(itemBytes({ pk: { S: 'a' }, sk: { S: 'b' }, café: { S: '\u{1f431}' } })).toBe(3 + 3 + 5 + 4);
  });

  it('counts the bytes of binaries', () => {
    expect(itemBytes({ b: { B: new Uint8Array(300) } })).toBe(301);
  });

  it.each([
    ['7', 2],
    ['12', 2],
    ['123', 3],
    ['1234567', 5],
  ])('counts a byte for every two digits of %s and one more', (number, bytes) => {
    expect(itemBytes({ n: { N: number } })).toBe(1 + bytes);
  });

  // By hand, from "DynamoDB item sizes and formats": three bytes of a list or map, one for each element, and its contents.
  it.each([
    [{ BOOL: true }, 1],
    [{ NULL: true }, 1],
    [{ SS: ['ab', 'c'] }, 3],
    [{ NS: ['12', '3'] }, 4],
    [{ BS: [Uint8Array.of(1, 2)] }, 2],
    [{ L: [] }, 3],
    [{ L: [{ S: 'ab' }, { NULL: true }] }, 3 + 3 + 2],
    [{ M: { k: { S: 'ab' } } }, 3 + 1 + 1 + 2],
  ] as const)('counts what is not of ours: %j', (value, bytes) => {
    expect(itemBytes({ n: value as unknown as AttributeValue })).toBe(1 + bytes);
  });
});

it.each([
  [0, 1],
  [1, 1],
  [4_096, 1],
  [4_097, 2],
  [2 ** 20, 256],
])('reading %i bytes strongly takes %i units, and else half of them', (bytes, units) => {
  expect(readUnits(bytes, true)).toBe(units);
  expect(readUnits(bytes, false)).toBe(units / 2);
});

it.each([
  [0, 1],
  [1_024, 1],
  [1_025, 2],
  [400 * 1_024, 400],
])('writing %i bytes takes %i units', (bytes, units) => {
  expect(writeUnits(bytes)).toBe(units);
});
