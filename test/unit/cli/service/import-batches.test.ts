import { expect, test } from 'vitest';
import { batchesOf } from '../../../../lib/cli/service/import-documents.ts';
import type { LocalDocument } from '../../../../lib/files/read-documents.ts';

const document = (id: string, chars: number): LocalDocument => ({
  lines: [1],
  document: { id, texts: ['é'.repeat(chars)] },
});
const idsOf = (documents: readonly LocalDocument[]) =>
  [...batchesOf(documents)].map((batch) => batch.map(({ document: { id } }) => id).join(' '));

test('a batch has at most 100 documents, and none is lost', () => {
  const documents = Array.from({ length: 250 }, (_, i) => document(String(i), 10));
  const batches = [...batchesOf(documents)];
  expect(batches.map(({ length }) => length)).toEqual([100, 100, 50]);
  expect(batches.flat()).toEqual(documents);
});

test('a batch stays under 900 KB, counted in bytes and not in characters', () => {
  const size = 200_000; // é has two bytes: two of these fit, three do not
  expect(idsOf([document('a', size), document('b', size), document('c', size)])).toEqual(['a b', 'c']);
});

test('a document that is too large goes alone, so that the service refuses it alone', () => {
  expect(idsOf([document('a', 1), document('b', 600_000), document('c', 1)])).toEqual(['a', 'b', 'c']);
});

test('no documents, no request', () => {
  expect(idsOf([])).toEqual([]);
});
