import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ablate } from '../../../../lib/lab/eval/ablations.ts';
import { readEvalQueries } from '../../../../lib/lab/eval/eval-set.ts';
import { RERANK_ALL } from '../../../../lib/query/hits/score-views.ts';
import { SILENT } from '../../../support/silent-progress.ts';

const lines = (...of: object[]) => of.map((line) => JSON.stringify(line)).join('\n');

it('says what each part of the search finds of what is right', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'gloss-ablations-'));
  const docs = join(dir, 'docs.jsonl');
  const labels = join(dir, 'labels.jsonl');
  await writeFile(
    docs,
    lines(
      { id: 'canoe', texts: ['one canoe'] },
      { id: 'boats', texts: ['two boats'] },
      { id: 'street', texts: ['a street'] },
    ),
  );
  await writeFile(labels, lines({ id: 'canoe', labels: ['boat'] }, { id: 'boats', labels: ['boat'] }));
  const questions = await readEvalQueries(dir, { labels });
  const options = { docs, stemming: true, rerank: RERANK_ALL, narrow: 0, minPositives: 1 };
  const found = await ablate(dir, questions, options, { progress: SILENT, onBadLine: () => undefined });
  const matches = Object.fromEntries(found.map((ablation) => [ablation.leftOut, ablation.matches]));
  // A canoe is a boat by the lexicon, and "boats" is "boat" by the stem.
  expect(matches).toEqual({
    nothing: 1,
    places: 1,
    agreement: 1,
    proximity: 1,
    'compound terms': 1,
    lexicon: 0.5,
    'stemming and lexicon': 0,
    'associations of elsewhere': 1,
    everything: 0.5,
  });
  expect(found.at(-1)).not.toHaveProperty('withLikely');
  expect(found[0]!.withLikely).toBe(1);
});
