import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findKnownItems } from '../../../../lib/lab/eval/find-known-items.ts';
import { RERANK_ALL } from '../../../../lib/query/hits/score-views.ts';
import { SILENT } from '../../../support/silent-progress.ts';

it('an image is found by the sentence that is kept back, by plain words and by what they mean', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'gloss-known-'));
  const documents = [
    { id: 'boat', texts: ['one canoe on a lake', 'the boat floats'] },
    { id: 'market', texts: ['fruit at a market', 'fruit is for sale at a market'] },
    { id: 'wall', texts: ['a wall'] },
  ];
  await writeFile(join(dir, 'docs.jsonl'), documents.map((document) => JSON.stringify(document)).join('\n'));
  const ask = join(dir, 'ask.jsonl');
  // More words than a query has: it is told and left out.
  const tooLong = Array.from({ length: 65 }, (_, i) => `word${i}`).join(' ');
  await writeFile(ask, JSON.stringify({ id: 'wall', texts: ['brick wall', tooLong] }));
  const told: string[] = [];
  const listeners = { progress: SILENT, onBadLine: (message: string) => told.push(message) };
  const options = { docs: join(dir, 'docs.jsonl'), sample: Infinity, rerank: RERANK_ALL };

  // No word of "the boat floats" is in the texts that are indexed; a canoe is a kind of boat.
  const kept = await findKnownItems(dir, options, listeners);
  expect(kept.documents).toBe(3);
  expect(kept.plain).toEqual({ queries: 2, mrr: 0.5, recallAt1: 0.5, recallAt5: 0.5, recallAt10: 0.5 });
  expect(kept.search.recallAt1).toBe(1);

  const asked = await findKnownItems(dir, { ...options, ask }, listeners);
  expect(asked.search).toEqual({ queries: 1, mrr: 1, recallAt1: 1, recallAt5: 1, recallAt10: 1 });
  expect(told).toEqual([expect.stringContaining('a text of wall is no query')]);
});
