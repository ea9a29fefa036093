import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { GlossError } from '../../domain/errors.ts';
import { readLines } from '../../files/read-lines.ts';

/** What an evaluation asks and what counts as right. */
export interface EvalQueries {
  /** Label -> the query that asks for it. */
  readonly queries: ReadonlyMap<string, string>;
  /** Label -> names of the images that have it. */
  readonly relevant: ReadonlyMap<string, ReadonlySet<string>>;
}

interface EvalFiles {
  readonly labels?: string | undefined;
  readonly queries?: string | undefined;
}

const Labels = z.object({ id: z.string(), labels: z.array(z.string()) });

/**
 * Reads labels (JSON lines `{id, labels}`) and queries (tab-separated with a header: label, query). A set without
 * queries asks for each label by its name.
 */
export async function readEvalQueries(dir: string, files: EvalFiles): Promise<EvalQueries> {
  const relevant = new Map<string, Set<string>>();
  for (const { id, labels } of await readLabels(files.labels ?? join(dir, 'labels.jsonl.gz'))) {
    for (const label of labels) relevant.set(label, (relevant.get(label) ?? new Set()).add(id));
  }
  const queriesFile = files.queries ?? join(dir, 'queries.tsv');
  if (files.queries === undefined && !existsSync(queriesFile)) {
    return { relevant, queries: new Map([...relevant.keys()].sort().map((label) => [label, label])) };
  }
  const rows = (await readFile(queriesFile, 'utf8')).trim().split('\n').slice(1);
  const queries = rows.map((row, i): [string, string] => {
    const [label, query] = row.split('\t');
    if (!label || !query)
      throw new GlossError(
        'invalid',
        'queries',
        `${queriesFile}, line ${i + 2}: label and query, with a tab between`,
      );
    return [label, query];
  });
  return { relevant, queries: new Map(queries) };
}

async function readLabels(file: string): Promise<z.infer<typeof Labels>[]> {
  const all = [];
  let lineNumber = 0;
  for await (const line of readLines(file)) {
    lineNumber += 1;
    if (line.trim() === '') continue;
    try {
      all.push(Labels.parse(JSON.parse(line)));
    } catch (cause) {
      throw new GlossError('invalid', 'labels', `${file}, line ${lineNumber} is no {id, labels}`, { cause });
    }
  }
  return all;
}

/** Ids of photos by file name, from images.tsv (with a header; columns id and file) where the set has one. */
export async function readPhotoIds(dir: string): Promise<ReadonlyMap<string, string>> {
  const file = join(dir, 'images.tsv');
  if (!existsSync(file)) return new Map();
  const rows = (await readFile(file, 'utf8')).trim().split('\n').slice(1);
  return new Map(
    rows.map((row) => {
      const [id, path] = row.split('\t');
      return [basename(path!), id!];
    }),
  );
}
