import { copyFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CropPolicy } from '../../../../lib/domain/tenant.ts';
import { readEvalQueries } from '../../../../lib/lab/eval/eval-set.ts';
import { evaluateSet } from '../../../../lib/lab/eval/evaluate-set.ts';
import { RERANK_ALL } from '../../../../lib/query/hits/score-views.ts';
import { SILENT } from '../../../support/silent-progress.ts';

const SAMPLES = join(import.meta.dirname, '../../../fixtures/samples');

it('describes photos by a crop policy, and finds in them what their labels name', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'gloss-photos-'));
  await mkdir(join(dir, 'images'));
  for (const name of ['chelsea.jpg', 'evening-glow.jpg'])
    await copyFile(join(SAMPLES, name), join(dir, 'images', name));
  const labels = join(dir, 'labels.jsonl');
  await writeFile(
    labels,
    [
      { id: 'chelsea', labels: ['cat'] },
      { id: 'evening-glow', labels: ['boat'] },
    ]
      .map((line) => JSON.stringify(line))
      .join('\n'),
  );
  const questions = await readEvalQueries(dir, { labels });
  const options = { stemming: true, rerank: RERANK_ALL, narrow: 0, minPositives: 1 };
  const listeners = { progress: SILENT, onBadLine: () => undefined };
  const figuresOf = async (policy: CropPolicy) => {
    const { result } = await evaluateSet(dir, policy, questions, options, listeners);
    return [result.documents, result.callsPerPhoto, result.macroAP];
  };
  expect(await figuresOf('none')).toEqual([2, 1, 1]);
  expect(await figuresOf('grid-2x2')).toEqual([2, 5, 1]);
});
